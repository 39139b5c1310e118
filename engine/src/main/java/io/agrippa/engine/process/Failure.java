package io.agrippa.engine.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * An exception on its way from a worker to the parent: what kind, what it says, and where it was
 * thrown. It is made anew there, never deserialized.
 */
record Failure(Kind kind, String message, String trace) {
  /** What the parent makes of it. */
  enum Kind {
    IO,
    UNCHECKED_IO,
    ARGUMENT,
    OTHER
  }

  static Failure of(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    if (thrown instanceof IOException) {
      return new Failure(Kind.IO, thrown.getMessage(), trace.toString());
    }
    if (thrown instanceof UncheckedIOException) {
      return new Failure(Kind.UNCHECKED_IO, thrown.getCause().getMessage(), trace.toString());
    }
    if (thrown instanceof IllegalArgumentException) {
      return new Failure(Kind.ARGUMENT, thrown.getMessage(), trace.toString());
    }
    return new Failure(Kind.OTHER, thrown.toString(), trace.toString());
  }

  void write(DataOutputStream out) throws IOException {
    Wire.text(out, kind.name());
    Wire.text(out, message);
    Wire.text(out, trace);
  }

  static Failure read(DataInputStream in) throws IOException {
    return new Failure(Kind.valueOf(Wire.text(in)), Wire.text(in), Wire.text(in));
  }

  /** As near to the original as the parent can come; the trace of the worker is its cause. */
  Exception exception(String worker) {
    Throwable cause = new IllegalStateException("in " + worker + ": " + trace);
    return switch (kind) {
      case IO -> new IOException(message, cause);
      case UNCHECKED_IO -> new UncheckedIOException(new IOException(message, cause));
      case ARGUMENT -> new IllegalArgumentException(message, cause);
      case OTHER -> new IllegalStateException(message, cause);
    };
  }
}
