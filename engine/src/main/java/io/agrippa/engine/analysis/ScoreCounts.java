package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * How many positives and negatives have which probability: what curves, areas and lift follow from.
 *
 * <p>Up to {@link #MOST} different probabilities each has its own counts, and everything is exact.
 * Beyond that near ones share a bin ({@link AdaptiveBins}), fine near 0 and near 1 alike: keys are
 * the bits of p below one half, and of 1 − p (which is exact there) above it.
 */
final class ScoreCounts {
  /** So many different probabilities are told apart. */
  static final int MOST = 65_536;

  private static final int NEGATIVE = 0;
  private static final int POSITIVE = 1;
  private static final int CURVE_STEPS = 200;
  private static final int[] LIFT_PERCENT = {1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

  private AdaptiveBins bins = new AdaptiveBins(2, MOST);

  void add(double probability, boolean positive) {
    bins.add(key(probability), positive ? POSITIVE : NEGATIVE, 1);
  }

  private static long key(double probability) {
    return probability < 0.5
        ? Double.doubleToRawLongBits(probability + 0.0)
        : Long.MAX_VALUE - Double.doubleToRawLongBits(1 - probability);
  }

  /** The least probability of a bin. */
  private static double least(long bin, int shift) {
    long first = bin << shift;
    long half = Double.doubleToRawLongBits(0.5);
    if (first <= half) {
      return Double.longBitsToDouble(first);
    }
    return 1 - Double.longBitsToDouble(Long.MAX_VALUE - first);
  }

  void merge(ScoreCounts other) {
    bins.merge(other.bins);
  }

  /** Bins from the highest probability down. */
  private record Descending(double[] least, long[] positives, long[] negatives) {}

  private Descending descending() {
    long[] keys = bins.table().keys();
    int size = keys.length;
    Descending all = new Descending(new double[size], new long[size], new long[size]);
    for (int i = 0; i < size; i++) {
      long key = keys[size - 1 - i];
      all.least[i] = least(key, bins.shift());
      all.positives[i] = bins.table().count(key, POSITIVE);
      all.negatives[i] = bins.table().count(key, NEGATIVE);
    }
    return all;
  }

  /** All that follows from the order of the probabilities. */
  Evaluation.Ranking ranking(String label, Calibration calibration) {
    Descending all = descending();
    long positives = sum(all.positives);
    long negatives = sum(all.negatives);
    double[] auc = auc(all, positives, negatives);
    double[] precision = averagePrecision(all, positives);
    return new Evaluation.Ranking(
        label,
        positives,
        negatives,
        auc[0],
        auc[1],
        precision[0],
        precision[1],
        ks(all, positives, negatives),
        curve(all, positives, negatives),
        lift(all, positives, negatives),
        calibration.bins(),
        calibration.error());
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * Area and by how much it may be off: pairs of a positive and a negative in the right order, half
   * of those in the same bin, over all pairs. In whichever order the latter truly are, the area
   * lies within half of their share; where every probability has its own bin they are ties, and
   * half is right.
   */
  private double[] auc(Descending all, long positives, long negatives) {
    if (positives == 0 || negatives == 0) {
      return new double[] {Double.NaN, 0};
    }
    BigInteger doubled = BigInteger.ZERO;
    BigInteger same = BigInteger.ZERO;
    long below = negatives;
    for (int i = 0; i < all.least.length; i++) {
      below -= all.negatives[i];
      BigInteger mine = BigInteger.valueOf(all.positives[i]);
      doubled = doubled.add(mine.multiply(BigInteger.valueOf(2 * below + all.negatives[i])));
      same = same.add(mine.multiply(BigInteger.valueOf(all.negatives[i])));
    }
    double pairs = 2.0 * positives * negatives;
    double error = bins.shift() == 0 ? 0 : same.doubleValue() / pairs;
    return new double[] {doubled.doubleValue() / pairs, error};
  }

  /**
   * Average precision and by how much it may be off: within a bin, positives may all stand before
   * the negatives or all behind them.
   */
  private double[] averagePrecision(Descending all, long positives) {
    if (positives == 0) {
      return new double[] {Double.NaN, 0};
    }
    double sum = 0;
    double low = 0;
    double high = 0;
    long found = 0;
    long wrong = 0;
    for (int i = 0; i < all.least.length; i++) {
      double mine = all.positives[i];
      if (mine > 0) {
        double last = found + mine;
        sum += mine * (last / (last + wrong + all.negatives[i]));
        high += mine * (last / (last + wrong));
        low += mine * ((found + 1.0) / (found + 1.0 + wrong + all.negatives[i]));
      }
      found += all.positives[i];
      wrong += all.negatives[i];
    }
    double error = bins.shift() == 0 ? 0 : Math.max(high - sum, sum - low) / positives;
    return new double[] {sum / positives, error};
  }

  private static double ks(Descending all, long positives, long negatives) {
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double greatest = 0;
    long found = 0;
    long wrong = 0;
    for (int i = 0; i < all.least.length; i++) {
      found += all.positives[i];
      wrong += all.negatives[i];
      greatest =
          Math.max(greatest, Math.abs(found / (double) positives - wrong / (double) negatives));
    }
    return greatest;
  }

  /** Points of the curve, not nearer to each other than 1/200 in both directions. */
  private static List<Evaluation.CurvePoint> curve(Descending all, long positives, long negatives) {
    List<Evaluation.CurvePoint> points = new ArrayList<>();
    if (positives == 0 || negatives == 0) {
      return points;
    }
    long found = 0;
    long wrong = 0;
    double lastFound = 0;
    double lastWrong = 0;
    for (int i = 0; i < all.least.length; i++) {
      found += all.positives[i];
      wrong += all.negatives[i];
      double trueRate = found / (double) positives;
      double falseRate = wrong / (double) negatives;
      boolean far =
          (trueRate - lastFound) * CURVE_STEPS >= 1 || (falseRate - lastWrong) * CURVE_STEPS >= 1;
      if (far || i == 0 || i == all.least.length - 1) {
        points.add(
            new Evaluation.CurvePoint(
                all.least[i], trueRate, falseRate, found / (double) (found + wrong)));
        lastFound = trueRate;
        lastWrong = falseRate;
      }
    }
    return points;
  }

  /** Positives in the first rows; of a bin that is cut, in proportion. */
  private static List<Evaluation.Lift> lift(Descending all, long positives, long negatives) {
    List<Evaluation.Lift> lifts = new ArrayList<>();
    double rows = (double) positives + negatives;
    if (positives == 0) {
      return lifts;
    }
    int bin = 0;
    long found = 0;
    long taken = 0;
    for (int percent : LIFT_PERCENT) {
      double share = percent / 100.0;
      double wanted = percent * rows / 100.0;
      while (bin < all.least.length && taken + all.positives[bin] + all.negatives[bin] <= wanted) {
        found += all.positives[bin];
        taken += all.positives[bin] + all.negatives[bin];
        bin++;
      }
      double part = 0;
      if (bin < all.least.length && taken < wanted) {
        double inBin = (double) all.positives[bin] + all.negatives[bin];
        part = all.positives[bin] * ((wanted - taken) / inBin);
      }
      double gain = (found + part) / positives;
      lifts.add(new Evaluation.Lift(share, gain, gain / share));
    }
    return lifts;
  }

  void write(DataOutput out) throws IOException {
    bins.write(out);
  }

  static ScoreCounts read(DataInput in) throws IOException {
    ScoreCounts counts = new ScoreCounts();
    counts.bins = AdaptiveBins.read(in, 2, MOST);
    return counts;
  }
}
