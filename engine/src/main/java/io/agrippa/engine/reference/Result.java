package io.agrippa.engine.reference;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import org.pmml4s.common.StructType;
import org.pmml4s.data.Series;
import scala.Option;

/**
 * A result that PMML4S gives.
 *
 * @param name of its column
 * @param type of its column: string, boolean, long or double
 * @param key its name within PMML4S
 * @param origin whether PMML4S owes it
 */
record Result(String name, Type.Scalar type, String key, Origin origin) {
  /** Where a result comes from. */
  enum Origin {
    /** The document lists it in its Output, or PMML4S does where there is none. */
    LISTED,
    /** The predicted value beside an Output, which PMML4S does not give with every model. */
    BESIDE
  }

  /**
   * Its value out of what PMML4S gave for a row: a Double, Long (also for a boolean) or String by
   * its type, or null where missing. PMML4S means a missing number by NaN.
   *
   * @throws IllegalStateException if PMML4S did not give it, or not of its type
   */
  Object of(Series scored) {
    StructType schema = scored.schema();
    Option<Object> index = schema == null ? Option.empty() : schema.getFieldIndex(key);
    if (index.isEmpty()) {
      if (origin == Origin.BESIDE) {
        return null;
      }
      throw new IllegalStateException("it gives no result \"" + key + "\"");
    }
    Object value = scored.get((Integer) index.get());
    if (value == null || (value instanceof Double number && number.isNaN())) {
      return null;
    }
    return switch (type) {
      case DOUBLE -> number(value);
      case LONG -> whole(value);
      case BOOLEAN -> truth(value);
      default -> value.toString();
    };
  }

  private Double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    try {
      return Double.valueOf(value.toString());
    } catch (NumberFormatException e) {
      throw unfit(value);
    }
  }

  private Long whole(Object value) {
    double number = number(value);
    if (value instanceof Long whole) {
      return whole;
    }
    if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
      throw unfit(value);
    }
    return (long) number;
  }

  private Long truth(Object value) {
    String text = value.toString();
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true") ? 1L : 0L;
    }
    long whole = whole(value);
    if (whole != 0 && whole != 1) {
      throw unfit(value);
    }
    return whole;
  }

  private IllegalStateException unfit(Object value) {
    return new IllegalStateException(
        "it gives \"%s\" for the result \"%s\", which is of type %s"
            .formatted(value, key, TypeText.of(type)));
  }
}
