package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Decimals;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as values of a type, and values as texts. Numbers are held as {@link Vector} says.
 *
 * <p>What is read: integers of 32 bits, also written as a decimal without fraction ({@code 3.0}) or
 * as {@code true} or {@code false}; real numbers as Java reads them and {@code INF}, {@code -INF},
 * {@code NaN} in any case, −0 as 0; booleans as {@code true} or {@code false} in any case or a
 * number equal to 0 or 1; dates and times in ISO form, without zone; the types that count from an
 * epoch in ISO form or as the count.
 */
final class Literals {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
  private static final Pattern SECONDS = Pattern.compile("(-?)(\\d{1,4}):([0-5]\\d):([0-5]\\d)");

  private Literals() {}

  /**
   * The value of a text as a number vector holds it.
   *
   * @param type any but string
   * @throws LiteralException if the text is not a value of the type
   */
  static double number(String text, DataType type) {
    return switch (type.kind()) {
      case INTEGER -> integer(text);
      case FLOAT -> single(text);
      case DOUBLE -> real(text, "double");
      case BOOLEAN -> bool(text);
      case DATE -> date(text).toEpochDay();
      case TIME -> Math.floorDiv(time(text).toNanoOfDay(), 1000L);
      case DATE_TIME -> micros(dateTime(text));
      case DATE_DAYS_SINCE ->
          isCount(text) ? count(text, type) : date(text).toEpochDay() - epochDay(type.epochYear());
      case TIME_SECONDS -> isCount(text) ? count(text, type) : timeSeconds(text);
      case DATE_TIME_SECONDS_SINCE ->
          isCount(text)
              ? count(text, type)
              : Math.floorDiv(micros(dateTime(text)), MICROS_PER_SECOND)
                  - 86_400L * epochDay(type.epochYear());
      case STRING -> throw new IllegalArgumentException("a string is not held as a number");
    };
  }

  /**
   * The one text for all ways to write a value of a type, which is what labels are compared by:
   * {@code 1}, {@code 1.0} and {@code 1e0} are {@code 1} for an integer and for a double; a string
   * is itself, and so is a text that is not a value of the type.
   */
  static String canonical(String text, DataType type) {
    if (type.kind() == DataType.Kind.STRING) {
      return text;
    }
    try {
      return canonical(number(text, type), type);
    } catch (LiteralException e) {
      return text;
    }
  }

  /** The canonical text of a value that a number vector holds. */
  static String canonical(double value, DataType type) {
    boolean whole = type.isNumeric() && value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : text(value, type);
  }

  /**
   * The text that a value that a number vector holds has where it is converted to a string: as Java
   * writes it.
   */
  static String text(double value, DataType type) {
    return switch (type.kind()) {
      case INTEGER, DATE_DAYS_SINCE, TIME_SECONDS, DATE_TIME_SECONDS_SINCE ->
          Long.toString((long) value);
      case FLOAT -> Decimals.text((float) value);
      case DOUBLE -> Decimals.text(value);
      case BOOLEAN -> value != 0 ? "true" : "false";
      case DATE -> LocalDate.ofEpochDay((long) value).toString();
      case TIME ->
          LocalTime.ofNanoOfDay(((long) value) * 1000).format(DateTimeFormatter.ISO_LOCAL_TIME);
      case DATE_TIME -> dateTime((long) value).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      case STRING -> throw new IllegalArgumentException("a string is not held as a number");
    };
  }

  /**
   * The data type of an untyped Constant: integer for whole numbers, double for texts with a point
   * that are a number and for INF and NaN, else string.
   */
  static DataType constantType(String text) {
    if (text.matches("[+-]?\\d+")) {
      return DataType.INTEGER;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.equals("INF") || upper.equals("-INF") || upper.equals("NAN")) {
      return DataType.DOUBLE;
    }
    if (text.indexOf('.') >= 0) {
      try {
        real(text, "double");
        return DataType.DOUBLE;
      } catch (LiteralException e) {
        return DataType.STRING;
      }
    }
    return DataType.STRING;
  }

