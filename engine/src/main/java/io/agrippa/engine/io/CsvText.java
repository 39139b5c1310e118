package io.agrippa.engine.io;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A CSV text that was opened and whose header was read: its columns are known and its records can
 * be cut. For one thread at a time.
 */
final class CsvText implements Closeable {
  /**
   * Bytes of one piece of text: in G1 with its smallest regions, an array of 512 KiB would count as
   * humongous.
   */
  static final int PIECE = 256 << 10;

  private final TextInput input;
  private final char delimiter;
  private final CountingInputStream raw;
  private final TextCompression compression;
  private final CsvCutter cutter;
  private final List<String> columns;
  private long counted;

  private CsvText(
      TextInput input,
      char delimiter,
      CountingInputStream raw,
      TextCompression compression,
      CsvCutter cutter,
      List<String> columns) {
    this.input = input;
    this.delimiter = delimiter;
    this.raw = raw;
    this.compression = compression;
    this.cutter = cutter;
    this.columns = columns;
  }

  /** Opens a text and reads its header. */
  static CsvText open(TextInput input, CsvOptions options) throws IOException {
    CountingInputStream raw = new CountingInputStream(input.open());
    try {
      TextCompression.Detected detected = TextCompression.detect(raw);
      InputStream plain = plain(input.name(), detected);
      char delimiter =
          options
              .delimiter()
              .orElse(input instanceof TextInput.File file ? Format.delimiter(file.path()) : ',');
      CsvCutter cutter = new CsvCutter(input.name(), plain, delimiter);
      List<String> columns =
          options.header() instanceof CsvOptions.Header.Absent absent
              ? absent.names()
              : header(input.name(), cutter, delimiter);
      return new CsvText(input, delimiter, raw, detected.compression(), cutter, columns);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream plain(String file, TextCompression.Detected detected)
      throws IOException {
    if (detected.compression() == TextCompression.NONE) {
      return detected.stream();
    }
    try {
      return new FilterInputStream(detected.compression().decompress(detected.stream())) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          try {
            return in.read(bytes, offset, length);
          } catch (IOException e) {
            throw broken(file, detected.compression(), e);
          }
        }
      };
    } catch (IOException e) {
      throw broken(file, detected.compression(), e);
    }
  }

  private static IOException broken(String file, TextCompression compression, IOException e) {
    return new IOException(
        "%s: the %s data is damaged or cut off (%s); get the file again"
            .formatted(file, compression.name().toLowerCase(Locale.ROOT), e.getMessage()),
        e);
  }

  /** Reads the names in the first record. */
  private static List<String> header(String file, CsvCutter cutter, char delimiter)
      throws IOException {
    CsvCutter.Chunk chunk = cutter.next(PIECE, 1);
    if (chunk == null) {
      throw new IOException(
          file
              + " is empty: it has not even a header line; if there is none, give the names of the"
              + " columns");
    }
    List<String> names;
    InputStream text = new ByteArrayInputStream(chunk.bytes(), chunk.from(), chunk.length());
    try (CloseableIterator<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowUnclosedQuote(false)
            .maxBufferSize(2 * CsvCutter.MAX_RECORD)
            .ofCsvRecord(new Utf8Reader(file, text, chunk.offset()))
            .iterator()) {
      names = records.next().getFields();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new IOException(
          file
              + ":1: the header is not CSV: behind a quoted name stands neither a delimiter nor a"
              + " line end",
          e);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IOException(
            "%s:1: the header names the column \"%s\" twice; rename one of them"
                .formatted(file, name));
      }
    }
    cutter.countFromHere();
    return List.copyOf(names);
  }

  /** What it is called in messages. */
  String name() {
    return input.name();
  }

  /** Whether its bytes are not those of the text. */
  boolean isCompressed() {
    return compression != TextCompression.NONE;
  }

  char delimiter() {
    return delimiter;
  }

  /** The columns in the file's order. */
  List<String> columns() {
    return columns;
  }

  /**
   * The next partition.
   *
   * @param bytes about how much text it is to hold
   * @param records how many records it is to hold, at most
   * @param number position of the file in the dataset
   * @return the partition, or null behind the last record
   */
  CsvPartition next(long bytes, long records, CsvPlan plan, int number) throws IOException {
    CsvPartition.Builder builder = new CsvPartition.Builder(plan, number, input, compression);
    while (builder.bytes() < bytes && builder.records() < records && builder.hasRoom()) {
      int window = (int) Math.min(PIECE, bytes - builder.bytes());
      long most = Math.min(records, Integer.MAX_VALUE) - builder.records();
      CsvCutter.Chunk chunk = cutter.next(window, most);
      if (chunk == null) {
        break;
      }
      builder.add(chunk);
    }
    long read = raw.count();
    CsvPartition partition = builder.build(read - counted);
    counted = read;
    return partition;
  }

  @Override
  public void close() throws IOException {
    cutter.close();
  }
}
