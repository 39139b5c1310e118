package io.agrippa.engine.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts CSV. It looks only at quotes and line ends, eight bytes at a time.
 *
 * <p>It must agree with FastCSV's strict parser on where records end: a quote opens a quoted field
 * only as the field's first character; within a quoted field a quote closes it, and one right
 * behind that opens it again (a doubled quote); LF, CRLF and CR end a record outside quotes; lines
 * without a character are no records. Where the text is wrong (something behind a closing quote)
 * both may differ, because parsing fails then.
 */
final class CsvCutter extends TextCutter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
  private static final long LF_WORD = 0x0a0a0a0a0a0a0a0aL;
  private static final long CR_WORD = 0x0d0d0d0d0d0d0d0dL;
  private static final long QUOTE_WORD = 0x2222222222222222L;

  private final byte delimiter;

  // State of the scan since start
  private boolean quoted;
  private int closed; // position of the last quote that closed a field since start

  CsvCutter(String file, InputStream in, char delimiter) throws IOException {
    this(file, in, delimiter, MAX_RECORD);
  }

  CsvCutter(String file, InputStream in, char delimiter, int maxRecord) throws IOException {
    super(file, in, maxRecord);
    this.delimiter = (byte) delimiter;
  }

  @Override
  void begin() {
    closed = start - 2;
    quoted = false;
  }

  @Override
  void moved(int by) {
    closed -= by;
  }

  @Override
  boolean isBlank(int from, int to) {
    return false;
  }

  @Override
  String unfinished() {
    return quoted
        ? "has a quoted field that is not closed at the end of the file; close the quote"
        : null;
  }

  @Override
  String suspicion() {
    return "is a quote not closed, or the delimiter wrong?";
  }

  @Override
  void scan(int end, long maxRecords) {
    byte[] bytes = buffer;
    int i = position;
    while (i < end) {
      long specials;
      int step;
      if (i + Long.BYTES <= end) {
        specials = specials((long) LONGS.get(bytes, i));
        step = Long.BYTES;
      } else {
        specials = isSpecial(bytes[i]) ? 0x80L : 0L;
        step = 1;
      }
      while (specials != 0) {
        int at = i + (Long.numberOfTrailingZeros(specials) >>> 3);
        specials &= specials - 1;
        byte c = bytes[at];
        if (c == '"') {
          quote(at);
          continue;
        }
        if (c == '\r') {
          if (at + 1 == length && !eof) {
            position = at; // whether an LF follows is not known yet
            return;
          }
          if (at + 1 < length && bytes[at + 1] == '\n') {
            continue; // the LF ends the line
          }
        }
        lines++;
        if (quoted) {
          continue;
        }
        boolean blank =
            at == recordStart || (at == recordStart + 1 && c == '\n' && bytes[at - 1] == '\r');
        recordStart = at + 1;
        linesAtRecordStart = lines;
        if (!blank && ++records == maxRecords) {
          position = at + 1;
          return;
        }
      }
      i += step;
    }
    position = i;
  }

  private void quote(int at) {
    if (quoted) {
      quoted = false;
      closed = at;
    } else if (at == recordStart || buffer[at - 1] == delimiter || closed == at - 1) {
      quoted = true;
    }
  }

  private static boolean isSpecial(byte c) {
    return c == '\n' || c == '\r' || c == '"';
  }

  /**
   * The high bit of each byte that is LF, CR or a quote. Exact: no carry runs from one byte into
   * the next.
   */
  private static long specials(long word) {
    return zeros(word ^ LF_WORD) | zeros(word ^ CR_WORD) | zeros(word ^ QUOTE_WORD);
  }

  private static long zeros(long word) {
    return ~(((word & LOW) + LOW) | word | LOW);
  }
}
