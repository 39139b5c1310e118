package io.agrippa.spark;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads Spark's vectors as columns, which do not depend on them afterwards. Values are as Spark
 * holds them: days, microseconds, nanoseconds of a time. For one thread at a time.
 */
abstract class VectorReader {
  private static final long NANOS_PER_MICRO = 1000;

  private VectorReader() {}

  /** The reader of a column that is of this type in blocks. */
  static VectorReader of(Type type) {
    if (type.column() == DoubleColumn.class) {
      return type == Type.Scalar.FLOAT ? new Floats() : new Doubles();
    }
    if (type.column() == StringColumn.class) {
      return new Texts();
    }
    return type instanceof Type.Decimal decimal ? new Decimals(decimal) : new Longs(type);
  }

  /** Some of the rows. */
  abstract Column read(ColumnVector from, int first, int rows);

  /** Which of the rows are null; null where none is. */
  private static long[] missing(ColumnVector from, int first, int rows) {
    if (!from.hasNull()) {
      return null;
    }
    long[] missing = new long[Bits.words(rows)];
    for (int row = 0; row < rows; row++) {
      if (from.isNullAt(first + row)) {
        Bits.set(missing, row);
      }
    }
    return missing;
  }

  private static final class Doubles extends VectorReader {
    @Override
    Column read(ColumnVector from, int first, int rows) {
      return new DoubleColumn(from.getDoubles(first, rows), missing(from, first, rows));
    }
  }

  private static final class Floats extends VectorReader {
    @Override
    Column read(ColumnVector from, int first, int rows) {
      float[] floats = from.getFloats(first, rows);
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        values[row] = floats[row];
      }
      return new DoubleColumn(values, missing(from, first, rows));
    }
  }

  private static final class Longs extends VectorReader {
    private final Type type;

    Longs(Type type) {
      this.type = type;
    }

    @Override
    Column read(ColumnVector from, int first, int rows) {
      long[] values = type instanceof Type.Scalar scalar ? values(scalar, from, first, rows) : null;
      if (values == null) {
        values = from.getLongs(first, rows);
        if (type instanceof Type.Time) {
          for (int row = 0; row < rows; row++) {
            values[row] /= NANOS_PER_MICRO;
          }
        }
      }
      return new LongColumn(values, missing(from, first, rows));
    }

    private static long[] values(Type.Scalar type, ColumnVector from, int first, int rows) {
      long[] values = new long[rows];
      switch (type) {
        case INT, DATE -> {
          int[] ints = from.getInts(first, rows);
          for (int row = 0; row < rows; row++) {
            values[row] = ints[row];
          }
        }
        case SHORT -> {
          short[] shorts = from.getShorts(first, rows);
          for (int row = 0; row < rows; row++) {
            values[row] = shorts[row];
          }
        }
        case BYTE -> {
          byte[] bytes = from.getBytes(first, rows);
          for (int row = 0; row < rows; row++) {
            values[row] = bytes[row];
          }
        }
        case BOOLEAN -> {
          boolean[] truths = from.getBooleans(first, rows);
          for (int row = 0; row < rows; row++) {
            values[row] = truths[row] ? 1 : 0;
          }
        }
        default -> {
          return from.getLongs(first, rows);
        }
      }
      return values;
    }
  }

  private static final class Texts extends VectorReader {
    private final Map<UTF8String, Integer> codes = new HashMap<>();
    private DictionaryBuilder texts = new DictionaryBuilder();

    @Override
    Column read(ColumnVector from, int first, int rows) {
      if (texts.size() >= ValueCollector.MOST_TEXTS) {
        texts = new DictionaryBuilder();
        codes.clear();
      }
      int[] read = new int[rows];
      for (int row = 0; row < rows; row++) {
        read[row] = from.isNullAt(first + row) ? StringColumn.MISSING : code(from, first + row);
      }
      return new StringColumn(read, texts.snapshot());
    }

    private int code(ColumnVector from, int row) {
      UTF8String text = from.getUTF8String(row);
      Integer known = codes.get(text);
      if (known == null) {
        known = texts.code(text.toString());
        codes.put(text.clone(), known); // the vector's bytes will be overwritten
      }
      return known;
    }
  }

  private static final class Decimals extends VectorReader {
    private final Type.Decimal type;

    Decimals(Type.Decimal type) {
      this.type = type;
    }

    @Override
    Column read(ColumnVector from, int first, int rows) {
      byte[][] values = new byte[rows][];
      for (int row = 0; row < rows; row++) {
        if (!from.isNullAt(first + row)) {
          values[row] =
              from.getDecimal(first + row, type.precision(), type.scale())
                  .toJavaBigDecimal()
                  .setScale(type.scale())
                  .unscaledValue()
                  .toByteArray();
        }
      }
      return new BinaryColumn(values);
    }
  }
}
