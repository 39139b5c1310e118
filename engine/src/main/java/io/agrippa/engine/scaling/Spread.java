package io.agrippa.engine.scaling;

import java.util.Arrays;
import java.util.List;

/**
 * Where repeated measurements lie.
 *
 * @param count how many there are, at least 1
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the largest
 * @param low lower end of an interval for the true median
 * @param high its upper end
 * @param coverage probability with which such an interval holds the true median, from the order of
 *     the values alone: the narrowest one of at least 95 %, or, of few values, all of them
 */
public record Spread(
    int count, double median, double min, double max, double low, double high, double coverage) {
  private static final double WANTED = 0.95;

  /** The spread of some values, at least one. */
  public static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("there is no value");
    }
    // Between the r-th least and the r-th largest of n lies the median of any continuous
    // distribution with probability 1 − 2·P(B < r), B binomial(n, 1/2).
    int best = 1;
    while (best + 1 <= (n + 1) / 2 && coverage(n, best + 1) >= WANTED) {
      best++;
    }
    return new Spread(
        n,
        median(sorted),
        sorted[0],
        sorted[n - 1],
        sorted[best - 1],
        sorted[n - best],
        coverage(n, best));
  }

  private static double coverage(int n, int rank) {
    double term = Math.pow(0.5, n); // P(B = 0)
    double below = 0;
    for (int k = 0; k < rank; k++) {
      below += term;
      term *= (double) (n - k) / (k + 1);
    }
    return Math.max(0, 1 - 2 * below);
  }

  /** The median of some values, at least one. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
