package io.agrippa.engine.model;

/**
 * A document that cannot be read, bound or verified. The message says place and line, problem and
 * remedy.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** place as in {@link Document#place}; line 0 where unknown; message: problem; remedy. */
  public ModelException(String place, int line, String message) {
    super(line > 0 ? place + ":" + line + ": " + message : place + ": " + message);
  }

  /** The same, with the cause kept. */
  public ModelException(String place, int line, String message, Throwable cause) {
    super(line > 0 ? place + ":" + line + ": " + message : place + ": " + message, cause);
  }
}
