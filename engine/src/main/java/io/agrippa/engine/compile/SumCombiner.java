package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;

/** sum, average and their weighted forms of numbers. */
final class SumCombiner implements Combiner {
  private final boolean weighted;
  private final boolean mean;
  private final Summation summation;
  private final PredictionShape shape;
  private double[] sums;
  private double[] weights;

  SumCombiner(boolean weighted, boolean mean, Summation summation, PredictionShape shape) {
    this.weighted = weighted;
    this.mean = mean;
    this.summation = summation;
    this.shape = shape;
  }

  @Override
  public void begin(Frame frame) {
    if (sums == null) {
      sums = new double[frame.capacity()];
      weights = new double[frame.capacity()];
    }
    Arrays.fill(sums, 0, frame.rows(), summation.start());
    Arrays.fill(weights, 0, frame.rows(), 0);
  }

  @Override
  public void add(
      int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights) {
    boolean single = summation.single();
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        double y = summation.term(prediction.numbers[row]);
        double factor = 1;
        if (weighted) {
          factor = Rounding.round(Combiner.weight(weight, rowWeights, row), single);
          y = Rounding.multiply(factor, y, single);
        }
        sums[row] = Rounding.add(sums[row], y, single);
        weights[row] = Rounding.add(weights[row], factor, single);
      }
    }
  }

  @Override
  public void finish(Frame frame, long[] rows, Prediction out) {
    for (int w = 0; w < frame.words(); w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        if (mean && weights[row] == 0) {
          Bits.set(out.missing, row);
          Bits.set(out.errors, row);
          frame.explain(row, Explain.target(shape), null, "the weights of the segments sum to 0");
        }
        out.numbers[row] =
            mean ? Rounding.divide(sums[row], weights[row], summation.single()) : sums[row];
      }
    }
  }
}
