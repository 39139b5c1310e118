package io.agrippa.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;

/** Where the bytes of an output go. For one thread at a time. */
abstract sealed class OutputTarget implements Closeable permits AtomicFile, OpenStream {
  private final String name;
  private long bytes;

  OutputTarget(String name) {
    this.name = name;
  }

  /** What it is called in messages. */
  final String name() {
    return name;
  }

  /** Bytes written so far. */
  final long bytes() {
    return bytes;
  }

  /** Writes bytes; errors name the output. */
  final void write(byte[] buffer, int from, int length) throws IOException {
    try {
      put(buffer, from, length);
    } catch (IOException e) {
      throw explained(e);
    }
    bytes += length;
  }

  /** Makes the output final; nothing may be written afterwards. */
  final void commit() throws IOException {
    try {
      finish();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Frees what is held; without a commit before, nothing of a file remains. May be called twice.
   */
  @Override
  public abstract void close() throws IOException;

  abstract void put(byte[] buffer, int from, int length) throws IOException;

  abstract void finish() throws IOException;

  private IOException explained(IOException e) {
    if (e instanceof ReaderGoneException) {
      return e;
    }
    String message = String.valueOf(e.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
      return new IOException(
          "%s: the disk is full after %,d bytes; free some space or write elsewhere"
              .formatted(name, bytes),
          e);
    }
    return new IOException("%s cannot be written: %s".formatted(name, message), e);
  }
}
