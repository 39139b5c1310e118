package io.agrippa.engine.reading;

/** The row has no result. */
final class BadRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRow(String why) {
    super(why, null, false, false);
  }
}
