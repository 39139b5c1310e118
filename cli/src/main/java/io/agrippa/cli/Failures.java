package io.agrippa.cli;

import io.agrippa.engine.io.ReaderGoneException;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlException;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.scaling.DifferentOutputException;
import io.agrippa.models.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong: one line of problem, place and remedy. */
final class Failures {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** Whose messages are written for people. */
  private static final List<Class<? extends RuntimeException>> FOR_PEOPLE =
      List.of(
          BadRowException.class,
          PmmlException.class,
          ModelException.class,
          TrainingException.class,
          DifferentOutputException.class,
          IllegalArgumentException.class);

  private final BooleanSupplier stackTrace;

  Failures(BooleanSupplier stackTrace) {
    this.stackTrace = stackTrace;
  }

  /** Reports a failure and returns the exit code. */
  int report(Throwable failure, PrintWriter err) {
    if (stackTrace.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    if (!(failure instanceof ReaderGoneException)) { // head has read enough: nobody is to be told
      err.println("agrippa: " + oneLine(message(failure)));
    }
    err.flush();
    return FAILED;
  }

  /** Reports wrong usage and returns the exit code. */
  int wrongUsage(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    if (stackTrace.getAsBoolean()) {
      wrong.printStackTrace(err);
    }
    err.println("agrippa: " + oneLine(wrong.getMessage()));
    if (args.length == 0) {
      command.usage(err);
    } else {
      UnmatchedArgumentException.printSuggestions(wrong, err);
      err.println(
          "agrippa: see " + command.getCommandSpec().qualifiedName() + " --help for its options");
    }
    err.flush();
    return WRONG_USAGE;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static String message(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return message(unchecked.getCause());
    }
    if (failure instanceof FileSystemException file) {
      return message(file);
    }
    if (failure instanceof InterruptedException) {
      return "cancelled; there is no output";
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory with a heap of %,d MiB; give more, for example AGRIPPA_OPTS=-Xmx4g"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
    boolean forPeople =
        failure instanceof IOException
            || FOR_PEOPLE.stream().anyMatch(type -> type.isInstance(failure));
    if (forPeople && failure.getMessage() != null && !failure.getMessage().isBlank()) {
      return failure.getMessage();
    }
    return "internal error: "
        + failure
        + "; run it again with --stacktrace and report what it prints";
  }

  /** What the platform says of files is often no more than their name. */
  private static String message(FileSystemException failure) {
    String file = Optional.ofNullable(failure.getFile()).orElse("a file");
    if (failure instanceof NoSuchFileException) {
      return failure.getReason() == null
          ? file + ": there is no such file; correct the path"
          : file + ": " + failure.getReason();
    }
    if (failure instanceof AccessDeniedException) {
      return file + ": access is denied; change its permissions, or use another file";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + ": it exists already; give another name, or --overwrite";
    }
    if (failure instanceof NotDirectoryException) {
      return file + ": it is no directory; correct the path";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return file + ": the directory is not empty; give another name";
    }
    return failure.getMessage();
  }
}
