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
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads Spark's vectors as columns, which do not depend on them afterwards. Values are as Spark
 * holds them: days, microseconds, nanoseconds of a time. For one thread at a time.
 */
abstract class VectorReader {
  private VectorReader() {}

  /** The reader of a column that is of this type in blocks. */
  static VectorReader of(Type type) {
    if (type.column() == DoubleColumn.class) {
      return type == Type.Scalar.FLOAT ? new Doubles(ColumnVector::getFloat) : new WideDoubles();
    }
    if (type.column() == StringColumn.class) {
      return new Texts();
    }
    if (type instanceof Type.Decimal decimal) {
      return new Decimals(decimal);
    }
    if (type instanceof Type.Time) {
      return new Longs((from, row) -> from.getLong(row) / SparkTypes.NANOS_PER_MICRO);
    }
    return new Longs(type instanceof Type.Scalar scalar ? longs(scalar) : ColumnVector::getLong);
  }

  private static LongAt longs(Type.Scalar type) {
    return switch (type) {
      case BOOLEAN -> (from, row) -> from.getBoolean(row) ? 1 : 0;
      case BYTE -> ColumnVector::getByte;
      case SHORT -> ColumnVector::getShort;
      case INT, DATE -> ColumnVector::getInt;
      default -> ColumnVector::getLong;
    };
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

  private interface DoubleAt {
    double at(ColumnVector from, int row);
  }

  private static class Doubles extends VectorReader {
    private final DoubleAt value;

    Doubles(DoubleAt value) {
      this.value = value;
    }

    @Override
    Column read(ColumnVector from, int first, int rows) {
      long[] missing = missing(from, first, rows);
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        if (missing == null || !Bits.get(missing, row)) { // some vectors fail where they have null
          values[row] = value.at(from, first + row);
        }
      }
      return new DoubleColumn(values, missing);
    }
  }

  /** Those in the form of blocks, which are copied as they are. */
  private static final class WideDoubles extends Doubles {
    WideDoubles() {
      super(ColumnVector::getDouble);
    }

    @Override
    Column read(ColumnVector from, int first, int rows) {
      return from instanceof WritableColumnVector
          ? new DoubleColumn(from.getDoubles(first, rows), missing(from, first, rows))
          : super.read(from, first, rows);
    }
  }

  private interface LongAt {
    long at(ColumnVector from, int row);
  }

  private static final class Longs extends VectorReader {
    private final LongAt value;

    Longs(LongAt value) {
      this.value = value;
    }

    @Override
    Column read(ColumnVector from, int first, int rows) {
      long[] missing = missing(from, first, rows);
      long[] values = new long[rows];
      for (int row = 0; row < rows; row++) {
        if (missing == null || !Bits.get(missing, row)) {
          values[row] = value.at(from, first + row);
        }
      }
      return new LongColumn(values, missing);
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
