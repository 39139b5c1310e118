package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Numbers that columns carry as the texts that people know them by. */
final class ValueText {
  private static final long NANOS = 1_000_000_000L;

  /** From here on not every whole number is a double. */
  private static final double LAST_WHOLE = 0x1p53;

  private ValueText() {}

  /** A value of a column of a type: a date as a date, a whole number without a point. */
  static String of(Type type, double value) {
    if (!Double.isFinite(value)) {
      return number(value);
    }
    if (type == Type.Scalar.BOOLEAN && (value == 0 || value == 1)) {
      return value == 1 ? "true" : "false";
    }
    try {
      if (type == Type.Scalar.DATE) {
        return LocalDate.ofEpochDay((long) value).toString();
      }
      if (type instanceof Type.Time time) {
        long nanosPerStep = NANOS / time.unit().perSecond();
        return LocalTime.ofNanoOfDay(Math.multiplyExact((long) value, nanosPerStep)).toString();
      }
      if (type instanceof Type.Timestamp timestamp) {
        return timestamp((long) value, timestamp);
      }
    } catch (DateTimeException | ArithmeticException e) {
      return number(value); // no day of any calendar
    }
    return number(value);
  }

  private static String timestamp(long steps, Type.Timestamp type) {
    long perSecond = type.unit().perSecond();
    long seconds = Math.floorDiv(steps, perSecond);
    long nanos = Math.floorMod(steps, perSecond) * (NANOS / perSecond);
    return switch (type.clock()) {
      case LOCAL -> LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString();
      case UTC -> Instant.ofEpochSecond(seconds, nanos).toString();
    };
  }

  /** A number without a point where it is whole: 1, not 1.0. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) <= LAST_WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * The number that a text writes in decimal, or NaN where it writes none: digits, perhaps with
   * sign, point and exponent, white space around; not what Java alone reads, such as 1d or 0x1p3.
   */
  static double parse(String text) {
    String stripped = text.strip();
    boolean digit = false;
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c >= '0' && c <= '9') {
        digit = true;
      } else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    if (!digit) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(stripped);
    } catch (NumberFormatException e) {
      return Double.NaN; // digits and signs in an order that writes no number: a date, 1-2
    }
  }

  /** The double nearest to a decimal as a column carries it. */
  static double decimal(byte[] unscaled, Type.Decimal type) {
    return new BigDecimal(new BigInteger(unscaled), type.scale()).doubleValue();
  }
}
