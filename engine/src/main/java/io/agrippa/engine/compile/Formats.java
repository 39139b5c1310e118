package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
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
      Pattern.compile("%(\\d+\\$)?([-#+ 0,(]*)(\\d+)?(\\.\\d+)?([a-zA-Z%])");

  private Formats() {}

  /**
   * A number as a pattern of C's {@code printf} says.
   *
   * @throws LiteralException if the pattern is none for numbers
   */
  static String number(double value, String pattern) {
    Matcher matcher = CONVERSION.matcher(pattern);
    boolean whole = false;
    String java = pattern;
    while (matcher.find()) {
      char conversion = matcher.group(5).charAt(0);
      if (conversion == 'i' || conversion == 'u') {
        java = java.substring(0, matcher.end() - 1) + 'd' + java.substring(matcher.end());
        conversion = 'd';
      }
      whole |= "dxXoc".indexOf(conversion) >= 0;
    }
    if (whole && value != Math.rint(value)) {
      throw new LiteralException(
          "\"" + value + "\" is not a whole number, as the pattern \"" + pattern + "\" wants it");
    }
    try {
      return whole
          ? String.format(Locale.ROOT, java, (long) value)
          : String.format(Locale.ROOT, java, value);
    } catch (IllegalFormatException e) {
      throw new LiteralException(
          "\"" + pattern + "\" is not a pattern for a number (as %5.2f or %d)");
    }
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
