package io.agrippa.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of texts that are nearly always numbers, in a few bytes each instead of a String, and each
 * comes back exactly as it was.
 *
 * <p>A text has a form (a byte) and an operand (an int). A decimal such as {@code -12.50} is its
 * digits without the point, 1250, and how many of them stand behind the point: the digits are the
 * operand where they fit, else they lie among the wide ones, 8 bytes more. A text with an exponent
 * has its exponent there too, with the way it is written. Any other text is a String, kept once
 * however often it comes. As long as only nulls are added, nothing is kept at all.
 */
final class Texts {
  private static final byte ABSENT = 0;
  private static final byte POOLED = 1;

  /**
   * Forms from here on: a decimal whose digits are the operand; plus the number of digits behind
   * the point.
   */
  private static final byte NARROW = 8;

  /** The digits are the wide number that the operand names. */
  private static final byte WIDE = 32;

  /** As {@link #WIDE}, and the wide number behind it is the exponent. */
  private static final byte SCIENTIFIC = 64;

  /** Longs hold all numbers of so many digits. */
  private static final int MOST_DIGITS = 18;

  private static final int MOST_EXPONENT_DIGITS = 4;

  /** Up to here doubles hold all whole numbers. */
  private static final long EXACT = 1L << 53;

  /** All powers of ten that are doubles. */
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private byte[] forms; // null while all texts are absent
  private int[] operands;
  private int size;
  private long[] wide = new long[0];
  private int wides;
  private final List<String> pool = new ArrayList<>();
  private Map<String, Integer> pooled = new HashMap<>();

  /** Adds a text; null is remembered as absent. */
  void add(String text) {
    if (text != null) {
      ensure(size + 1);
      if (!addDecimal(text)) {
        Integer known = pooled.putIfAbsent(text, pool.size());
        if (known == null) {
          pool.add(text);
        }
        set(POOLED, known == null ? pool.size() - 1 : known);
      }
    }
    size++;
  }

  private void ensure(int needed) {
    if (forms == null) {
      forms = new byte[Math.max(16, needed)];
      operands = new int[forms.length];
    } else if (forms.length < needed) {
      int capacity = Math.max(needed, forms.length * 2);
      forms = Arrays.copyOf(forms, capacity);
      operands = Arrays.copyOf(operands, capacity);
    }
  }

  private void set(int form, int operand) {
    forms[size] = (byte) form;
    operands[size] = operand;
  }

  private int addWide(long number) {
    if (wides == wide.length) {
      wide = Arrays.copyOf(wide, Math.max(16, wides * 2));
    }
    wide[wides] = number;
    return wides++;
  }

