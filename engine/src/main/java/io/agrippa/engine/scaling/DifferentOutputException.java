package io.agrippa.engine.scaling;

/** Two configurations of a study did not give the same rows, so their times say nothing. */
public final class DifferentOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DifferentOutputException(String message) {
    super(message);
  }
}
