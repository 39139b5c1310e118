package io.agrippa.engine.run;

/** What becomes of rows that cannot be scored. */
public enum RowPolicy {
  /** The run fails with the first of them in input order; there is no output. */
  FAIL,
  /** Their results are missing. */
  NULL,
  /** Their results are missing, and one more column says why. */
  STATUS
}
