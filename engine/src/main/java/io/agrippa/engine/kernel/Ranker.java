package io.agrippa.engine.kernel;

import java.util.Arrays;

/**
 * Ranks numbers among sorted thresholds: how many of them a number is above. Comparing a number
 * with the j-th threshold is then comparing its rank with j.
 *
 * <p>The range of the thresholds is cut into equal buckets, which lead to the first threshold that
 * can be the answer; the few that can be are searched through by halving, without branches, so that
 * the steps of neighbouring rows overlap. A bucket is found by arithmetic that never falls as the
 * number grows, so a threshold of an earlier bucket is below the number, however it was rounded.
 * Immutable.
 */
final class Ranker {
  /** Most buckets of a column: they have to stay in the caches while it is ranked. */
  private static final int MOST_BUCKETS = 1 << 12;

  private final double[] thresholds; // ascending, then as many of the largest as a search may reach
  private final int count;
  private final double low;
  private final double scale;
  private final int[] starts; // by bucket: the first threshold that is not in an earlier one
  private final int half; // first step of the search

  /** For finite thresholds, ascending and distinct, 0.0 among them rather than −0.0. */
  Ranker(double[] values) {
    count = values.length;
    int buckets = Math.min(MOST_BUCKETS, Integer.highestOneBit(Math.max(1, count)) * 4);
    // A few thresholds far out must not put all others into one bucket.
    Buckets best = null;
    for (int share : new int[] {0, 256, 32, 8}) {
      int cut = share == 0 ? 0 : count / share;
      Buckets next = Buckets.of(values, cut, buckets);
      best = best == null || next.most < best.most ? next : best;
    }
    low = best.low;
    scale = best.scale;
    starts = best.starts;
    half = Integer.highestOneBit(Math.max(1, best.most));
    thresholds = Arrays.copyOf(values, count + 2 * half);
    Arrays.fill(thresholds, count, thresholds.length, Double.MAX_VALUE);
  }

  /** Number of thresholds. */
  int count() {
    return count;
  }

  /** The place of a threshold. */
  int indexOf(double threshold) {
    return Arrays.binarySearch(thresholds, 0, count, threshold + 0.0);
  }

  /** Number of thresholds below {@code x}; all of them for NaN. */
  int rank(double x) {
    return Double.isNaN(x) ? count : rankNumber(x);
  }

  private int rankNumber(double x) {
    int bucket = bucket(x, low, scale, starts.length);
    int rank = starts[bucket];
    for (int step = half; step > 0; step >>>= 1) {
      // The sign of t − x says whether t < x; neither is NaN, t is finite and not −0.
      long below = Double.doubleToRawLongBits(thresholds[rank + step - 1] - x) >> 63;
      rank += step & (int) below;
    }
    return Math.min(rank, count); // infinity is above what fills up as well
  }

  private static int bucket(double x, double low, double scale, int buckets) {
    return Math.max(0, Math.min(buckets - 1, (int) ((x - low) * scale)));
  }

  /**
   * A cut into buckets.
   *
   * @param most thresholds of a bucket
   */
  private record Buckets(double low, double scale, int[] starts, int most) {
    /**
     * Cuts the range without so many thresholds at either end, which go to the outermost buckets.
     */
    static Buckets of(double[] sorted, int cut, int buckets) {
      double low = sorted.length == 0 ? 0 : sorted[cut];
      double width = sorted.length == 0 ? 0 : sorted[sorted.length - 1 - cut] - low;
      double scale = buckets / width;
      boolean whole = !(scale > 0) || Double.isInfinite(scale);
      int size = whole ? 1 : buckets;
      int[] starts = new int[size + 1];
      for (double threshold : sorted) {
        starts[1 + bucket(threshold, low, whole ? 0 : scale, size)]++;
      }
      int most = Arrays.stream(starts).max().orElse(0);
      for (int b = 0; b < size; b++) {
        starts[b + 1] += starts[b];
      }
      return new Buckets(low, whole ? 0 : scale, Arrays.copyOf(starts, size), most);
    }
  }
}
