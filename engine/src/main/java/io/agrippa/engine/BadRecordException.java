package io.agrippa.engine;

import io.agrippa.engine.data.RowProblem;

/** A record could not be scored because of one of its values. */
public final class BadRecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String reason;

  BadRecordException(RowProblem problem) {
    super(problem.text());
    field = problem.field();
    value = problem.value();
    reason = problem.reason();
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
