package io.agrippa.engine.reading;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of values as blocks, and cells of blocks as values. */
final class Blocks {
  private Blocks() {}

  /** The rows as a block; what stands where a value is missing means nothing, and says so. */
  static Block of(Schema schema, List<Map<String, Object>> rows) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      columns.add(column(field, rows));
    }
    return new Block(schema, rows.size(), columns);
  }

  private static Column column(Field field, List<Map<String, Object>> rows) {
    int size = rows.size();
    double[] numbers = new double[size];
    long[] wholes = new long[size];
    int[] codes = new int[size];
    long[] missing = new long[Bits.words(size)];
    boolean any = false;
    DictionaryBuilder texts = new DictionaryBuilder();
    texts.code("a text that no row has");
    for (int row = 0; row < size; row++) {
      Object value = rows.get(row).get(field.name());
      if (value == null) {
        Bits.set(missing, row);
        any = true;
        numbers[row] = row % 3 == 0 ? Double.NaN : 0;
        codes[row] = StringColumn.MISSING;
      } else if (field.type() == Type.Scalar.STRING) {
        codes[row] = texts.code((String) value);
      } else {
        numbers[row] = Values.number(value);
        wholes[row] = (long) Values.number(value);
      }
    }
    long[] bits = any ? missing : null;
    return switch ((Type.Scalar) field.type()) {
      case FLOAT, DOUBLE -> new DoubleColumn(numbers, bits);
      case STRING -> new StringColumn(codes, texts.snapshot());
      case BOOLEAN, BYTE, SHORT, INT, LONG, DATE -> new LongColumn(wholes, bits);
      case BINARY -> throw new IllegalArgumentException("no rows have bytes");
    };
  }

  /** A cell as a value, null where missing. */
  static Object cell(Type type, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.values()[row];
      return type == Type.Scalar.FLOAT ? (Object) (float) value : (Object) value;
    }
    long value = ((LongColumn) column).values()[row];
    return type == Type.Scalar.BOOLEAN
        ? (Object) (value != 0)
        : type == Type.Scalar.INT ? (Object) (int) value : (Object) value;
  }
}
