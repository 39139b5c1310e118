package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Some consecutive rows of a Parquet file.
 *
 * @param file position of the file in the dataset
 * @param plan what to read of the file
 * @param spans where the rows stand, in order
 * @param bytes their share of the file
 */
record ParquetPartition(int file, ParquetPlan plan, List<RowSpan> spans, long bytes)
    implements Partition {
  @Override
  public String origin() {
    return plan.file().path().toString();
  }

  @Override
  public Optional<byte[]> address() {
    return Optional.of(RowSpan.address(file, spans));
  }

  @Override
  public BlockReader open() throws IOException {
    return new ParquetBlockReader(plan, spans);
  }
}
