package io.agrippa.engine.io;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV text that was opened and whose header was read: its columns are known and its records can
 * be cut. For one thread at a time.
 */
final class CsvText extends CutText {
  private final char delimiter;
  private final List<String> columns;

  private CsvText(PlainText text, CsvCutter cutter, char delimiter, List<String> columns) {
    super(text, cutter);
    this.delimiter = delimiter;
    this.columns = columns;
  }

  /** Opens a text and reads its header. */
  static CsvText open(TextInput input, CsvOptions options) throws IOException {
    PlainText text = PlainText.open(input);
    try {
      char delimiter =
          options
              .delimiter()
              .orElse(input instanceof TextInput.File file ? Format.delimiter(file.path()) : ',');
      CsvCutter cutter = new CsvCutter(input.name(), text.stream(), delimiter);
      List<String> columns =
          options.header() instanceof CsvOptions.Header.Absent absent
              ? absent.names()
              : header(input.name(), cutter, delimiter);
      return new CsvText(text, cutter, delimiter, columns);
    } catch (IOException e) {
      text.stream().close();
      throw e;
    }
  }

  /** Reads the names in the first record. */
  private static List<String> header(String file, CsvCutter cutter, char delimiter)
      throws IOException {
    TextCutter.Chunk chunk = cutter.next(PIECE, 1);
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

  char delimiter() {
    return delimiter;
  }

  /** The columns in the file's order. */
  List<String> columns() {
    return columns;
  }
}
