package io.agrippa.engine;

import io.agrippa.engine.data.RowProblem;

/** A record, or a row of a batch, could not be scored because of one of its values. */
public final class BadRecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int row;
  private final String field;
  private final String value;
  private final String reason;

  BadRecordException(RowProblem problem) {
    this(problem, problem.text());
  }

  private BadRecordException(RowProblem problem, String message) {
    super(message);
    row = problem.row();
    field = problem.field();
    value = problem.value();
    reason = problem.reason();
  }

  /** Of a row of a batch, which the message names. */
  static BadRecordException inBatch(RowProblem problem) {
    return new BadRecordException(
        problem, "row %d (counted from 0): %s".formatted(problem.row(), problem.text()));
  }

  /** The row of the batch, from 0; 0 for a record. */
  public int row() {
    return row;
  }

  /** The field at fault. */
  public String field() {
    return field;
  }

  /** Its value as text, or null where it is missing. */
  public String value() {
    return value;
  }

  /** What is wrong with it, and what would be right. */
  public String reason() {
    return reason;
  }
}
