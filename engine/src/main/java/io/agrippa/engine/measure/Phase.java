package io.agrippa.engine.measure;

/** The parts of a run. */
public enum Phase {
  /** On a cluster: starting the program that asks the cluster for the run. */
  SUBMIT,
  /** Reading the model's document and checking it. */
  LOAD,
  /** Binding the model to the input's columns. */
  COMPILE,
  /** On a cluster: handing what the executors need to have in common to Spark. */
  BROADCAST,
  /** Starting workers, until the last of them is ready. Wall time: they start side by side. */
  START,
  /**
   * On a cluster: what tasks took beyond the work in them: to be sent, begun, and their results
   * fetched.
   */
  SCHEDULE,
  /** Reading and decoding input. */
  READ,
  /** Computing predictions. */
  SCORE,
  /** Reducing rows to an analysis. */
  AGGREGATE,
  /** Hashing, encoding and writing output. */
  WRITE,
  /** On a cluster: making the written parts one output. */
  COMMIT
}
