package io.agrippa.engine.compile;

/** A result that an Output field hands out, taken from a prediction. Immutable. */
interface Feature {
  FieldType type();

  /**
   * Sets the values of all rows of the frame's block in {@code out}, which is cleared; copies what
   * it takes of the prediction.
   */
  void fill(Frame frame, ModelPlan.Scorer scorer, Prediction prediction, Vector out);
}
