package io.agrippa.engine.compile;

import java.util.Arrays;

/**
 * max and median of probabilities: a category wins by its largest (or middle) probability; the
 * segments that gave it this probability contribute their whole distributions. Of an even number of
 * segments the two in the middle are equally close to the median between them, however that is
 * rounded, so both contribute.
 */
final class ExtremeCombiner implements Combiner {
  private final int[][] translations; // by segment: its labels as the ensemble's
  private final int[] order; // labels in the order of the target's values
  private final boolean median;
  private final boolean single;
  private final double[][][] shares; // by segment, label, row; NaN where the segment has none

  ExtremeCombiner(int[][] translations, int[] order, boolean median, boolean single) {
    this.translations = translations;
    this.order = order;
    this.median = median;
    this.single = single;
    shares = new double[translations.length][order.length][];
  }

  @Override
  public void begin(Frame frame) {
    for (double[][] segment : shares) {
      for (int label = 0; label < segment.length; label++) {
        if (segment[label] == null) {
          segment[label] = new double[frame.capacity()];
        }
        Arrays.fill(segment[label], 0, frame.rows(), Double.NaN);
      }
    }
  }

  @Override
  public void add(
      int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights) {
    int[] translation = translations[segment];
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        Prediction.fill(shares[segment], row, 0);
        if (prediction.probabilities == null) {
          shares[segment][translation[prediction.labels[row]]][row] = 1;
        } else {
          for (int i = 0; i < translation.length; i++) {
            shares[segment][translation[i]][row] =
                Rounding.round(prediction.probabilities[i][row], single);
          }
        }
      }
    }
  }

  @Override
  public void finish(Frame frame, long[] rows, Prediction out) {
    double[] scratch = new double[shares.length];
    double[] mean = new double[order.length];
    for (int w = 0; w < frame.words(); w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        int winner = order[0];
        double low = 0;
        double high = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int label : order) {
          int count = sort(label, row, scratch);
          double below = scratch[median ? (count - 1) / 2 : count - 1];
          double above = scratch[median ? count / 2 : count - 1];
          double deciding =
              below == above
                  ? above
                  : Rounding.divide(Rounding.add(below, above, single), 2, single);
          if (deciding > most) {
            most = deciding;
            winner = label;
            low = below;
            high = above;
          }
        }
        mean(winner, low, high, row, mean);
        int best = order[0];
        for (int label : order) {
          best = mean[label] > mean[best] ? label : best;
        }
        out.labels[row] = best;
        if (out.probabilities != null) {
          for (int label = 0; label < mean.length; label++) {
            out.probabilities[label][row] = mean[label];
          }
        }
      }
    }
  }

  /** Sorts a category's probabilities and returns how many there are. */
  private int sort(int label, int row, double[] scratch) {
    int count = 0;
    for (double[][] segment : shares) {
      if (!Double.isNaN(segment[label][row])) {
        scratch[count++] = segment[label][row];
      }
    }
    Arrays.sort(scratch, 0, count);
    return count;
  }

  /** The mean distribution of the segments that give the winner one of these probabilities. */
  private void mean(int winner, double low, double high, int row, double[] mean) {
    Arrays.fill(mean, 0);
    int count = 0;
    for (double[][] segment : shares) {
      if (segment[winner][row] == low || segment[winner][row] == high) {
        count++;
        for (int label = 0; label < mean.length; label++) {
          mean[label] = Rounding.add(mean[label], segment[label][row], single);
        }
      }
    }
    for (int label = 0; label < mean.length; label++) {
      mean[label] = Rounding.divide(mean[label], count, single);
    }
  }
}
