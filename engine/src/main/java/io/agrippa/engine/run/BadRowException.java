package io.agrippa.engine.run;

import io.agrippa.engine.data.RowProblem;
import java.util.Objects;

/** A row could not be scored and the job's policy is {@link RowPolicy#FAIL}. */
public final class BadRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String origin;
  private final long row;
  private final RowProblem problem;

  /**
   * @param origin the file or stream of the row
   * @param row number of the row among the rows of its origin, from 1; a header is not counted
   * @param problem why it could not be scored
   */
  public BadRowException(String origin, long row, RowProblem problem) {
    super(
        "%s: row %d: %s; correct the row, or score past it with the row policy null or status"
            .formatted(origin, row, problem.text()));
    this.origin = Objects.requireNonNull(origin, "origin");
    this.row = row;
    this.problem = problem;
  }

  /** The file or stream of the row. */
  public String origin() {
    return origin;
  }

  /** Number of the row among the rows of its origin, from 1; a header is not counted. */
  public long row() {
    return row;
  }

  /** The field at fault. */
  public String field() {
    return problem.field();
  }

  /** Its value as text, or null where it is missing. */
  public String value() {
    return problem.value();
  }

  /** What is wrong with it. */
  public String reason() {
    return problem.reason();
  }
}
