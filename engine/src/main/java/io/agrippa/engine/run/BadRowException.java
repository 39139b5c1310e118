package io.agrippa.engine.run;

import java.util.Objects;

/** A row could not be scored and the job's policy is {@link RowPolicy#FAIL}. */
public final class BadRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String origin;
  private final long row;
  private final String field;
  private final String value;
  private final String reason;

  /**
   * @param origin the file or stream of the row
   * @param row number of the row among the rows of its origin, from 1; a header is not counted
   * @param field the field at fault
   * @param value its value as text, or null where it is missing
   * @param reason what is wrong with it
   */
  public BadRowException(String origin, long row, String field, String value, String reason) {
    super(
        "%s: row %d: field \"%s\" %s: %s; correct the row, or score past it with the row policy null or status"
            .formatted(
                origin, row, field, value == null ? "is missing" : "is \"" + value + "\"", reason));
    this.origin = Objects.requireNonNull(origin, "origin");
    this.row = row;
    this.field = Objects.requireNonNull(field, "field");
    this.value = value;
    this.reason = Objects.requireNonNull(reason, "reason");
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
    return field;
  }

  /** Its value as text, or null where it is missing. */
  public String value() {
    return value;
  }

  /** What is wrong with it. */
  public String reason() {
    return reason;
  }
}
