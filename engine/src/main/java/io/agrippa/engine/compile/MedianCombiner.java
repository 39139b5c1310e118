package io.agrippa.engine.compile;

import java.util.Arrays;
import java.util.Comparator;

/** median and weightedMedian of numbers. */
final class MedianCombiner implements Combiner {
  private final boolean weighted;
  private final boolean single;
  private final double[][] values; // by segment, then row; NaN where the segment has none
  private final double[][] weights;

  MedianCombiner(int segments, boolean weighted, boolean single) {
    this.weighted = weighted;
    this.single = single;
    values = new double[segments][];
    weights = new double[segments][];
  }

  @Override
  public void begin(Frame frame) {
    for (int s = 0; s < values.length; s++) {
      if (values[s] == null) {
        values[s] = new double[frame.capacity()];
        weights[s] = new double[frame.capacity()];
      }
      Arrays.fill(values[s], 0, frame.rows(), Double.NaN);
    }
  }

  @Override
  public void add(
      int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights) {
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        values[segment][row] = Rounding.round(prediction.numbers[row], single);
        weights[segment][row] = Rounding.round(Combiner.weight(weight, rowWeights, row), single);
      }
    }
  }

  @Override
  public void finish(Frame frame, long[] rows, Prediction out) {
    double[] sorted = new double[values.length];
    Integer[] order = new Integer[values.length];
    for (int w = 0; w < frame.words(); w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        out.numbers[row] = weighted ? weightedMedian(row, order) : median(row, sorted);
      }
    }
  }

  private double median(int row, double[] sorted) {
    int count = 0;
    for (double[] value : values) {
      if (!Double.isNaN(value[row])) {
        sorted[count++] = value[row];
      }
    }
    Arrays.sort(sorted, 0, count);
    int middle = count / 2;
    if (count == 0 || count % 2 == 1) {
      return count == 0 ? Double.NaN : sorted[middle];
    }
    double sum = Rounding.add(sorted[middle - 1], sorted[middle], single);
    return Rounding.divide(sum, 2, single);
  }

  /** The first value, in ascending order, at which half of the weight is reached. */
  private double weightedMedian(int row, Integer[] order) {
    int count = 0;
    double total = 0;
    for (int s = 0; s < values.length; s++) {
      if (!Double.isNaN(values[s][row])) {
        order[count++] = s;
        total = Rounding.add(total, weights[s][row], single);
      }
    }
    Arrays.sort(order, 0, count, Comparator.comparingDouble(s -> values[s][row]));
    double half = Rounding.divide(total, 2, single);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum = Rounding.add(sum, weights[order[i]][row], single);
      if (sum >= half) {
        return values[order[i]][row];
      }
    }
    return Double.NaN;
  }
}
