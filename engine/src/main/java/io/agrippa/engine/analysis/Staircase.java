package io.agrippa.engine.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Ascending numbers and how often each occurred: an empirical distribution.
 *
 * @param numbers ascending
 * @param counts as many, each at least 1
 */
record Staircase(double[] numbers, long[] counts) {
  /** All counts together. */
  long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /**
   * The least number that at least the given share of all numbers does not exceed (type 1 of
   * Hyndman and Fan, the inverse of the empirical distribution function); NaN of nothing.
   */
  double quantile(double share) {
    long total = total();
    if (total == 0) {
      return Double.NaN;
    }
    // In decimal, as people write the share: 0.7 of 10 is 7, not a little more.
    BigDecimal exact = BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(total));
    long rank = Math.max(1, exact.setScale(0, RoundingMode.CEILING).longValueExact());
    int at = 0;
    long below = counts[0];
    while (below < rank) {
      below += counts[++at];
    }
    return numbers[at];
  }

  /**
   * Numbers up to which about equal shares reach: ascending, at most as many as parts are asked
   * for, the last one the greatest number. None of nothing.
   */
  double[] ends(int parts) {
    long total = total();
    double[] ends = new double[parts];
    int found = 0;
    int part = 1; // the next end is where this part of all is reached
    long below = 0;
    for (int i = 0; i < numbers.length; i++) {
      below += counts[i];
      boolean last = i == numbers.length - 1;
      if (last
          || Math.multiplyExact(below, (long) parts) >= Math.multiplyExact(total, (long) part)) {
        ends[found++] = numbers[i];
        while (part < parts && below * parts >= total * part) {
          part++; // one number may fill several parts
        }
      }
    }
    return Arrays.copyOf(ends, found);
  }

  /** How many numbers are above one and at most another. */
  long between(double above, double atMost) {
    long count = 0;
    for (int i = 0; i < numbers.length; i++) {
      boolean isAbove = numbers[i] > above || above == Double.NEGATIVE_INFINITY;
      if (isAbove && numbers[i] <= atMost) {
        count += counts[i];
      }
    }
    return count;
  }

  /** The greatest distance of the distribution functions (Kolmogorov, Smirnov); NaN of nothing. */
  double distance(Staircase other) {
    double total = total();
    double otherTotal = other.total();
    if (total == 0 || otherTotal == 0) {
      return Double.NaN;
    }
    double greatest = 0;
    long below = 0;
    long otherBelow = 0;
    int i = 0;
    int j = 0;
    while (i < numbers.length || j < other.numbers.length) {
      double next =
          Math.min(
              i < numbers.length ? numbers[i] : Double.POSITIVE_INFINITY,
              j < other.numbers.length ? other.numbers[j] : Double.POSITIVE_INFINITY);
      if (i < numbers.length && numbers[i] <= next) {
        below += counts[i++];
      }
      if (j < other.numbers.length && other.numbers[j] <= next) {
        otherBelow += other.counts[j++];
      }
      greatest = Math.max(greatest, Math.abs(below / total - otherBelow / otherTotal));
    }
    return greatest;
  }

  /** The largest share that a single number has in this or in another. */
  double largestShare(Staircase other) {
    return Math.max(largestShare(), other.largestShare());
  }

  private double largestShare() {
    long largest = 0;
    for (long count : counts) {
      largest = Math.max(largest, count);
    }
    return largest == 0 ? 0 : largest / (double) total();
  }
}
