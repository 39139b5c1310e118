package io.agrippa.engine.model;

/**
 * A document that cannot be read, bound or verified. The message says place and line, problem and
 * remedy.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String problem;

  /** place as in {@link Document#place}; line 0 where unknown; message: problem; remedy. */
  public ModelException(String place, int line, String message) {
    this(place, line, message, null);
  }

  /** The same, with the cause kept. */
  public ModelException(String place, int line, String message, Throwable cause) {
    super(line > 0 ? place + ":" + line + ": " + message : place + ": " + message, cause);
    this.line = line;
    this.problem = message;
  }

  /** Line of the problem, from 1; 0 where there is none. */
  public int line() {
    return line;
  }

  /** The message without the place: problem; remedy. */
  public String problem() {
    return problem;
  }
}
