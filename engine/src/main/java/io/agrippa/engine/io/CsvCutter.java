package io.agrippa.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts CSV text into chunks of whole records, without parsing it: the one serial step of reading
 * CSV, so it looks only at quotes and line ends, eight bytes at a time.
 *
 * <p>It must agree with FastCSV's strict parser on where records end: a quote opens a quoted field
 * only as the field's first character; within a quoted field a quote closes it, and one right
 * behind that opens it again (a doubled quote); LF, CRLF and CR end a record outside quotes; lines
 * without a character are no records. Where the text is wrong (something behind a closing quote)
 * both may differ, because parsing fails then.
 *
 * <p>Chunks are slices of shared buffers: the cutter goes on writing only behind the last slice
 * that it handed out. Not safe for use by many threads; its chunks are.
 */
final class CsvCutter implements Closeable {
  /** Bytes that one record may have. More than that is nearly always an unterminated quote. */
  static final int MAX_RECORD = 16 << 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
  private static final long LF_WORD = 0x0a0a0a0a0a0a0a0aL;
  private static final long CR_WORD = 0x0d0d0d0d0d0d0d0dL;
  private static final long QUOTE_WORD = 0x2222222222222222L;

  /**
   * Whole records.
   *
   * @param bytes holds the text at {@code from} (inclusive) to {@code to} (exclusive)
   * @param offset position of the first byte in the uncompressed file
   * @param line number of the first line in the file, from 1
   * @param record number of the first record behind the header, from 1
   * @param records number of records, at least 1
   */
  record Chunk(byte[] bytes, int from, int to, long offset, long line, long record, int records) {
    int length() {
      return to - from;
    }
  }

  private final String file;
  private final InputStream in;
  private final byte delimiter;
  private final int maxRecord;

  private byte[] buffer = new byte[0];
  private int start; // where the next chunk begins
  private int position; // up to here the text is scanned
  private int length; // up to here the buffer is filled
  private boolean eof;

  private long offset; // of start in the file
  private long line = 1; // at start
  private long record = 1; // at start

  // State of the scan since start
  private boolean quoted;
  private int recordStart;
  private int closed; // position of the last quote that closed a field since start
  private int lines; // line ends since start
  private int records; // records that ended since start
  private int linesAtRecordStart;

  CsvCutter(String file, InputStream in, char delimiter) throws IOException {
    this(file, in, delimiter, MAX_RECORD);
  }

  CsvCutter(String file, InputStream in, char delimiter, int maxRecord) throws IOException {
    this.file = file;
    this.in = in;
    this.delimiter = (byte) delimiter;
    this.maxRecord = maxRecord;
    skipByteOrderMark();
  }

  private void skipByteOrderMark() throws IOException {
    buffer = new byte[64];
    length = in.readNBytes(buffer, 0, 3);
    if (length >= 2
        && ((buffer[0] == (byte) 0xff && buffer[1] == (byte) 0xfe)
            || (buffer[0] == (byte) 0xfe && buffer[1] == (byte) 0xff))) {
      throw new IOException(file + ": the text is UTF-16; convert it to UTF-8");
    }
    if (length == 3
        && buffer[0] == (byte) 0xef
        && buffer[1] == (byte) 0xbb
        && buffer[2] == (byte) 0xbf) {
      offset = 3;
      length = 0;
    }
  }

  /** Makes records count from 1 again: the header is behind us. */
  void countFromHere() {
    record = 1;
  }

  /**
   * The next chunk.
   *
   * @param bytes size of the chunk, about; a single record may be larger
   * @param maxRecords number of records, at most
   * @return the chunk, or null behind the last record
   */
  Chunk next(int bytes, long maxRecords) throws IOException {
    position = start;
    recordStart = start;
    closed = start - 2;
    quoted = false;
    lines = 0;
    records = 0;
    linesAtRecordStart = 0;
    int want = bytes;
    while (true) {
      int limit = Math.min(length, start + want);
      scan(limit, maxRecords);
      if (records == maxRecords) {
        return cut();
      }
      if (start + want <= length) {
        if (records > 0) {
          return cut();
        }
        if (limit - recordStart >= maxRecord) {
          throw new IOException(
              "%s:%d: the record that begins here is longer than %,d bytes; is a quote not closed, or the delimiter wrong?"
                  .formatted(file, line + linesAtRecordStart, maxRecord));
        }
        want *= 2;
      } else if (eof) {
        return end();
      } else {
        fill(want);
      }
    }
  }

  /** The last records: the text ends with or without a line end. */
  private Chunk end() throws IOException {
    if (quoted) {
      throw new IOException(
          "%s:%d: the record that begins here has a quoted field that is not closed at the end of the file; close the quote"
              .formatted(file, line + linesAtRecordStart));
    }
    if (recordStart < length) {
      recordStart = length;
      linesAtRecordStart = lines;
      records++;
    }
    if (records == 0) {
      return null;
    }
    return cut();
  }

  private Chunk cut() {
    Chunk chunk = new Chunk(buffer, start, recordStart, offset, line, record, records);
    offset += recordStart - start;
    line += linesAtRecordStart;
    record += records;
    start = recordStart;
    return chunk;
  }

  /**
   * Reads on, into a new buffer when the old one has no room for {@code want} bytes from {@code
   * start}.
   */
  private void fill(int want) throws IOException {
    if (buffer.length - start < want) {
      int kept = length - start;
      byte[] larger = new byte[want];
      System.arraycopy(buffer, start, larger, 0, kept);
      buffer = larger;
      position -= start;
      recordStart -= start;
      closed -= start;
      length = kept;
      start = 0;
    }
    int read = in.read(buffer, length, buffer.length - length);
    if (read < 0) {
      eof = true;
    } else {
      length += read;
    }
  }

  /** Scans from {@code position} to {@code end}, or until so many records have ended. */
  private void scan(int end, long maxRecords) {
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

  /** Bytes of text cut so far. */
  long offset() {
    return offset;
  }

  @Override
  public void close() throws IOException {
    buffer = new byte[0];
    in.close();
  }
}
