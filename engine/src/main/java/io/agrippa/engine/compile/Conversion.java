package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.Type.Scalar;
import io.agrippa.engine.model.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How values of a column type become values of a PMML type (other than string). NaN where a value
 * is none of the PMML type. Immutable.
 */
sealed interface Conversion {
  /** A column of whole numbers. */
  non-sealed interface FromLong extends Conversion {
    double convert(long value);
  }

  /** A column of real numbers. */
  non-sealed interface FromDouble extends Conversion {
    double convert(double value);
  }

  /** A column of decimals. */
  record FromDecimal(int scale, FromDouble then) implements Conversion {
    double convert(byte[] unscaled) {
      return then.convert(decimal(unscaled, scale).doubleValue());
    }
  }

  /** A column of texts, which are read as literals. */
  record FromText() implements Conversion {}

  /** A decimal from its bytes. */
  static BigDecimal decimal(byte[] unscaled, int scale) {
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** The conversion of a column type to a PMML type other than string; empty if there is none. */
  static Optional<Conversion> of(Type column, DataType type) {
    if (column == Scalar.STRING) {
      return Optional.of(new FromText());
    }
    Conversion conversion =
        switch (type.kind()) {
          case INTEGER, FLOAT, DOUBLE, BOOLEAN -> toNumber(column, type);
          case DATE -> toDays(column, 0);
          case DATE_DAYS_SINCE ->
              orCount(column, toDays(column, Literals.epochDay(type.epochYear())));
          case DATE_TIME -> toMicros(column);
          case DATE_TIME_SECONDS_SINCE -> orCount(column, toSeconds(column, type.epochYear()));
          case TIME -> toTime(column);
          case TIME_SECONDS -> orCount(column, toTimeSeconds(column));
          case STRING -> throw new IllegalArgumentException("a string is not held as a number");
        };
    return Optional.ofNullable(conversion);
  }

  private static Conversion toNumber(Type column, DataType type) {
    FromDouble real = real(type);
    if (column instanceof Type.Decimal decimal) {
      return new FromDecimal(decimal.scale(), real);
    }
    if (!(column instanceof Scalar scalar)) {
      return null;
    }
    return switch (scalar) {
      case BOOLEAN, BYTE, SHORT, INT, LONG ->
          switch (type.kind()) {
            case FLOAT -> (FromLong) value -> (double) (float) value;
            case DOUBLE -> (FromLong) value -> (double) value;
            default -> (FromLong) value -> real.convert((double) value);
          };
      case FLOAT, DOUBLE -> real;
      case STRING, DATE, BINARY -> null;
    };
  }

  private static FromDouble real(DataType type) {
    return switch (type.kind()) {
      case INTEGER ->
          value ->
              value == Math.rint(value) && Math.abs(value + 0.5) <= 2147483647.5
                  ? value
                  : Double.NaN;
      case FLOAT -> value -> (double) (float) value;
      case BOOLEAN -> value -> value == 0 || value == 1 ? value : Double.NaN;
      default -> value -> value;
    };
  }

  /** Counts since an epoch may also come as whole numbers. */
  private static Conversion orCount(Type column, Conversion conversion) {
    if (conversion != null || !(column instanceof Scalar scalar)) {
      return conversion;
    }
    return switch (scalar) {
      case BYTE, SHORT, INT, LONG -> (FromLong) value -> (double) value;
      case FLOAT, DOUBLE ->
          (FromDouble)
              value -> value == Math.rint(value) && Math.abs(value) < 1L << 53 ? value : Double.NaN;
      case BOOLEAN, STRING, DATE, BINARY -> null;
    };
  }

  private static Conversion toDays(Type column, long epoch) {
    if (column == Scalar.DATE) {
      return (FromLong) value -> (double) (value - epoch);
    }
    if (column instanceof Type.Timestamp timestamp) {
      long perDay = 86_400L * timestamp.unit().perSecond();
      return (FromLong) value -> (double) (Math.floorDiv(value, perDay) - epoch);
    }
    return null;
  }

  private static Conversion toMicros(Type column) {
    if (column == Scalar.DATE) {
      return (FromLong) value -> (double) (value * Literals.MICROS_PER_DAY);
    }
    if (column instanceof Type.Timestamp timestamp) {
      return micros(timestamp.unit());
    }
    return null;
  }

  private static FromLong micros(Type.Unit unit) {
    return switch (unit) {
      case MILLIS -> value -> (double) (value * 1000);
      case MICROS -> value -> (double) value;
      case NANOS -> value -> (double) Math.floorDiv(value, 1000L);
    };
  }

  private static Conversion toSeconds(Type column, int epochYear) {
    long epoch = 86_400L * Literals.epochDay(epochYear);
    if (column == Scalar.DATE) {
      return (FromLong) value -> (double) (value * 86_400L - epoch);
    }
    if (column instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      return (FromLong) value -> (double) (Math.floorDiv(value, perSecond) - epoch);
    }
    return null;
  }

  private static Conversion toTime(Type column) {
    if (column instanceof Type.Time time) {
      return micros(time.unit());
    }
    if (column instanceof Type.Timestamp timestamp) {
      FromLong micros = micros(timestamp.unit());
      return (FromLong)
          value -> (double) Math.floorMod((long) micros.convert(value), Literals.MICROS_PER_DAY);
    }
    return null;
  }

  private static Conversion toTimeSeconds(Type column) {
    if (column instanceof Type.Time time) {
      long perSecond = time.unit().perSecond();
      return (FromLong) value -> (double) Math.floorDiv(value, perSecond);
    }
    if (column instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      return (FromLong) value -> (double) Math.floorMod(Math.floorDiv(value, perSecond), 86_400L);
    }
    return null;
  }
}
