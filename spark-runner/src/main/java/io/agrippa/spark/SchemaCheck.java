package io.agrippa.spark;

/**
 * What it means that a DataFrame has no column for a field that the model reads. A column of a type
 * that its field cannot take is a mistake in either case.
 */
public enum SchemaCheck {
  /** A mistake. */
  STRICT,
  /** The field is missing in all rows, as PMML has it for a field that is not given. */
  LENIENT
}
