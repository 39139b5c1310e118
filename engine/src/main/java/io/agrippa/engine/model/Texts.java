package io.agrippa.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of texts that are nearly always numbers, in nine bytes each instead of a String. A text is
 * kept as a number only if Java writes the number exactly so; all others are kept once in a pool.
 * So each text comes back as it was.
 */
final class Texts {
  private static final byte ABSENT = 0;
  private static final byte POOLED = 1;
  private static final byte LONG = 2;
  private static final byte DOUBLE = 3;
  private static final byte FLOAT = 4;

  /** Beyond it a double does not hold every whole number. */
  private static final double EXACT = 1L << 53;

  private double[] numbers; // the number, or the index in the pool
  private byte[] forms;
  private int size;
  private final List<String> pool = new ArrayList<>();
  private Map<String, Integer> pooled = new HashMap<>();

  Texts() {
    numbers = new double[16];
    forms = new byte[16];
  }

  /** Adds a text; null is remembered as absent. */
  void add(String text) {
    if (size == forms.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      forms = Arrays.copyOf(forms, size * 2);
    }
    forms[size] = form(text, size);
    size++;
  }

  private byte form(String text, int index) {
    if (text == null) {
      return ABSENT;
    }
    if (!text.isEmpty() && text.length() <= 24 && text.charAt(text.length() - 1) <= '9') {
      try {
        double number = Double.parseDouble(text);
        numbers[index] = number;
        if (Math.abs(number) < EXACT
            && number == Math.rint(number)
            && text.equals(Long.toString((long) number))) {
          return LONG;
        }
        if (text.equals(Double.toString(number))) {
          return DOUBLE;
        }
        float single = Float.parseFloat(text);
        if (text.equals(Float.toString(single))) {
          // The double nearest to the text and the float nearest to it may round differently, so a
          // float text keeps both:
          // the double of the text is parsed again when asked for.
          numbers[index] = single;
          return FLOAT;
        }
      } catch (NumberFormatException e) {
        // not a number: goes into the pool
      }
    }
    Integer known = pooled.putIfAbsent(text, pool.size());
    if (known == null) {
      pool.add(text);
    }
    numbers[index] = known == null ? pool.size() - 1 : known;
    return POOLED;
  }

  /** The text as it was added, or null. */
  String text(int index) {
    return switch (forms[index]) {
      case ABSENT -> null;
      case POOLED -> pool.get((int) numbers[index]);
      case LONG -> Long.toString((long) numbers[index]);
      case DOUBLE -> Double.toString(numbers[index]);
      default -> Float.toString((float) numbers[index]);
    };
  }

  /** The double nearest to the text, or NaN where the text is absent or not a number. */
  double number(int index) {
    return switch (forms[index]) {
      case ABSENT -> Double.NaN;
      case LONG, DOUBLE -> numbers[index];
      case FLOAT -> Double.parseDouble(Float.toString((float) numbers[index]));
      default -> parse(pool.get((int) numbers[index]));
    };
  }

  /** The float nearest to the text, or NaN where the text is absent or not a number. */
  float single(int index) {
    return switch (forms[index]) {
      case ABSENT -> Float.NaN;
      case FLOAT -> (float) numbers[index];
      case LONG, DOUBLE ->
          roundsTwice(numbers[index]) ? Float.parseFloat(text(index)) : (float) numbers[index];
      default -> {
        double number = parse(pool.get((int) numbers[index]));
        yield Double.isNaN(number) ? Float.NaN : Float.parseFloat(pool.get((int) numbers[index]));
      }
    };
  }

  /**
   * Whether the double nearest to a text may lie half-way between two floats (or be near the range
   * where floats lose bits), so that rounding it may not give the float nearest to the text.
   */
  private static boolean roundsTwice(double number) {
    return (Double.doubleToRawLongBits(number) & 0x1FFFFFFFL) == 0x10000000L
        || Math.abs(number) < 2 * Float.MIN_NORMAL;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Gives back spare memory; nothing can be added cheaply afterwards. */
  void trim() {
    numbers = Arrays.copyOf(numbers, size);
    forms = Arrays.copyOf(forms, size);
    pooled = null;
  }
}
