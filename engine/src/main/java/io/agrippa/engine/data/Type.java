package io.agrippa.engine.data;

import java.util.Objects;

/**
 * The logical type of a column. It says what the values of a physical {@link Column} mean, so that
 * kept columns can be written as they were read.
 */
public sealed interface Type {

  /** The physical column that carries values of this type. */
  Class<? extends Column> column();

  /** Types without parameters. */
  enum Scalar implements Type {
    /** {@link LongColumn} of 0 and 1. */
    BOOLEAN(LongColumn.class),
    /** {@link LongColumn} within 8 bits. */
    BYTE(LongColumn.class),
    /** {@link LongColumn} within 16 bits. */
    SHORT(LongColumn.class),
    /** {@link LongColumn} within 32 bits. */
    INT(LongColumn.class),
    /** {@link LongColumn}. */
    LONG(LongColumn.class),
    /** {@link DoubleColumn} whose values are all floats widened to double. */
    FLOAT(DoubleColumn.class),
    /** {@link DoubleColumn}. */
    DOUBLE(DoubleColumn.class),
    /** {@link StringColumn}. */
    STRING(StringColumn.class),
    /** {@link LongColumn} of days since 1970-01-01. */
    DATE(LongColumn.class),
    /** {@link BinaryColumn}. */
    BINARY(BinaryColumn.class);

    private final Class<? extends Column> column;

    Scalar(Class<? extends Column> column) {
      this.column = column;
    }

    @Override
    public Class<? extends Column> column() {
      return column;
    }
  }

  /** What one step of a time or timestamp is. */
  enum Unit {
    /** Thousandths of a second. */
    MILLIS(1_000L),
    /** Millionths of a second. */
    MICROS(1_000_000L),
    /** Billionths of a second. */
    NANOS(1_000_000_000L);

    private final long perSecond;

    Unit(long perSecond) {
      this.perSecond = perSecond;
    }

    /** Steps in one second. */
    public long perSecond() {
      return perSecond;
    }
  }

  /** Whether a timestamp is an instant or a reading of a local clock. */
  enum Clock {
    /** A reading of a clock and calendar, without a zone. */
    LOCAL,
    /** An instant, counted from the epoch in UTC. */
    UTC
  }

  /** {@link LongColumn} of {@code unit}s since midnight. */
  record Time(Unit unit) implements Type {
    public Time {
      Objects.requireNonNull(unit, "unit");
    }

    @Override
    public Class<? extends Column> column() {
      return LongColumn.class;
    }
  }

  /** {@link LongColumn} of {@code unit}s since 1970-01-01T00:00:00. */
  record Timestamp(Unit unit, Clock clock) implements Type {
    public Timestamp {
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Class<? extends Column> column() {
      return LongColumn.class;
    }
  }

  /**
   * {@link BinaryColumn} of big-endian two's-complement unscaled values; the number is unscaled ·
   * 10<sup>−scale</sup>.
   *
   * @param precision decimal digits, at least 1
   * @param scale digits behind the point, 0 to precision
   */
  record Decimal(int precision, int scale) implements Type {
    public Decimal {
      if (precision < 1 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal(%d,%d): precision must be at least 1 and scale between 0 and precision"
                .formatted(precision, scale));
      }
    }

    @Override
    public Class<? extends Column> column() {
      return BinaryColumn.class;
    }
  }

  /**
   * A type that blocks do not carry, such as a list or a nested group. A source lists columns of
   * this type in its schema and refuses to read them; no block holds one.
   *
   * @param description what the column holds in the words of its format, for messages
   */
  record Foreign(String description) implements Type {
    public Foreign {
      Objects.requireNonNull(description, "description");
    }

    @Override
    public Class<? extends Column> column() {
      return Column.class;
    }
  }
}
