package io.agrippa.spark;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The partitions of an input, as Spark deals them out.
 *
 * @param partitions what Spark hands the tasks; null where there are no partitions
 * @param cuts the same as the driver knows them, in order
 * @param files the files that are read, as far as they are known
 * @param opening how a task reads them
 * @param <T> what Spark's partitions hold
 */
record Feed<T>(
    JavaRDD<T> partitions, List<Cut> cuts, Supplier<List<String>> files, TaskInput<T> opening) {
  /**
   * A partition as the driver knows it.
   *
   * @param origin what rows are numbered in, for messages
   * @param bytes of input, where the driver knows them before; otherwise 0, and tasks tell
   */
  record Cut(String origin, long bytes) {}

  /** Partitions that executors open themselves, at addresses. */
  static Feed<byte[]> ofAddresses(SparkContext context, Partitions partitions) throws IOException {
    List<Cut> cuts = new ArrayList<>();
    List<byte[]> addresses = new ArrayList<>();
    for (Partition next = partitions.next(); next != null; next = partitions.next()) {
      addresses.add(address(next));
      cuts.add(new Cut(next.origin(), next.bytes()));
    }
    JavaRDD<byte[]> dealt =
        cuts.isEmpty()
            ? null
            : JavaSparkContext.fromSparkContext(context).parallelize(addresses, cuts.size());
    Supplier<List<String>> files = () -> cuts.stream().map(Cut::origin).distinct().toList();
    return new Feed<>(dealt, cuts, files, Feed::open);
  }

  private static byte[] address(Partition partition) {
    return partition
        .address()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: executors cannot open what can be read only where it was found: standard input, compressed text, cuts by key; name plain CSV or Parquet files, cut otherwise, or use a local runner"
                        .formatted(partition.origin())));
  }

  private static BlockReader open(SharedJob shared, Workload load, Iterator<byte[]> address)
      throws IOException {
    return shared.at(load, address.next()).open();
  }
}
