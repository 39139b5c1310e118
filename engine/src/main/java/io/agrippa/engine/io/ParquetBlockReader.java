package io.agrippa.engine.io;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Column;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/** Reads one partition of a Parquet file. For one thread at a time. */
final class ParquetBlockReader implements BlockReader {
  private final ParquetPlan plan;
  private final List<RowSpan> spans;
  private final FileChannel channel;
  private final PageCodec codec = new PageCodec();
  private final List<ParquetColumnReader> columns = new ArrayList<>();
  private int nextSpan;
  private long left; // rows of the current span

  ParquetBlockReader(ParquetPlan plan, List<RowSpan> spans) throws IOException {
    this.plan = plan;
    this.spans = spans;
    channel = FileChannel.open(plan.file().path());
  }

  @Override
  public Block next() throws IOException {
    while (left == 0) {
      release();
      if (nextSpan == spans.size()) {
        return null;
      }
      begin(spans.get(nextSpan++));
    }
    int rows = (int) Math.min(Block.MAX_ROWS, left);
    List<Column> read = new ArrayList<>(columns.size());
    for (ParquetColumnReader column : columns) {
      read.add(column.read(rows));
    }
    left -= rows;
    List<Column> asWanted = new ArrayList<>(plan.sources().size());
    for (int source : plan.sources()) {
      asWanted.add(read.get(source));
    }
    return new Block(plan.schema(), rows, asWanted);
  }

  private void begin(RowSpan span) throws IOException {
    RowGroup group = plan.file().rowGroups().get(span.group());
    for (int i = 0; i < plan.columns().size(); i++) {
      ParquetColumn column = plan.columns().get(i);
      int field = plan.sources().indexOf(i);
      ParquetPages pages =
          new ParquetPages(
              channel,
              plan.file().bytes(),
              group.getColumns().get(column.leaf()).getMeta_data(),
              column.optional(),
              codec,
              plan.budget(),
              "%s: row group %d, column \"%s\""
                  .formatted(plan.file().path(), span.group(), column.name()));
      ParquetCells cells =
          ParquetCells.of(column, plan.strings().get(field), plan.dictionaries().get(field));
      ParquetColumnReader reader = new ParquetColumnReader(pages, cells, column.optional());
      columns.add(reader);
      reader.skip(span.from());
    }
    left = span.rows();
  }

  private void release() {
    columns.forEach(ParquetColumnReader::release);
    columns.clear();
  }

  @Override
  public void close() throws IOException {
    release();
    codec.close();
    channel.close();
  }
}
