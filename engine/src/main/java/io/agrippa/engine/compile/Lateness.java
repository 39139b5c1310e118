package io.agrippa.engine.compile;

/** When the values of a field are known. */
enum Lateness {
  /** While groups are gathered already: they depend on nothing but inputs. */
  EARLY,
  /**
   * Only while rows are scored: they depend on an Aggregate, or on what a model gives, which may
   * depend on one.
   */
  LATE
}
