package io.agrippa.engine.compile;

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
import java.util.Random;

/** Random rows of the fields of {@link PlainExpressions}, with patterns of missing values. */
final class RandomRows {
  /** Around a word of 64 bits and a full block. */
  static final int[] SIZES = {0, 1, 63, 64, 65, 4095, 4096, 2, 64, 0, 129};

  /** Which values are missing. */
  enum Pattern {
    NONE,
    ALL,
    ALTERNATE,
    FIRST,
    LAST,
    WORD_ENDS,
    SOME;

    /** Whether the value of a field is missing in a row of so many. */
    boolean isMissing(Random random, int row, int field, int rows) {
      return switch (this) {
        case NONE -> false;
        case ALL -> true;
        case ALTERNATE -> ((row + field) & 1) == 0;
        case FIRST -> row == 0;
        case LAST -> row == rows - 1;
        case WORD_ENDS -> (row & 63) == 63 || (row & 63) == 0;
        case SOME -> random.nextInt(6) == 0;
      };
    }
  }

  private final Random random;
  private final Pattern pattern;

  RandomRows(Random random, Pattern pattern) {
    this.random = random;
    this.pattern = pattern;
  }

  List<Object[]> table(int rows) {
    List<Object[]> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Object[] values = new Object[PlainExpressions.FIELDS.size()];
      for (int f = 0; f < values.length; f++) {
        values[f] =
            pattern.isMissing(random, row, f, rows) ? null : value(PlainExpressions.kind(f));
      }
      table.add(values);
    }
    return table;
  }

  private Object value(PlainExpression.Kind kind) {
    return switch (kind) {
      case NUMBER -> PlainExpressions.NUMBERS[random.nextInt(PlainExpressions.NUMBERS.length)];
      case WHOLE -> PlainExpressions.WHOLES[random.nextInt(PlainExpressions.WHOLES.length)];
      case TEXT -> PlainExpressions.TEXTS[random.nextInt(PlainExpressions.TEXTS.length)];
      case TRUTH -> random.nextBoolean();
    };
  }

  /** The rows as columns of the fields' types; a dictionary of its own for each text column. */
  Block block(List<Object[]> table) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < PlainExpressions.FIELDS.size(); f++) {
      PlainExpression.Kind kind = PlainExpressions.kind(f);
      fields.add(
          new Field(
              PlainExpressions.FIELDS.get(f),
              switch (kind) {
                case NUMBER -> Type.Scalar.DOUBLE;
                case WHOLE -> Type.Scalar.INT;
                case TEXT -> Type.Scalar.STRING;
                case TRUTH -> Type.Scalar.BOOLEAN;
              }));
      columns.add(column(kind, table, f));
    }
    return new Block(new Schema(fields), table.size(), columns);
  }

  private Column column(PlainExpression.Kind kind, List<Object[]> table, int field) {
    int rows = table.size();
    long[] missing = new long[(rows + 63) / 64];
    boolean any = false;
    double[] numbers = new double[rows];
    long[] wholes = new long[rows];
    int[] codes = new int[rows];
    DictionaryBuilder texts = new DictionaryBuilder();
    if (random.nextBoolean()) {
      texts.code("a text that no row has");
    }
    for (int row = 0; row < rows; row++) {
      Object value = table.get(row)[field];
      if (value == null) {
        missing[row >> 6] |= 1L << row;
        any = true;
        numbers[row] = random.nextBoolean() ? Double.NaN : 12345; // means nothing
        wholes[row] = 12345;
        codes[row] = StringColumn.MISSING;
      } else if (value instanceof String text) {
        codes[row] = texts.code(text);
      } else if (value instanceof Boolean truth) {
        wholes[row] = truth ? 1 : 0;
      } else {
        numbers[row] = ((Number) value).doubleValue();
        wholes[row] = ((Number) value).longValue();
      }
    }
    long[] bits = any ? missing : null;
    return switch (kind) {
      case NUMBER -> new DoubleColumn(numbers, bits);
      case WHOLE -> new LongColumn(wholes, bits);
      case TRUTH -> new LongColumn(truths(wholes), bits);
      case TEXT -> new StringColumn(codes, texts.snapshot());
    };
  }

  private static long[] truths(long[] values) {
    long[] truths = values.clone();
    for (int i = 0; i < truths.length; i++) {
      truths[i] &= 1;
    }
    return truths;
  }

  /** A cell as a Java object, null where missing. */
  static Object value(Type type, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.values()[row];
    }
    long value = ((LongColumn) column).values()[row];
    return type == Type.Scalar.BOOLEAN ? (Object) (value != 0) : (Object) value;
  }
}