  /** Days from 1970-01-01 to 1 January of a year. */
  static long epochDay(int year) {
    return LocalDate.of(year, 1, 1).toEpochDay();
  }

  /** The date and time that is so many microseconds from 1970-01-01T00:00. */
  static LocalDateTime dateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
        ZoneOffset.UTC);
  }

  private static double integer(String text) {
    int length = text.length();
    if (length > 0 && length <= 10 && text.charAt(length - 1) <= '9') {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        // may be written as a decimal
      }
    }
    double value = real(text, "integer");
    if (value != Math.rint(value)) {
      throw new LiteralException("\"" + text + "\" is not an integer");
    }
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new LiteralException(
          "\"" + text + "\" is outside the integers of 32 bits; declare the field as double");
    }
    return value;
  }

  private static double single(String text) {
    if (isNumberLike(text)) {
      try {
        return Float.parseFloat(text) + 0.0f;
      } catch (NumberFormatException e) {
        throw new LiteralException("\"" + text + "\" is not a number (float)");
      }
    }
    return (float) real(text, "float");
  }

  private static double real(String text, String type) {
    if (isNumberLike(text)) {
      try {
        return Double.parseDouble(text) + 0.0; // −0 becomes 0
      } catch (NumberFormatException e) {
        throw new LiteralException("\"" + text + "\" is not a number (" + type + ")");
      }
    }
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new LiteralException("\"" + text + "\" is not a number (" + type + ")");
    };
  }

  /** Whether it may be a number in digits: spares an exception for most texts that are none. */
  private static boolean isNumberLike(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        return true;
      }
      if (c > ' ' && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return false;
  }

  private static double bool(String text) {
    if (text.equalsIgnoreCase("true")) {
      return 1;
    }
    if (text.equalsIgnoreCase("false")) {
      return 0;
    }
    if (isNumberLike(text)) {
      try {
        double value = Double.parseDouble(text);
        if (value == 0 || value == 1) {
          return value + 0.0;
        }
      } catch (NumberFormatException e) {
        // said below
      }
    }
    throw new LiteralException("\"" + text + "\" is neither true nor false");
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new LiteralException("\"" + text + "\" is not a date (YYYY-MM-DD)");
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new LiteralException("\"" + text + "\" is not a time (HH:MM:SS)");
    }
  }

  /** Also with a blank for the T, as databases write it. */
  private static LocalDateTime dateTime(String text) {
    try {
      boolean blank = text.length() > 10 && text.charAt(10) == ' ';
      return LocalDateTime.parse(blank ? text.substring(0, 10) + "T" + text.substring(11) : text);
    } catch (DateTimeException e) {
      throw new LiteralException("\"" + text + "\" is not a date and time (YYYY-MM-DDTHH:MM:SS)");
    }
  }

  private static long micros(LocalDateTime dateTime) {
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), dateTime);
  }

  private static boolean isCount(String text) {
    return text.matches("-?\\d+(\\.0*)?");
  }

  private static double count(String text, DataType type) {
    double value = Double.parseDouble(text) + 0.0;
    if (Math.abs(value) > 1L << 53) {
      throw new LiteralException("\"" + text + "\" is not a " + type);
    }
    return value;
  }

  private static double timeSeconds(String text) {
    Matcher matcher = SECONDS.matcher(text);
    if (!matcher.matches()) {
      throw new LiteralException("\"" + text + "\" is not a time in seconds (H:MM:SS)");
    }
    double seconds =
        Integer.parseInt(matcher.group(2)) * 3600.0
            + Integer.parseInt(matcher.group(3)) * 60
            + Integer.parseInt(matcher.group(4));
    return matcher.group(1).isEmpty() ? seconds : 0.0 - seconds;
  }
}
