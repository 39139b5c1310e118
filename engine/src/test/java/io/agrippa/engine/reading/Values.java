package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import java.math.BigDecimal;
import java.util.Locale;

/** Values and their types: docs/interpretation.md, "Types and literals". */
final class Values {
  private Values() {}

  /** The text is no value of the type. */
  static final class NotOfType extends Exception {
    private static final long serialVersionUID = 1L;

    NotOfType(String text, DataType type) {
      super("\"" + text + "\" is no " + type, null, false, false);
    }
  }

  /** The value that a text has in a type. */
  static Object parse(String text, DataType type) throws NotOfType {
    try {
      return switch (type.kind()) {
        case STRING -> text;
        case INTEGER -> new BigDecimal(digits(text)).intValueExact();
        case FLOAT -> Float.parseFloat(digits(text)) + 0.0f;
        case DOUBLE -> Double.parseDouble(digits(text)) + 0.0;
        case BOOLEAN -> truth(text, type);
        case DATE, TIME, DATE_TIME, DATE_DAYS_SINCE, TIME_SECONDS, DATE_TIME_SECONDS_SINCE ->
            throw new UnsupportedOperationException("no reading of " + type);
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw new NotOfType(text, type);
    }
  }

  /** As {@link #parse}, for texts of the document, which are of the type. */
  static Object literal(String text, DataType type) {
    try {
      return parse(text, type);
    } catch (NotOfType e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String digits(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case "nan" -> "NaN";
      case "true" -> "1";
      case "false" -> "0";
      default -> text;
    };
  }

  private static boolean truth(String text, DataType type) throws NotOfType {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new NotOfType(text, type);
    };
  }

  /** A value of an expression as the type that its field declares; null stays missing. */
  static Object cast(Object value, DataType type) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      try {
        return parse(text, type);
      } catch (NotOfType e) {
        throw new BadRow(e.getMessage());
      }
    }
    return switch (type.kind()) {
      case STRING -> text(value);
      case DOUBLE -> number(value);
      case FLOAT -> value instanceof Float ? value : (Object) (float) number(value);
      case INTEGER -> whole(number(value));
      case BOOLEAN -> {
        if (number(value) != 0 && number(value) != 1) {
          throw new BadRow(value + " is neither true nor false");
        }
        yield number(value) == 1;
      }
      case DATE, TIME, DATE_TIME, DATE_DAYS_SINCE, TIME_SECONDS, DATE_TIME_SECONDS_SINCE ->
          throw new UnsupportedOperationException("no reading of " + type);
    };
  }

  private static Integer whole(double number) {
    if (number != (int) number) {
      throw new BadRow(number + " is no integer");
    }
    return (int) number;
  }

  /** A value as the text that Java writes for it. */
  static String text(Object value) {
    return value.toString();
  }

  /** A number, or a boolean as 0 or 1. */
  static double number(Object value) {
    return value instanceof Boolean truth ? truth ? 1 : 0 : ((Number) value).doubleValue();
  }

  /** The order of two values: numbers by number, with NaN above all; texts by their letters. */
  static int compare(Object a, Object b) {
    if (a instanceof String text) {
      return text.compareTo((String) b);
    }
    return Double.compare(number(a) + 0.0, number(b) + 0.0); // −0 is 0
  }
}
