package io.agrippa.engine.compile;

/** A compiled model element, without its targets and outputs. Immutable; shared by all workers. */
interface ModelPlan {
  PredictionShape shape();

  /** A scorer with scratch space of its own, for one worker. */
  Scorer scorer();

  /** Scores blocks for one worker. */
  interface Scorer {
    /**
     * Predicts for the rows of the frame's block.
     *
     * @param active rows that are asked for; null for all
     * @return the predictions, valid until the next call; errors and missing values of the vectors
     *     it consumed for active rows are passed on
     */
    Prediction score(Frame frame, long[] active);
  }
}
