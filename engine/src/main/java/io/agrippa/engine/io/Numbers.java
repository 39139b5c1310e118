package io.agrippa.engine.io;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.math.BigDecimal;

/**
 * Reads numbers as XML Schema writes them: {@code [+-] digits [. digits] [e [+-] digits]}, {@code
 * INF}, {@code NaN} (in any case, also {@code Infinity}), with blanks around them. Stricter than
 * {@link Double#valueOf}, which also takes {@code 1d} and {@code 0x1p3}. Holds the last number
 * read; not safe for use by many threads.
 */
final class Numbers {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final int DIGITS_OF_LONG = 18;

  private long longValue;
  private double doubleValue;

  // What scan() found
  private int begin;
  private int end;
  private boolean negative;
  private long
      digits; // the digits read as one number, if no more than DIGITS_OF_LONG of them count
  private int count; // digits that count: those from the first one that is not zero
  private int fraction; // digits behind the point
  private boolean exponent;

  long longValue() {
    return longValue;
  }

  double doubleValue() {
    return doubleValue;
  }

  /** Reads a double; false where the text is not a number. */
  boolean readDouble(char[] text, int from, int length) {
    if (!scan(text, from, length)) {
      return readSpecial(text);
    }
    // Clinger's fast path: both operands are exact, so the one operation rounds right.
    if (!exponent
        && count <= DIGITS_OF_LONG
        && digits <= EXACT_IN_DOUBLE
        && fraction < POWERS_OF_TEN.length) {
      double value = fraction == 0 ? digits : digits / POWERS_OF_TEN[fraction];
      doubleValue = negative ? -value : value;
    } else {
      doubleValue = JavaDoubleParser.parseDouble(text, begin, end - begin);
    }
    return true;
  }

  /** Reads a float (rounded once, not by way of a double); false where the text is not a number. */
  boolean readFloat(char[] text, int from, int length) {
    if (!scan(text, from, length)) {
      return readSpecial(text);
    }
    doubleValue = JavaFloatParser.parseFloat(text, begin, end - begin);
    return true;
  }

  /**
   * Reads a whole number, also one written like {@code 3.0} or {@code 1e3}; false where the text is
   * none or does not fit a long.
   */
  boolean readLong(char[] text, int from, int length) {
    if (!scan(text, from, length)) {
      return false;
    }
    if (fraction == 0 && !exponent && count <= DIGITS_OF_LONG) {
      longValue = negative ? -digits : digits;
      return true;
    }
    BigDecimal number = decimal(text);
    // Without zeros at its end a whole number has no scale, and one that fits a long has few
    // digits.
    if (number == null || number.signum() == 0) {
      longValue = 0;
      return number != null;
    }
    if (number.precision() - (long) number.scale() > 19
        || number.stripTrailingZeros().scale() > 0) {
      return false;
    }
    try {
      longValue = number.longValueExact();
    } catch (ArithmeticException e) {
      return false; // between 2^63 and 10^19
    }
    return true;
  }

  /** Reads a decimal; null where the text is not a number. */
  BigDecimal readDecimal(char[] text, int from, int length) {
    return scan(text, from, length) ? decimal(text) : null;
  }

  private BigDecimal decimal(char[] text) {
    try {
      return new BigDecimal(text, begin, end - begin);
    } catch (NumberFormatException e) {
      return null; // the exponent does not fit an int
    }
  }

  /** Checks the text's form and takes down its digits. */
  private boolean scan(char[] text, int from, int length) {
    int i = from;
    int stop = from + length;
    while (i < stop && text[i] <= ' ') {
      i++;
    }
    while (i < stop && text[stop - 1] <= ' ') {
      stop--;
    }
    begin = i;
    end = stop;
    negative = false;
    exponent = false;
    fraction = 0;
    if (i < stop && (text[i] == '-' || text[i] == '+')) {
      negative = text[i] == '-';
      i++;
    }
    int first = i;
    long value = 0;
    while (i < stop && isDigit(text[i])) {
      value = value * 10 + (text[i] - '0');
      i++;
    }
    int all = i - first;
    if (i < stop && text[i] == '.') {
      i++;
      int point = i;
      while (i < stop && isDigit(text[i])) {
        value = value * 10 + (text[i] - '0');
        i++;
      }
      fraction = i - point;
      all += fraction;
    }
    if (all == 0) {
      return false;
    }
    digits = value;
    count = all;
    if (all > DIGITS_OF_LONG) {
      count = all - leadingZeros(text, first, i);
    }
    if (i < stop && (text[i] == 'e' || text[i] == 'E')) {
      exponent = true;
      i++;
      if (i < stop && (text[i] == '-' || text[i] == '+')) {
        i++;
      }
      int power = i;
      while (i < stop && isDigit(text[i])) {
        i++;
      }
      if (i == power) {
        return false;
      }
    }
    return i == stop;
  }

  private static int leadingZeros(char[] text, int from, int stop) {
    int zeros = 0;
    for (int i = from; i < stop && (text[i] == '0' || text[i] == '.'); i++) {
      zeros += text[i] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private boolean readSpecial(char[] text) {
    int i = begin;
    boolean minus = false;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      minus = text[i] == '-';
      i++;
    }
    if (is("inf", text, i) || is("infinity", text, i)) {
      doubleValue = minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    if (i == begin && is("nan", text, i)) {
      doubleValue = Double.NaN;
      return true;
    }
    return false;
  }

  private boolean is(String word, char[] text, int from) {
    if (end - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
