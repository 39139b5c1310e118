package io.agrippa.engine.measure;

/** The parts of a run. */
public enum Phase {
  /** Reading the model's document and checking it. */
  LOAD,
  /** Binding the model to the input's columns. */
  COMPILE,
  /** Reading and decoding input. */
  READ,
  /** Computing predictions. */
  SCORE,
  /** Reducing rows to an analysis. */
  AGGREGATE,
  /** Hashing, encoding and writing output. */
  WRITE
}
