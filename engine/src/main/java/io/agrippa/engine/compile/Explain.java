package io.agrippa.engine.compile;

/** Names for messages about rows. */
final class Explain {
  private Explain() {}

  /** The predicted field. */
  static String target(PredictionShape shape) {
    return shape.targetField() == null ? "prediction" : shape.targetField();
  }
}
