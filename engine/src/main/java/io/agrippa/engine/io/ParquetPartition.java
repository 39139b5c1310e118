package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import java.io.IOException;
import java.util.List;

/**
 * Some consecutive rows of a Parquet file.
 *
 * @param plan what to read of the file
 * @param spans where the rows stand, in order
 * @param bytes their share of the file
 */
record ParquetPartition(ParquetPlan plan, List<Span> spans, long bytes) implements Partition {
  /**
   * Rows within a row group.
   *
   * @param rowGroup position of the row group in the file
   * @param from first row within it
   * @param rows number of rows
   */
  record Span(int rowGroup, long from, long rows) {}

  @Override
  public String origin() {
    return plan.file().path().toString();
  }

  @Override
  public BlockReader open() throws IOException {
    return new ParquetBlockReader(plan, spans);
  }
}
