package io.agrippa.engine.reading;

/** The three truths of a predicate. */
enum Truth {
  TRUE,
  FALSE,
  UNKNOWN;

  static Truth of(boolean truth) {
    return truth ? TRUE : FALSE;
  }
}
