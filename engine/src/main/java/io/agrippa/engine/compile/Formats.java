package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** formatNumber and formatDatetime, alike in every locale. */
final class Formats {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-#+ 0]*)(\\d+)?(\\.\\d*)?(?:hh|h|ll|l|L|q|j|z|t)?(.)", Pattern.DOTALL);

  /** Of a width or precision: a pattern may come out of the data. */
  private static final int MOST_DIGITS = 3;

  private Formats() {}

  /**
   * A number as a pattern of C's {@code printf} says.
   *
   * @throws LiteralException if the pattern is none for numbers
   */
  static String number(double value, String pattern) {
    Matcher matcher = CONVERSION.matcher(pattern);
    StringBuilder out = new StringBuilder();
    int done = 0;
    while (matcher.find()) {
      out.append(pattern, done, matcher.start());
      out.append(matcher.group(4).equals("%") ? "%" : converted(value, matcher, pattern));
      done = matcher.end();
    }
    return out.append(pattern, done, pattern.length()).toString();
  }

  private static String converted(double value, Matcher matcher, String pattern) {
    String flags = matcher.group(1);
    String width = matcher.group(2) == null ? "" : matcher.group(2);
    String precision = matcher.group(3) == null ? "" : matcher.group(3);
    char conversion = matcher.group(4).charAt(0);
    if (conversion == 'i' || conversion == 'u') {
      conversion = 'd';
    }
    boolean whole = "dxXoc".indexOf(conversion) >= 0;
    boolean tooLong = width.length() > MOST_DIGITS || precision.length() > MOST_DIGITS + 1;
    if (tooLong || (!whole && "eEfFgGaAs".indexOf(conversion) < 0)) {
      throw notForNumbers(pattern);
    }
    if (whole && (value != Math.rint(value) || Math.abs(value) > 1L << 53)) {
      throw new LiteralException(
          "\"" + value + "\" is not a whole number, as the pattern \"" + pattern + "\" wants it");
    }
    if (!whole && !Double.isFinite(value)) {
      flags = flags.replace("0", ""); // as C has it
    }
    if (precision.equals(".")) {
      precision = ".0";
    }
    if (conversion == 'F') {
      conversion = 'f';
    }
    Object argument = value;
    if (whole) {
      precision = "";
      argument = conversion == 'c' ? (Object) (int) value : (Object) (long) value;
    } else if ("eEfgG".indexOf(conversion) >= 0 && Double.isFinite(value)) {
      int digits = precision.isEmpty() ? 6 : Integer.parseInt(precision.substring(1));
      argument = rounded(value, digits, conversion);
    }
    try {
      return String.format(Locale.ROOT, "%" + flags + width + precision + conversion, argument);
    } catch (IllegalFormatException e) {
      throw notForNumbers(pattern);
    }
  }

  /**
   * As C rounds: the number that the double is, a tie to the even digit. Java rounds its shortest
   * decimal, a tie upward.
   */
  private static Object rounded(double value, int digits, char conversion) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded =
        switch (conversion) {
          case 'f' -> exact.setScale(digits, RoundingMode.HALF_EVEN);
          case 'e', 'E' -> exact.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
          default -> exact.round(new MathContext(Math.max(1, digits), RoundingMode.HALF_EVEN));
        };
    return rounded.signum() == 0 ? (Object) value : rounded; // −0.4 becomes −0
  }

  private static LiteralException notForNumbers(String pattern) {
    return new LiteralException(
        "\"" + pattern + "\" is not a pattern for a number (as %5.2f or %d)");
  }

  /**
   * A date, time or both as a pattern of C's {@code strftime} says, in English.
   *
   * @param value as a vector holds it
   * @throws LiteralException if the pattern asks for what there is not
   */
  static String moment(double value, DataType type, String pattern) {
    LocalDateTime moment =
        switch (type.kind()) {
          case DATE -> LocalDate.ofEpochDay((long) value).atStartOfDay();
          case TIME -> LocalTime.ofNanoOfDay(((long) value) * 1000).atDate(LocalDate.EPOCH);
          default -> Literals.dateTime((long) value);
        };
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%' || i + 1 == pattern.length()) {
        out.append(c);
      } else {
        append(moment, pattern.charAt(++i), pattern, out);
      }
    }
    return out.toString();
  }

  private static void append(LocalDateTime m, char conversion, String pattern, StringBuilder out) {
    Locale english = Locale.ENGLISH;
    switch (conversion) {
      case 'Y' -> out.append(m.getYear());
      case 'C' -> out.append(two(m.getYear() / 100));
      case 'y' -> out.append(two(m.getYear() % 100));
      case 'm' -> out.append(two(m.getMonthValue()));
      case 'd' -> out.append(two(m.getDayOfMonth()));
      case 'e' -> out.append(String.format(Locale.ROOT, "%2d", m.getDayOfMonth()));
      case 'j' -> out.append(String.format(Locale.ROOT, "%03d", m.getDayOfYear()));
      case 'H' -> out.append(two(m.getHour()));
      case 'I' -> out.append(two(m.get(ChronoField.CLOCK_HOUR_OF_AMPM)));
      case 'M' -> out.append(two(m.getMinute()));
      case 'S' -> out.append(two(m.getSecond()));
      case 'p' -> out.append(m.getHour() < 12 ? "AM" : "PM");
      case 'a' -> out.append(m.getDayOfWeek().getDisplayName(TextStyle.SHORT, english));
      case 'A' -> out.append(m.getDayOfWeek().getDisplayName(TextStyle.FULL, english));
      case 'b', 'h' -> out.append(m.getMonth().getDisplayName(TextStyle.SHORT, english));
      case 'B' -> out.append(m.getMonth().getDisplayName(TextStyle.FULL, english));
      case 'u' -> out.append(m.getDayOfWeek().getValue());
      case 'w' -> out.append(m.getDayOfWeek().getValue() % 7);
      case 'V' -> out.append(two(m.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
      case 'G' -> out.append(m.get(IsoFields.WEEK_BASED_YEAR));
      case 'g' -> out.append(two(m.get(IsoFields.WEEK_BASED_YEAR) % 100));
      case 'U' -> out.append(two((m.getDayOfYear() + 6 - m.getDayOfWeek().getValue() % 7) / 7));
      case 'W' ->
          out.append(two((m.getDayOfYear() + 6 - (m.getDayOfWeek().getValue() + 6) % 7) / 7));
      case 'D', 'x' -> nested(m, "%m/%d/%y", out);
      case 'F' -> nested(m, "%Y-%m-%d", out);
      case 'R' -> nested(m, "%H:%M", out);
      case 'T', 'X' -> nested(m, "%H:%M:%S", out);
      case 'r' -> nested(m, "%I:%M:%S %p", out);
      case 'c' -> nested(m, "%a %b %e %H:%M:%S %Y", out);
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case '%' -> out.append('%');
      default ->
          throw new LiteralException(
              "\"" + pattern + "\" asks for %" + conversion + ", which is not supported");
    }
  }

  private static void nested(LocalDateTime moment, String pattern, StringBuilder out) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '%') {
        append(moment, pattern.charAt(++i), pattern, out);
      } else {
        out.append(pattern.charAt(i));
      }
    }
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
