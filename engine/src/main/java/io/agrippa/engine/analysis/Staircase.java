package io.agrippa.engine.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;

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
}
