package io.agrippa.engine.pmml;

import java.util.Locale;

/** PMML's numbers: XML Schema's, with INF and NaN in any case. */
final class Numbers {
  private Numbers() {}

  /**
   * The number that the text is.
   *
   * @throws NumberFormatException if it is none; Java's own additions (hexadecimal, a trailing f or
   *     d) are none
   */
  static double parse(String text) {
    int count = count(text);
    if (count >= 0) {
      return count;
    }
    String trimmed = text.trim();
    if (trimmed.isEmpty()) {
      throw new NumberFormatException("empty");
    }
    char last = trimmed.charAt(trimmed.length() - 1);
    if ((last >= '0' && last <= '9') || last == '.') {
      if (trimmed.indexOf('x') >= 0 || trimmed.indexOf('X') >= 0) {
        throw new NumberFormatException("hexadecimal");
      }
      return Double.parseDouble(trimmed);
    }
    return switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw new NumberFormatException("not a number");
    };
  }

  /**
   * The whole number that the text is if it is nothing but a few digits, as most counts are; else
   * −1.
   */
  private static int count(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }
}
