package io.agrippa.engine.pmml;

/** A document that cannot be read: its message says place, line, problem and remedy. */
public final class PmmlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final int line;
  private final String problem;

  PmmlException(String place, int line, String problem) {
    this(place, line, problem, null);
  }

  PmmlException(String place, int line, String problem, Throwable cause) {
    super(place + (line > 0 ? ":" + line : "") + ": " + problem, cause);
    this.place = place;
    this.line = line;
    this.problem = problem;
  }

  /** File name or other description of the document. */
  public String place() {
    return place;
  }

  /** Line of the problem, from 1; 0 where there is none, as in an empty file. */
  public int line() {
    return line;
  }

  /** The message without the place: problem; remedy. */
  public String problem() {
    return problem;
  }
}
