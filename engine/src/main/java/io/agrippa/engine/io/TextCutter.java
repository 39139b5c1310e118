package io.agrippa.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts text into chunks of whole records, without parsing it: the one serial step of reading text.
 *
 * <p>Chunks are slices of shared buffers: the cutter goes on writing only behind the last slice
 * that it handed out. Not safe for use by many threads; its chunks are.
 */
abstract sealed class TextCutter implements Closeable permits CsvCutter, LineCutter {
  /** Bytes that one record may have. More than that is nearly always a mistake in the text. */
  static final int MAX_RECORD = 16 << 20;

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
  private final int maxRecord;

  byte[] buffer = new byte[0];
  int start; // where the next chunk begins
  int position; // up to here the text is scanned
  int length; // up to here the buffer is filled
  boolean eof;

  private long offset; // of start in the file
  private long line = 1; // at start
  private long record = 1; // at start

  // State of the scan since start
  int recordStart;
  int lines; // line ends since start
  int records; // records that ended since start
  int linesAtRecordStart;

  TextCutter(String file, InputStream in, int maxRecord) throws IOException {
    this.file = file;
    this.in = in;
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
    begin();
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
              "%s:%d: the record that begins here is longer than %,d bytes; %s"
                  .formatted(file, line + linesAtRecordStart, maxRecord, suspicion()));
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
    String fault = unfinished();
    if (fault != null) {
      throw new IOException(
          "%s:%d: the record that begins here %s"
              .formatted(file, line + linesAtRecordStart, fault));
    }
    if (recordStart < length && !isBlank(recordStart, length)) {
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
      moved(start);
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

  /** A chunk is begun: what is known of the text since {@code start} is void. */
  void begin() {}

  /** The text moves within the buffer, so many bytes to its front. */
  void moved(int by) {}

  /** Scans from {@code position} to {@code end}, or until so many records have ended. */
  abstract void scan(int end, long maxRecords);

  /** Whether bytes behind the last line end make no record. */
  abstract boolean isBlank(int from, int to);

  /** What is wrong with a last record that ends here, or null. */
  String unfinished() {
    return null;
  }

  /** What may be wrong where a record is far too long. */
  abstract String suspicion();

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
