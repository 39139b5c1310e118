package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;

/** average and weightedAverage of probabilities. */
final class ShareCombiner implements Combiner {
  private final int[][] translations; // by segment: its labels as the ensemble's
  private final boolean weighted;
  private final boolean single;
  private final PredictionShape shape;
  private final double[][] sums; // by label, then row
  private double[] weights;

  ShareCombiner(int[][] translations, boolean weighted, boolean single, PredictionShape shape) {
    this.translations = translations;
    this.weighted = weighted;
    this.single = single;
    this.shape = shape;
    sums = new double[shape.labels().size()][];
  }

  @Override
  public void begin(Frame frame) {
    for (int label = 0; label < sums.length; label++) {
      if (sums[label] == null) {
        sums[label] = new double[frame.capacity()];
      }
      Arrays.fill(sums[label], 0, frame.rows(), 0);
    }
    weights = weights == null ? new double[frame.capacity()] : weights;
    Arrays.fill(weights, 0, frame.rows(), 0);
  }

  @Override
  public void add(
      int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights) {
    int[] translation = translations[segment];
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        double factor =
            weighted ? Rounding.round(Combiner.weight(weight, rowWeights, row), single) : 1;
        weights[row] = Rounding.add(weights[row], factor, single);
        if (prediction.probabilities == null) { // all weight is on the predicted category
          add(translation[prediction.labels[row]], row, factor);
        } else {
          for (int i = 0; i < translation.length; i++) {
            double p = Rounding.round(prediction.probabilities[i][row], single);
            add(translation[i], row, Rounding.multiply(factor, p, single));
          }
        }
      }
    }
  }

  private void add(int label, int row, double share) {
    sums[label][row] = Rounding.add(sums[label][row], share, single);
  }

  @Override
  public void finish(Frame frame, long[] rows, Prediction out) {
    for (int w = 0; w < frame.words(); w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        if (weights[row] == 0) {
          Bits.set(out.missing, row);
          Bits.set(out.errors, row);
          frame.explain(row, Explain.target(shape), null, "the weights of the segments sum to 0");
        }
        int best = 0;
        for (int label = 0; label < sums.length; label++) {
          best = sums[label][row] > sums[best][row] ? label : best;
          if (out.probabilities != null) {
            out.probabilities[label][row] = Rounding.divide(sums[label][row], weights[row], single);
          }
        }
        out.labels[row] = best;
      }
    }
  }
}
