package io.agrippa.engine.process;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import java.util.ArrayList;
import java.util.List;

/** Blocks without rows. */
final class EmptyBlocks {
  private EmptyBlocks() {}

  static Block of(Schema schema) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      Class<? extends Column> kind = field.type().column();
      if (kind == LongColumn.class) {
        columns.add(new LongColumn(new long[0], null));
      } else if (kind == DoubleColumn.class) {
        columns.add(new DoubleColumn(new double[0], null));
      } else if (kind == StringColumn.class) {
        columns.add(new StringColumn(new int[0], Dictionary.EMPTY));
      } else {
        columns.add(new BinaryColumn(new byte[0][]));
      }
    }
    return new Block(schema, 0, columns);
  }
}
