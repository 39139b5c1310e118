package io.agrippa.engine.io;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream whose reader sees the bytes at once, so that nothing can be taken back: standard output,
 * a pipe, a device.
 */
final class OpenStream extends OutputTarget {
  private final OutputStream out;

  OpenStream(String name, OutputStream out) {
    super(name);
    this.out = out;
  }

  @Override
  void put(byte[] buffer, int from, int length) throws IOException {
    try {
      out.write(buffer, from, length);
    } catch (IOException e) {
      throw readerGone(e);
    }
  }

  @Override
  void finish() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw readerGone(e);
    }
  }

  /** Java has no type for EPIPE; the texts are those of Linux and macOS, and of Windows. */
  private IOException readerGone(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe")
            || message.contains("pipe is being closed")
            || message.contains("pipe has been ended")
        ? new ReaderGoneException(
            "%s: its reader has gone after %,d bytes".formatted(name(), bytes()), e)
        : e;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
