package io.agrippa.engine.compile;

/**
 * A text that is not a value of a type. The message says what it is and what would be right,
 * without a place.
 */
final class LiteralException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  LiteralException(String message) {
    super(message);
  }

  /** Bad entries of a dictionary are found by the thousand, and nobody looks where. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
