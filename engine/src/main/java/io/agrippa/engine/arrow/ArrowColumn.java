package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.Type.Scalar;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * A column as Arrow has it and as we have it.
 *
 * @param type what blocks hold of it; foreign where they cannot
 * @param values Arrow's type of the values, behind the dictionary where there is one
 * @param dictionary how codes stand for the values, or null
 */
record ArrowColumn(String name, Type type, ArrowType values, DictionaryEncoding dictionary) {
  private static final int WIDEST_DECIMAL = 76;

  static ArrowColumn of(String name, ArrowType values, DictionaryEncoding dictionary) {
    Type type = type(values);
    if (dictionary != null && type != Scalar.STRING) {
      type = new Type.Foreign("codes of a dictionary of " + values);
    }
    return new ArrowColumn(name, type, values, dictionary);
  }

  private static Type type(ArrowType arrow) {
    if (arrow instanceof ArrowType.Bool) {
      return Scalar.BOOLEAN;
    }
    if (arrow instanceof ArrowType.Int whole) {
      return whole(whole);
    }
    if (arrow instanceof ArrowType.FloatingPoint real) {
      return switch (real.getPrecision()) {
        case HALF, SINGLE -> Scalar.FLOAT;
        case DOUBLE -> Scalar.DOUBLE;
      };
    }
    if (arrow instanceof ArrowType.Utf8
        || arrow instanceof ArrowType.LargeUtf8
        || arrow instanceof ArrowType.Null) {
      return Scalar.STRING;
    }
    if (arrow instanceof ArrowType.Binary
        || arrow instanceof ArrowType.LargeBinary
        || arrow instanceof ArrowType.FixedSizeBinary) {
      return Scalar.BINARY;
    }
    if (arrow instanceof ArrowType.Date) {
      return Scalar.DATE;
    }
    if (arrow instanceof ArrowType.Time time) {
      return new Type.Time(
          switch (time.getUnit()) {
            case SECOND, MILLISECOND -> Type.Unit.MILLIS;
            case MICROSECOND -> Type.Unit.MICROS;
            case NANOSECOND -> Type.Unit.NANOS;
          });
    }
    if (arrow instanceof ArrowType.Timestamp timestamp) {
      return new Type.Timestamp(
          switch (timestamp.getUnit()) {
            case SECOND, MILLISECOND -> Type.Unit.MILLIS;
            case MICROSECOND -> Type.Unit.MICROS;
            case NANOSECOND -> Type.Unit.NANOS;
          },
          timestamp.getTimezone() == null ? Type.Clock.LOCAL : Type.Clock.UTC);
    }
    if (arrow instanceof ArrowType.Decimal decimal
        && decimal.getScale() >= 0
        && decimal.getScale() <= decimal.getPrecision()
        && decimal.getPrecision() <= WIDEST_DECIMAL) {
      return new Type.Decimal(decimal.getPrecision(), decimal.getScale());
    }
    return new Type.Foreign(arrow.toString());
  }

  /** Unsigned numbers have the next wider type that can hold all of them. */
  private static Type whole(ArrowType.Int arrow) {
    return switch (arrow.getBitWidth()) {
      case 8 -> arrow.getIsSigned() ? Scalar.BYTE : Scalar.SHORT;
      case 16 -> arrow.getIsSigned() ? Scalar.SHORT : Scalar.INT;
      case 32 -> arrow.getIsSigned() ? Scalar.INT : Scalar.LONG;
      default -> arrow.getIsSigned() ? Scalar.LONG : new Type.Decimal(20, 0);
    };
  }

  /** Bytes of a value of fixed width; 0 for booleans, whose values are bits. */
  static int width(ArrowType arrow) {
    if (arrow instanceof ArrowType.Int whole) {
      return whole.getBitWidth() / 8;
    }
    if (arrow instanceof ArrowType.FloatingPoint real) {
      return switch (real.getPrecision()) {
        case HALF -> 2;
        case SINGLE -> 4;
        case DOUBLE -> 8;
      };
    }
    if (arrow instanceof ArrowType.Date date) {
      return date.getUnit() == DateUnit.DAY ? 4 : 8;
    }
    if (arrow instanceof ArrowType.Time time) {
      return time.getBitWidth() / 8;
    }
    if (arrow instanceof ArrowType.Timestamp) {
      return 8;
    }
    if (arrow instanceof ArrowType.Decimal decimal) {
      return decimal.getBitWidth() / 8;
    }
    if (arrow instanceof ArrowType.FixedSizeBinary binary) {
      return binary.getByteWidth();
    }
    throw new IllegalArgumentException("values of " + arrow + " have no fixed width");
  }
}
