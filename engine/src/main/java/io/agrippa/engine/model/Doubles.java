package io.agrippa.engine.model;

import java.util.Arrays;

/**
 * Numbers that are often absent (NaN) or counts, in no more room than they need: none if all are
 * absent, four bytes each if all others are whole numbers, else eight.
 */
final class Doubles {
  private static final int ABSENT = Integer.MIN_VALUE;

  private final int[] whole; // null unless all are absent or whole
  private final double[] any; // null if whole is used, or all are absent

  private Doubles(int[] whole, double[] any) {
    this.whole = whole;
    this.any = any;
  }

  /** The first numbers of an array. */
  static Doubles of(double[] numbers, int size) {
    boolean allAbsent = true;
    boolean allWhole = true;
    for (int i = 0; i < size; i++) {
      double number = numbers[i];
      if (!Double.isNaN(number)) {
        allAbsent = false;
        allWhole &= Double.compare((int) number, number) == 0 && (int) number != ABSENT;
      }
    }
    if (allAbsent) {
      return new Doubles(null, null);
    }
    if (!allWhole) {
      return new Doubles(null, Arrays.copyOf(numbers, size));
    }
    int[] whole = new int[size];
    for (int i = 0; i < size; i++) {
      whole[i] = Double.isNaN(numbers[i]) ? ABSENT : (int) numbers[i];
    }
    return new Doubles(whole, null);
  }

  /** The number at an index, NaN where absent. */
  double at(int index) {
    if (whole != null) {
      return whole[index] == ABSENT ? Double.NaN : whole[index];
    }
    return any == null ? Double.NaN : any[index];
  }
}
