package io.agrippa.engine.analysis;

/** What a column has in a row; small numbers, so that they stand in arrays. */
final class RowState {
  /** A value. */
  static final byte VALUE = 0;

  /** No value. */
  static final byte MISSING = 1;

  /** Something that is no value of the kind that is wanted. */
  static final byte MALFORMED = 2;

  private RowState() {}
}
