package io.agrippa.engine;

/** Whether a model's own test, its ModelVerification, is made. */
public enum Verify {
  /** When the model is loaded. */
  ON_LOAD,
  /** Not at all. */
  NEVER
}
