package io.agrippa.spark;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * Makes columns of values as they stand in Spark's rows (dates and timestamps as {@link SparkTypes}
 * carries them). For one thread at a time.
 */
abstract class ValueCollector {
  /** Beyond so many texts a dictionary is begun anew, so that it does not grow with the rows. */
  static final int MOST_TEXTS = 1 << 14;

  private static final long MICROS_PER_SECOND = 1_000_000L;

  final int capacity;

  private ValueCollector(int capacity) {
    this.capacity = capacity;
  }

  /**
   * The collector of a column.
   *
   * @param capacity most rows of a block
   */
  static ValueCollector of(Type type, int capacity) {
    if (type.column() == DoubleColumn.class) {
      return new Doubles(capacity);
    }
    if (type.column() == StringColumn.class) {
      return new Texts(capacity);
    }
    return type instanceof Type.Decimal decimal
        ? new Decimals(decimal.scale(), capacity)
        : new Longs(capacity);
  }

  /**
   * Takes the value of a row.
   *
   * @param value null where missing
   */
  abstract void put(int row, Object value);

  /** The first rows as a column; another is begun. */
  abstract Column column(int rows);

  private static final class Doubles extends ValueCollector {
    private double[] values;
    private long[] missing;

    Doubles(int capacity) {
      super(capacity);
      begin();
    }

    private void begin() {
      values = new double[capacity];
      missing = null;
    }

    @Override
    void put(int row, Object value) {
      if (value == null) {
        if (missing == null) {
          missing = new long[Bits.words(capacity)];
        }
        Bits.set(missing, row);
      } else {
        values[row] = ((Number) value).doubleValue();
      }
    }

    @Override
    Column column(int rows) {
      Column column = new DoubleColumn(values, missing);
      begin();
      return column;
    }
  }

  private static final class Longs extends ValueCollector {
    private long[] values;
    private long[] missing;

    Longs(int capacity) {
      super(capacity);
      begin();
    }

    private void begin() {
      values = new long[capacity];
      missing = null;
    }

    @Override
    void put(int row, Object value) {
      if (value == null) {
        if (missing == null) {
          missing = new long[Bits.words(capacity)];
        }
        Bits.set(missing, row);
      } else {
        values[row] = whole(value);
      }
    }

    private static long whole(Object value) {
      if (value instanceof Number number) {
        return number.longValue();
      }
      if (value instanceof Boolean truth) {
        return truth ? 1 : 0;
      }
      if (value instanceof LocalDateTime reading) {
        return Math.addExact(
            Math.multiplyExact(reading.toEpochSecond(ZoneOffset.UTC), MICROS_PER_SECOND),
            reading.get(ChronoField.MICRO_OF_SECOND));
      }
      return ((LocalTime) value).toNanoOfDay() / SparkTypes.NANOS_PER_MICRO;
    }

    @Override
    Column column(int rows) {
      Column column = new LongColumn(values, missing);
      begin();
      return column;
    }
  }

  private static final class Texts extends ValueCollector {
    private int[] codes;
    private DictionaryBuilder texts = new DictionaryBuilder();

    Texts(int capacity) {
      super(capacity);
      codes = new int[capacity];
    }

    @Override
    void put(int row, Object value) {
      codes[row] = value == null ? StringColumn.MISSING : texts.code((String) value);
    }

    @Override
    Column column(int rows) {
      Column column = new StringColumn(codes, texts.snapshot());
      codes = new int[capacity];
      if (texts.size() >= MOST_TEXTS) {
        texts = new DictionaryBuilder();
      }
      return column;
    }
  }

  private static final class Decimals extends ValueCollector {
    private final int scale;
    private byte[][] values;

    Decimals(int scale, int capacity) {
      super(capacity);
      this.scale = scale;
      values = new byte[capacity][];
    }

    @Override
    void put(int row, Object value) {
      values[row] =
          value == null ? null : ((BigDecimal) value).setScale(scale).unscaledValue().toByteArray();
    }

    @Override
    Column column(int rows) {
      Column column = new BinaryColumn(values);
      values = new byte[capacity][];
      return column;
    }
  }
}
