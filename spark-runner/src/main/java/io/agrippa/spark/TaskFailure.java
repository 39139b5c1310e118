package io.agrippa.spark;

import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A failure of a task, in a form that reaches the driver whatever it was: exceptions with fields
 * that cannot be serialized would arrive as text among Spark's.
 */
final class TaskFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the driver makes of it. */
  enum Kind {
    IO,
    ARGUMENT,
    BAD_ROW,
    OTHER
  }

  private final Kind kind;

  private TaskFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What a task failed with; its stack trace is kept. */
  static TaskFailure of(Throwable thrown) {
    TaskFailure failure;
    if (thrown instanceof TaskFailure told) {
      return told;
    }
    if (thrown instanceof IOException) {
      failure = new TaskFailure(Kind.IO, thrown.getMessage());
    } else if (thrown instanceof UncheckedIOException unchecked) {
      failure = new TaskFailure(Kind.IO, unchecked.getCause().getMessage());
    } else if (thrown instanceof ModelException || thrown instanceof IllegalArgumentException) {
      failure = new TaskFailure(Kind.ARGUMENT, thrown.getMessage());
    } else {
      failure = new TaskFailure(Kind.OTHER, thrown.toString());
    }
    failure.setStackTrace(thrown.getStackTrace());
    return failure;
  }

  /** A row that the policy does not allow; the driver finds the first of the input. */
  static TaskFailure badRow(RowProblem problem) {
    return new TaskFailure(Kind.BAD_ROW, problem.text());
  }

  /** Whether it is of a row that the policy does not allow. */
  static boolean isBadRow(Throwable ofSpark) {
    for (Throwable at = ofSpark; at != null; at = at.getCause()) {
      if (at instanceof TaskFailure failure) {
        return failure.kind == Kind.BAD_ROW;
      }
    }
    return false;
  }

  /** What a task failed with, as near to the original as the driver can come. */
  static Optional<Exception> found(Throwable ofSpark) {
    for (Throwable at = ofSpark; at != null; at = at.getCause()) {
      if (at instanceof TaskFailure failure) {
        return Optional.of(
            switch (failure.kind) {
              case IO -> new IOException(failure.getMessage(), ofSpark);
              case ARGUMENT -> new IllegalArgumentException(failure.getMessage(), ofSpark);
              case BAD_ROW, OTHER -> new IllegalStateException(failure.getMessage(), ofSpark);
            });
      }
    }
    return Optional.empty();
  }
}
