package io.agrippa.engine.compile;

/** What it means that the data has no column for a field that the model reads. */
public enum AbsentColumns {
  /** A mistake: binding fails. */
  REFUSE,
  /** The field is missing in all rows, as PMML has it for a field that is not given. */
  TAKE_AS_MISSING
}
