package io.agrippa.engine.compile;

/**
 * Combines the predictions of an ensemble's segments for the rows of a block, for one worker.
 * Contributions come in the order of the segments, which is the order in which numbers are added.
 */
interface Combiner {
  /** Forgets the last block. */
  void begin(Frame frame);

  /**
   * Adds a segment's predictions.
   *
   * @param segment its position
   * @param rows which have a prediction
   * @param weight of the segment
   * @param rowWeights factors on the weight by row, or null
   */
  void add(int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights);

  /**
   * Sets the results.
   *
   * @param rows which have at least one contribution; those that turn out to have no result or an
   *     error are marked so in {@code out}
   */
  void finish(Frame frame, long[] rows, Prediction out);

  /** Counts missing predictions where they are votes too. */
  default void addMissing(long[] rows, double weight) {}

  /** Whether missing predictions have more votes in a row than any category. */
  default boolean missingLeads(int row) {
    throw new UnsupportedOperationException("this combiner counts no votes");
  }

  /** The weight for a row. */
  static double weight(double weight, double[] rowWeights, int row) {
    return rowWeights == null ? weight : weight * rowWeights[row];
  }
}
