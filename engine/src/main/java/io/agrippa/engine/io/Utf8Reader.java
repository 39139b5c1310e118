package io.agrippa.engine.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and says where it is not UTF-8. Stretches of ASCII take a short cut. Not safe for
 * use by many threads.
 */
final class Utf8Reader extends Reader {
  private static final int BUFFER = 1 << 13;
  private static final long NOT_ASCII = 0x8080808080808080L;

  private final String file;
  private final InputStream in;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer source = ByteBuffer.wrap(bytes);
  private final ByteBuffer words = ByteBuffer.wrap(bytes);
  private final CharsetDecoder ascii = StandardCharsets.ISO_8859_1.newDecoder();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private long offset; // of bytes[0] in the file
  private int at;
  private int end;
  private boolean eof;

  /**
   * Reads a stream.
   *
   * @param file for messages
   * @param offset position of the stream's first byte in the uncompressed file
   */
  Utf8Reader(String file, InputStream in, long offset) {
    this.file = file;
    this.in = in;
    this.offset = offset;
  }

  @Override
  public int read(char[] chars, int from, int length) throws IOException {
    if (length < 2) {
      throw new IllegalArgumentException("room for " + length + " chars: a character may need two");
    }
    while (true) {
      if (at == end && !fill()) {
        return -1;
      }
      int plain = asciiPrefix(Math.min(end - at, length));
      CharBuffer target = CharBuffer.wrap(chars, from, length);
      if (plain > 0) {
        source.limit(at + plain).position(at);
        ascii.decode(source, target, false);
        at += plain;
        return plain;
      }
      source.limit(end).position(at);
      CoderResult result = decoder.decode(source, target, eof);
      at = source.position();
      if (result.isError()) {
        throw malformed();
      }
      if (target.position() > from) {
        return target.position() - from;
      }
      // The buffer ends within a character.
      if (!fill() && at == end) {
        return -1;
      }
    }
  }

  private IOException malformed() {
    return new IOException(
        "%s: byte %,d (0x%02x) is not UTF-8; convert the file to UTF-8, for example with iconv"
            .formatted(file, offset + at, bytes[at]));
  }

  /** Reads on behind what is left; false at the end of the stream. */
  private boolean fill() throws IOException {
    if (eof) {
      return false;
    }
    int kept = end - at;
    System.arraycopy(bytes, at, bytes, 0, kept);
    offset += at;
    at = 0;
    end = kept;
    int read = in.read(bytes, end, bytes.length - end);
    if (read < 0) {
      eof = true;
      return kept > 0;
    }
    end += read;
    return true;
  }

  /** Number of ASCII bytes from {@code at}, up to {@code length}. */
  private int asciiPrefix(int length) {
    int i = at;
    int stop = at + length;
    while (i + Long.BYTES <= stop && (words.getLong(i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < stop && bytes[i] >= 0) {
      i++;
    }
    return i - at;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
