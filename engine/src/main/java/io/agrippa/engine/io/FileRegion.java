package io.agrippa.engine.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads a file from a position on, as a stream whose position is known and can be moved. Does not
 * close the file.
 */
final class FileRegion extends InputStream {
  private static final int BUFFER = 1 << 14;

  private final FileChannel channel;
  private final byte[] buffer = new byte[BUFFER];
  private long start; // position of buffer[0] in the file
  private int at;
  private int length;

  FileRegion(FileChannel channel, long position) {
    this.channel = channel;
    start = position;
  }

  long position() {
    return start + at;
  }

  void moveTo(long position) {
    if (position >= start && position <= start + length) {
      at = (int) (position - start);
    } else {
      start = position;
      at = 0;
      length = 0;
    }
  }

  @Override
  public int read() throws IOException {
    return at == length && !fill() ? -1 : buffer[at++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (at == length && !fill()) {
      return -1;
    }
    int n = Math.min(count, length - at);
    System.arraycopy(buffer, at, bytes, offset, n);
    at += n;
    return n;
  }

  private boolean fill() throws IOException {
    start += length;
    at = 0;
    length = Math.max(0, channel.read(ByteBuffer.wrap(buffer), start));
    return length > 0;
  }

  /** Reads so many bytes, the larger part past the buffer. */
  void readFully(byte[] bytes, int offset, int count) throws IOException {
    int buffered = Math.min(count, length - at);
    System.arraycopy(buffer, at, bytes, offset, buffered);
    at += buffered;
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset + buffered, count - buffered);
    long position = position();
    while (rest.hasRemaining()) {
      int read = channel.read(rest, position);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + position);
      }
      position += read;
    }
    moveTo(position);
  }
}
