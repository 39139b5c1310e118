package io.agrippa.engine.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Numbers as Java writes them, with the same digits on every Java: the shortest decimal that reads
 * back as the number and, of those, the nearest to it (at least two digits). {@code
 * Double.toString} keeps to that only since Java 19.
 */
public final class Decimals {
  /** Decimals of so many digits survive the way through a normal double. */
  private static final int DOUBLE_DIGITS = 15;

  /** Decimals of so many digits survive the way through a normal float. */
  private static final int FLOAT_DIGITS = 6;

  private Decimals() {}

  /** As {@code Double.toString} of Java 19 and later. */
  public static String text(double value) {
    String text = Double.toString(value);
    return needsCare(text, Math.abs(value) < Double.MIN_NORMAL ? 2 : DOUBLE_DIGITS)
        ? layout(shortest(text, new BigDecimal(value), d -> d.doubleValue() == value))
        : text;
  }

  /** As {@code Float.toString} of Java 19 and later. */
  public static String text(float value) {
    String text = Float.toString(value);
    return needsCare(text, Math.abs(value) < Float.MIN_NORMAL ? 2 : FLOAT_DIGITS)
        ? layout(shortest(text, new BigDecimal(value), d -> d.floatValue() == value))
        : text;
  }

  /**
   * Whether the text may be another one on another Java. Java 17 errs only by digits too many, or
   * by the last of many. No two decimals of so few digits that each survives the way through the
   * type read as the same number, so a text that short is the only one.
   */
  private static boolean needsCare(String text, int safeDigits) {
    char last = text.charAt(text.length() - 1);
    return last >= '0' && last <= '9' && digits(text) > safeDigits;
  }

  private static int digits(String text) {
    int count = 0;
    boolean leading = true;
    for (int i = 0; i < text.length() && text.charAt(i) != 'E'; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && !(leading && c == '0')) {
        leading = false;
        count++;
      }
    }
    return count;
  }

  private static BigDecimal shortest(
      String text, BigDecimal exact, Predicate<BigDecimal> readsBack) {
    BigDecimal best = new BigDecimal(text);
    for (int n = digits(text); n >= 2; n--) {
      BigDecimal shorter = exact.round(new MathContext(n, RoundingMode.HALF_EVEN));
      if (!readsBack.test(shorter)) {
        break;
      }
      best = shorter;
    }
    return best;
  }

  /** Java's layout: plain from 10⁻³ to below 10⁷, otherwise with an exponent. */
  private static String layout(BigDecimal signed) {
    BigDecimal value = signed.abs();
    String digits = value.unscaledValue().toString();
    int exponent = digits.length() - 1 - value.scale();
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    digits = digits.substring(0, end);
    StringBuilder out = new StringBuilder(24);
    if (signed.signum() < 0) {
      out.append('-');
    }
    if (exponent >= 0 && exponent < 7) {
      out.append(digits, 0, Math.min(digits.length(), exponent + 1));
      out.append("0".repeat(Math.max(0, exponent + 1 - digits.length())));
      out.append('.').append(digits.length() > exponent + 1 ? digits.substring(exponent + 1) : "0");
    } else if (exponent < 0 && exponent >= -3) {
      out.append("0.").append("0".repeat(-exponent - 1)).append(digits);
    } else {
      out.append(digits.charAt(0))
          .append('.')
          .append(digits.length() > 1 ? digits.substring(1) : "0");
      out.append('E').append(exponent);
    }
    return out.toString();
  }
}
