package io.agrippa.engine.measure;

/** The parts of a run. */
public enum Phase {
  /** Reading the model's document and checking it. */
  LOAD,
  /** Binding the model to the input's columns. */
  COMPILE,
  /** Starting workers, until the last of them is ready. Wall time: they start side by side. */
  START,
  /** Reading and decoding input. */
  READ,
  /** Computing predictions. */
  SCORE,
  /** Reducing rows to an analysis. */
  AGGREGATE,
  /** Hashing, encoding and writing output. */
  WRITE
}