  /** Adds the text if it is a decimal that the forms can hold. */
  private boolean addDecimal(String text) {
    int length = text.length();
    boolean negative = length > 0 && text.charAt(0) == '-';
    int i = negative ? 1 : 0;
    int firstDigit = i;
    long digits = 0;
    int point = -1;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
      if (i - firstDigit > MOST_DIGITS) {
        return false;
      }
    }
    int count = i - firstDigit - (point < 0 ? 0 : 1);
    int before = point < 0 ? count : point - firstDigit;
    int behind = count - before;
    boolean isPlain =
        before > 0
            && count <= MOST_DIGITS
            && (point < 0 || behind > 0)
            && (before == 1 || text.charAt(firstDigit) != '0')
            && !(negative && digits == 0);
    if (!isPlain) {
      return false;
    }
    long signed = negative ? -digits : digits;
    if (i < length) {
      return addScientific(text, i, signed, behind);
    }
    if (signed == (int) signed) {
      set(NARROW + behind, (int) signed);
    } else {
      set(WIDE + behind, addWide(signed));
    }
    return true;
  }

  /**
   * Adds the text if it has an exponent at the index and the digits before it. The exponent is kept
   * with the way it is written: bit 0 whether the letter is {@code e}, bits 1 and 2 the sign (none,
   * plus, minus), then 3 bits for the number of digits, then the digits.
   */
  private boolean addScientific(String text, int index, long signed, int behind) {
    char letter = text.charAt(index);
    int i = index + 1;
    if ((letter != 'e' && letter != 'E') || i == text.length()) {
      return false;
    }
    int sign = text.charAt(i) == '+' ? 1 : text.charAt(i) == '-' ? 2 : 0;
    i += sign == 0 ? 0 : 1;
    int count = text.length() - i;
    if (count < 1 || count > MOST_EXPONENT_DIGITS) {
      return false;
    }
    long exponent = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      exponent = 10 * exponent + (c - '0');
    }
    set(SCIENTIFIC + behind, addWide(signed));
    addWide(exponent << 6 | (long) count << 3 | (long) sign << 1 | (letter == 'e' ? 1 : 0));
    return true;
  }

  /** The text as it was added, or null. */
  String text(int index) {
    int form = form(index);
    if (form == ABSENT) {
      return null;
    }
    int operand = operands[index];
    if (form == POOLED) {
      return pool.get(operand);
    }
    StringBuilder text = new StringBuilder(24);
    if (form < WIDE) {
      decimal(text, operand, form - NARROW);
    } else if (form < SCIENTIFIC) {
      decimal(text, wide[operand], form - WIDE);
    } else {
      decimal(text, wide[operand], form - SCIENTIFIC);
      exponent(text, wide[operand + 1]);
    }
    return text.toString();
  }

  private static void decimal(StringBuilder text, long signed, int behind) {
    if (signed < 0) {
      text.append('-');
    }
    String digits = Long.toString(Math.abs(signed));
    int before = digits.length() - behind;
    if (before > 0) {
      text.append(digits, 0, before);
    } else {
      text.append('0');
    }
    if (behind > 0) {
      text.append('.').append("0".repeat(Math.max(0, -before)));
      text.append(digits, Math.max(0, before), digits.length());
    }
  }

  private static void exponent(StringBuilder text, long written) {
    text.append((written & 1) == 1 ? 'e' : 'E');
    int sign = (int) (written >> 1) & 3;
    text.append(sign == 1 ? "+" : sign == 2 ? "-" : "");
    String digits = Long.toString(written >> 6);
    text.append("0".repeat(((int) (written >> 3) & 7) - digits.length())).append(digits);
  }

  /** The double nearest to the text, or NaN where the text is absent or not a number. */
  double number(int index) {
    int form = form(index);
    if (form == ABSENT) {
      return Double.NaN;
    }
    if (form >= NARROW && form < SCIENTIFIC) {
      long digits = form < WIDE ? operands[index] : wide[operands[index]];
      int behind = form < WIDE ? form - NARROW : form - WIDE;
      if (Math.abs(digits) <= EXACT) {
        // two exact doubles, so their quotient is the double nearest to the decimal
        return digits / TENS[behind];
      }
    }
    try {
      return Double.parseDouble(text(index));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The float nearest to the text, or NaN where the text is absent or not a number. */
  float single(int index) {
    double number = number(index);
    return roundsTwice(number) ? Float.parseFloat(text(index)) : (float) number;
  }

  /**
   * Whether the double nearest to a text may lie half-way between two floats (or be near the range
   * where floats lose bits), so that rounding it may not give the float nearest to the text.
   */
  private static boolean roundsTwice(double number) {
    return (Double.doubleToRawLongBits(number) & 0x1FFFFFFFL) == 0x10000000L
        || Math.abs(number) < 2 * Float.MIN_NORMAL;
  }

  private int form(int index) {
    return forms == null || index >= forms.length ? ABSENT : forms[index];
  }

  /** Gives back spare memory; nothing can be added afterwards. */
  void trim() {
    if (forms != null) {
      forms = Arrays.copyOf(forms, size);
      operands = Arrays.copyOf(operands, size);
    }
    wide = Arrays.copyOf(wide, wides);
    pooled = null;
  }
}
