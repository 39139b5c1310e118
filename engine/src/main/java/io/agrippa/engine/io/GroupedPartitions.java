package io.agrippa.engine.io;

import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Cuts files whose rows stand in groups of known sizes. For one thread at a time. */
abstract class GroupedPartitions implements Partitions {
  private final Schema schema;
  private final List<Grouped> files;
  private final Partitioning partitioning;
  private final long naturalRows;
  private final long all;
  private long given; // bytes of the partitions so far
  private int file;
  private int group;
  private long row; // within the group

  /**
   * A file.
   *
   * @param groups rows of each group
   */
  record Grouped(Path path, long bytes, List<Long> groups) {
    long rows() {
      return groups.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Partitions of files.
   *
   * @param naturalRows rows of a natural partition, at most: a larger group is cut into equal parts
   */
  GroupedPartitions(
      Schema schema, List<Grouped> files, Partitioning partitioning, long naturalRows) {
    this.schema = schema;
    this.files = files;
    this.partitioning = partitioning;
    this.naturalRows = naturalRows;
    all = files.stream().mapToLong(Grouped::bytes).sum();
  }

  /**
   * The partition of spans of a file.
   *
   * @param bytes their share of the file; 0 where it is found by its address
   */
  abstract Partition partition(int number, List<RowSpan> spans, long bytes);

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final Partition next() {
    while (file < files.size()) {
      List<RowSpan> spans = cut(files.get(file));
      if (!spans.isEmpty()) {
        long rows = spans.stream().mapToLong(RowSpan::rows).sum();
        Grouped from = files.get(file);
        long share = (long) ((double) from.bytes() * rows / from.rows());
        given += share;
        return partition(file, spans, share);
      }
      file++;
      group = 0;
      row = 0;
    }
    return null;
  }

  /** The next spans of a file; empty at its end. */
  private List<RowSpan> cut(Grouped from) {
    List<RowSpan> spans = new ArrayList<>();
    long wanted = Long.MAX_VALUE;
    while (wanted > 0 && group < from.groups().size()) {
      long size = from.groups().get(group);
      if (row == size) {
        group++;
        row = 0;
        if (!spans.isEmpty() && partitioning instanceof Partitioning.Natural) {
          break;
        }
        continue;
      }
      if (spans.isEmpty()) {
        wanted = rowsOfPartition(from, size);
      }
      long rows = Math.min(wanted, size - row);
      spans.add(new RowSpan(group, row, rows));
      row += rows;
      wanted -= rows;
    }
    return spans;
  }

  private long rowsOfPartition(Grouped from, long groupRows) {
    if (partitioning instanceof Partitioning.Rows rows) {
      return rows.rows();
    } else if (partitioning instanceof Partitioning.Bytes bytes) {
      return Math.max(1, (long) ((double) bytes.bytes() * from.rows() / from.bytes()));
    }
    return ceilDiv(groupRows, ceilDiv(groupRows, naturalRows));
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor; // Math.ceilDiv needs Java 18
  }

  @Override
  public final OptionalLong bytesLeft() {
    return OptionalLong.of(all - given);
  }

  @Override
  public final Partition at(byte[] address) throws IOException {
    int number = RowSpan.fileAt(address);
    if (number < 0 || number >= files.size()) {
      throw new IOException("the dataset has changed since the job began; run it again");
    }
    Grouped from = files.get(number);
    return partition(number, RowSpan.at(address, from.path(), from.groups()), 0);
  }

  @Override
  public void close() {}
}
