package io.agrippa.engine.compile;

import io.agrippa.engine.model.ModelException;

/**
 * Where an expression stands.
 *
 * @param owner the element that it belongs to, for messages about the document
 * @param field the field that is computed, for messages about rows
 * @param line of the expression
 */
record Site(PlanBuilder builder, String owner, String field, int line) {
  /** The number of a new translation. */
  int memo() {
    return builder.memo();
  }

  /** An error about the document, with its place. */
  ModelException error(String message) {
    return builder.error(line, owner + ": " + message);
  }

  /** The same for another line. */
  Site at(int otherLine) {
    return new Site(builder, owner, field, otherLine);
  }

  /** Marks a row as failed and says why. */
  void fail(Frame frame, Vector out, int row, String value, String reason) {
    out.fail(row);
    frame.explain(row, field, value, reason);
  }
}
