package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import java.util.Arrays;

/**
 * The predictions of one model for the rows of the current block; scratch space of a worker. Which
 * arrays exist is said by the {@link PredictionShape} it was made for (see {@link
 * PredictionShape#bare}); the others are null. Rows that were not asked for are undefined.
 */
final class Prediction {
  /** Rows without a prediction. Words of all rows of a full block. */
  final long[] missing = new long[Block.MAX_ROWS / 64];

  /** Rows whose prediction failed; they are missing too. */
  final long[] errors = new long[Block.MAX_ROWS / 64];

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

  Prediction(PredictionShape shape) {
    boolean discrete = shape.labels() != null;
    int size = discrete ? shape.labels().size() : 0;
    numbers = discrete ? null : new double[Block.MAX_ROWS];
    labels = discrete ? new int[Block.MAX_ROWS] : null;
    probabilities = shape.hasProbabilities() ? new double[size][Block.MAX_ROWS] : null;
    confidences = shape.hasConfidences() ? new double[size][Block.MAX_ROWS] : null;
    entities = shape.entityIds().isEmpty() ? null : new int[Block.MAX_ROWS];
  }

  /** Clears the bits of missing and failed rows. */
  void clear() {
    Arrays.fill(missing, 0);
    Arrays.fill(errors, 0);
  }
}
