package io.agrippa.engine.data;

import java.io.Serializable;
import java.util.Objects;

/**
 * Why a row could not be scored.
 *
 * @param row position in its block, from 0
 * @param field the field at fault
 * @param value the value at fault as text, or null where it is missing
 * @param reason what is wrong with it and what would be right
 */
public record RowProblem(int row, String field, String value, String reason)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RowProblem {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(reason, "reason");
  }

  /** The problem in words, without the row. */
  public String text() {
    return "field \"%s\" %s: %s"
        .formatted(field, value == null ? "is missing" : "is \"" + value + "\"", reason);
  }
}
