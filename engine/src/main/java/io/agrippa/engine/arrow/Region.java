package io.agrippa.engine.arrow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.ArrowBuf;

/** A run of bytes of which parts are read, wherever they lie. */
sealed interface Region {
  long length();

  /** Reads within the region; the caller has checked that. */
  void get(long from, byte[] into, int count) throws IOException;

  /** A part of it; the caller has checked that it lies within. */
  Region part(long from, long count);

  /**
   * Reads {@code count} bytes from {@code from} on.
   *
   * @throws IOException if the region does not have them
   */
  default void read(long from, byte[] into, int count) throws IOException {
    if (from < 0 || count > length() - from) {
      throw new IOException(
          "bytes %,d to %,d are needed of a buffer of %,d".formatted(from, from + count, length()));
    }
    get(from, into, count);
  }

  /**
   * A part of it.
   *
   * @throws IOException if it does not lie within
   */
  default Region slice(long from, long count) throws IOException {
    if (from < 0 || count < 0 || count > length() - from) {
      throw new IOException(
          "%,d bytes from byte %,d are named, but there are %,d".formatted(count, from, length()));
    }
    return part(from, count);
  }

  /** In a file that is open. */
  record OfFile(FileChannel file, long position, long length) implements Region {
    @Override
    public void get(long from, byte[] into, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
      long at = position + from;
      while (buffer.hasRemaining()) {
        int read = file.read(buffer, at);
        if (read < 0) {
          throw new EOFException("the file ends at byte " + at);
        }
        at += read;
      }
    }

    @Override
    public Region part(long from, long count) {
      return new OfFile(file, position + from, count);
    }
  }

  /** On the heap. */
  record OfBytes(byte[] bytes, int offset, int size) implements Region {
    @Override
    public long length() {
      return size;
    }

    @Override
    public void get(long from, byte[] into, int count) {
      System.arraycopy(bytes, offset + (int) from, into, 0, count);
    }

    @Override
    public Region part(long from, long count) {
      return new OfBytes(bytes, offset + (int) from, (int) count);
    }
  }

  /** In Arrow's memory, which somebody else keeps. */
  record OfBuffer(ArrowBuf buffer) implements Region {
    @Override
    public long length() {
      return buffer.capacity();
    }

    @Override
    public void get(long from, byte[] into, int count) {
      buffer.getBytes(from, into, 0, count);
    }

    @Override
    public Region part(long from, long count) {
      return new OfBuffer(buffer.slice(from, count));
    }
  }
}
