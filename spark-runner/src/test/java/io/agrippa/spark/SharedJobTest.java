package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class SharedJobTest {
  @Test
  void theInputIsOpenedOnceForAllTasksOfAnExecutor() throws Exception {
    Job job = Job.read(new Dataset("dataset:diamonds")).with(new Partitioning.Rows(10_000));
    Workload onTheDriver = Agrippa.workbench().open(job);
    List<byte[]> addresses = new ArrayList<>();
    SharedJob sent;
    try (Partitions partitions = onTheDriver.partitions()) {
      for (Partition next = partitions.next(); next != null; next = partitions.next()) {
        addresses.add(next.address().orElseThrow());
      }
      sent = SharedJob.of(Optional.empty(), onTheDriver.job(), partitions.schema());
    }
    SharedJob shared = SerializationUtils.roundtrip(sent);
    AtomicInteger opened = new AtomicInteger();
    ExecutorService tasks = Executors.newFixedThreadPool(4);
    long rows = 0;
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (byte[] address : addresses) {
        counts.add(
            tasks.submit(
                () -> {
                  Workload ofTask = counting(shared.open(shared.job(Optional.empty())), opened);
                  return rows(shared.at(ofTask, address));
                }));
      }
      for (Future<Long> count : counts) {
        rows += count.get();
      }
    } finally {
      tasks.shutdownNow();
    }
    assertThat(addresses).hasSizeGreaterThan(4);
    assertThat(rows).isEqualTo(53_940);
    assertThat(opened).hasValue(1);
  }

  private static long rows(Partition partition) throws IOException {
    long rows = 0;
    try (BlockReader reader = partition.open()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        rows += block.rows();
      }
    }
    return rows;
  }

  /** Counts how often the input is opened. */
  private static Workload counting(Workload load, AtomicInteger opened) {
    return (Workload)
        Proxy.newProxyInstance(
            Workload.class.getClassLoader(),
            new Class<?>[] {Workload.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("partitions")) {
                opened.incrementAndGet();
              }
              return method.invoke(load, arguments);
            });
  }
}
