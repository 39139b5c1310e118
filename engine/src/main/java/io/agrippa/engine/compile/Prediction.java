package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;

/**
 * The predictions of one model for the rows of the current block; scratch space of a worker. Which
 * arrays exist is said by the {@link PredictionShape} it was made for (see {@link
 * PredictionShape#bare}); the others are null. Rows that were not asked for are undefined.
 */
final class Prediction {
  /** Rows without a prediction. */
  final long[] missing;

  /** Rows whose prediction failed; they are missing too. */
  final long[] errors;

  /** Predicted numbers. */
  final double[] numbers;

  /** Predicted categories as indexes in {@link PredictionShape#labels}, −1 where missing. */
  final int[] labels;

  /** By category, then row; NaN where the category has none. */
  final double[][] probabilities;

  /** By category, then row; NaN where the category has none. */
  final double[][] confidences;

  /**
   * Winning node, segment, cluster …, as indexes in {@link PredictionShape#entityIds}; −1 for none.
   */
  final int[] entities;

  /** For blocks of up to {@code capacity} rows. */
  Prediction(PredictionShape shape, int capacity) {
    missing = new long[Bits.words(capacity)];
    errors = new long[Bits.words(capacity)];
    boolean discrete = shape.labels() != null;
    int size = discrete ? shape.labels().size() : 0;
    numbers = discrete ? null : new double[capacity];
    labels = discrete ? new int[capacity] : null;
    probabilities = shape.hasProbabilities() ? new double[size][capacity] : null;
    confidences = shape.hasConfidences() ? new double[size][capacity] : null;
    entities = shape.entityIds().isEmpty() ? null : new int[capacity];
  }

  /** Clears the bits of missing and failed rows. */
  void clear() {
    Arrays.fill(missing, 0);
    Arrays.fill(errors, 0);
  }

  /** Takes back what is said of a row without a prediction. */
  void withdraw(int row) {
    if (labels != null) {
      labels[row] = -1;
    }
    if (entities != null) {
      entities[row] = -1;
    }
    fill(probabilities, row, Double.NaN);
    fill(confidences, row, Double.NaN);
  }

  /** Copies rows to a prediction of the same shape, which may have fewer arrays. */
  void copyTo(Prediction out, long[] rows, int words) {
    for (int w = 0; w < words; w++) {
      out.missing[w] = (out.missing[w] & ~rows[w]) | (missing[w] & rows[w]);
      out.errors[w] = (out.errors[w] & ~rows[w]) | (errors[w] & rows[w]);
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        if (out.numbers != null) {
          out.numbers[row] = numbers[row];
        }
        if (out.labels != null) {
          out.labels[row] = labels[row];
        }
        if (out.entities != null) {
          out.entities[row] = entities[row];
        }
        copy(probabilities, out.probabilities, row);
        copy(confidences, out.confidences, row);
      }
    }
  }

  private static void copy(double[][] from, double[][] to, int row) {
    if (to != null) {
      for (int i = 0; i < to.length; i++) {
        to[i][row] = from[i][row];
      }
    }
  }

  /** Sets the numbers of all categories, if there are any, for a row. */
  static void fill(double[][] byLabel, int row, double value) {
    if (byLabel != null) {
      for (double[] values : byLabel) {
        values[row] = value;
      }
    }
  }
}
