package io.agrippa.engine.reference;

/** A document that PMML4S does not read, or PMML4S itself is absent: problem and remedy. */
public final class ReferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
