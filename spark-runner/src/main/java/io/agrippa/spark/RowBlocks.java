package io.agrippa.spark;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows of Spark, whose values stand as {@link SparkTypes} carries them, as blocks. */
final class RowBlocks implements BlockReader {
  private final Schema schema;
  private final Iterator<Row> rows;
  private final ValueCollector[] collectors;

  /** The rows, which have the columns of the schema in their order. */
  RowBlocks(Schema schema, Iterator<Row> rows) {
    this.schema = schema;
    this.rows = rows;
    this.collectors = new ValueCollector[schema.size()];
    for (int i = 0; i < collectors.length; i++) {
      collectors[i] = ValueCollector.of(schema.field(i).type(), Block.MAX_ROWS);
    }
  }

  @Override
  public Block next() {
    int count = 0;
    while (count < Block.MAX_ROWS && rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < collectors.length; i++) {
        collectors[i].put(count, row.get(i));
      }
      count++;
    }
    if (count == 0) {
      return null;
    }
    List<Column> columns = new ArrayList<>(collectors.length);
    for (ValueCollector collector : collectors) {
      columns.add(collector.column(count));
    }
    return new Block(schema, count, columns);
  }

  @Override
  public void close() {}
}
