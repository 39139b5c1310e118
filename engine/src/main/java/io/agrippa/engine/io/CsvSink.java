package io.agrippa.engine.io;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Writes CSV. Formatting and compressing are done by {@link #encode}; each block is a gzip member
 * or zstd frame of its own, and such pieces behind each other are one stream.
 */
final class CsvSink implements BlockSink {
  private static final int BYTES_PER_FIELD = 12;

  private final Schema schema;
  private final OutputTarget target;
  private final TextCompression compression;
  private final char delimiter;
  private final String missing;
  private final boolean header;
  private boolean begun;

  /** Text, ready to be written. */
  private record Text(byte[] bytes, int length) implements Encoded {}

  CsvSink(
      Schema schema,
      OutputTarget target,
      TextCompression compression,
      CsvOptions options,
      char delimiter) {
    this.schema = schema;
    this.target = target;
    this.compression = compression;
    this.delimiter = delimiter;
    List<String> tokens = options.missing();
    TextBuffer token = new TextBuffer(16);
    token.field(tokens.isEmpty() ? "" : tokens.get(0), delimiter);
    missing = token.text();
    header = options.header() instanceof CsvOptions.Header.FirstLine;
  }

  @Override
  public Encoded encode(Block block) throws IOException {
    if (!block.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "a block of " + block.schema() + " for an output of " + schema);
    }
    int columns = schema.size();
    CsvFormatter[] formatters = new CsvFormatter[columns];
    for (int i = 0; i < columns; i++) {
      formatters[i] = CsvFormatter.of(schema.field(i).type(), block.column(i));
    }
    TextBuffer out = new TextBuffer(Math.max(64, block.rows() * columns * BYTES_PER_FIELD));
    for (int row = 0; row < block.rows(); row++) {
      int start = out.size();
      for (int i = 0; i < columns; i++) {
        if (i > 0) {
          out.ascii(delimiter);
        }
        if (block.column(i).isMissing(row)) {
          out.utf8(missing);
        } else {
          formatters[i].write(row, out, delimiter);
        }
      }
      endLine(out, start);
    }
    return encoded(out);
  }

  /** Ends a line. An empty field alone is quoted, because a blank line is no record. */
  private static void endLine(TextBuffer out, int start) {
    if (out.size() == start) {
      out.ascii("\"\"");
    }
    out.ascii('\n');
  }

  private Text encoded(TextBuffer text) throws IOException {
    if (compression == TextCompression.NONE) {
      return new Text(text.bytes(), text.size());
    }
    byte[] bytes = compression.compress(text.bytes(), text.size());
    return new Text(bytes, bytes.length);
  }

  @Override
  public void append(Encoded encoded) throws IOException {
    Text text = (Text) encoded;
    begin();
    target.write(text.bytes(), 0, text.length());
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    TextBuffer line = new TextBuffer(256);
    if (header) {
      for (int i = 0; i < schema.size(); i++) {
        if (i > 0) {
          line.ascii(delimiter);
        }
        line.field(schema.field(i).name(), delimiter);
      }
      endLine(line, 0);
    }
    // Also without a header: compressed, nothing is still a few bytes.
    Text text = encoded(line);
    target.write(text.bytes(), 0, text.length());
  }

  @Override
  public void commit() throws IOException {
    begin();
    target.commit();
  }

  @Override
  public long bytes() {
    return target.bytes();
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
