package io.agrippa.models;

/**
 * A model cannot be trained as asked: the message says what is wrong, where, and what to do about
 * it.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }

  TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
