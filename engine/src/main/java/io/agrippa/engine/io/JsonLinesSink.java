package io.agrippa.engine.io;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes JSON Lines: an object a row, with every column, null where missing. Numbers and booleans
 * are JSON's, except NaN and infinities, which JSON has not: those are strings, as dates, times,
 * bytes (Base64) and texts are. Each block is compressed by itself; such pieces behind each other
 * are one stream.
 */
final class JsonLinesSink implements BlockSink {
  private static final int BYTES_PER_FIELD = 24;

  private final Schema schema;
  private final OutputTarget target;
  private final TextCompression compression;
  private final byte[][] names; // what stands in front of each value
  private boolean begun;

  /** Text, ready to be written. */
  private record Text(byte[] bytes, int length) implements Encoded {}

  JsonLinesSink(Schema schema, OutputTarget target, TextCompression compression) {
    this.schema = schema;
    this.target = target;
    this.compression = compression;
    names = new byte[schema.size()][];
    for (int i = 0; i < names.length; i++) {
      TextBuffer name = new TextBuffer(32);
      name.ascii(i == 0 ? '{' : ',');
      name.jsonString(schema.field(i).name());
      name.ascii(':');
      names[i] = Arrays.copyOf(name.bytes(), name.size());
    }
  }

  @Override
  public Encoded encode(Block block) throws IOException {
    if (!block.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "a block of " + block.schema() + " for an output of " + schema);
    }
    int columns = schema.size();
    Values[] values = new Values[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = values(schema.field(i).type(), block.column(i));
    }
    TextBuffer out = new TextBuffer(Math.max(64, block.rows() * columns * BYTES_PER_FIELD));
    for (int row = 0; row < block.rows(); row++) {
      for (int i = 0; i < columns; i++) {
        out.append(names[i]);
        if (block.column(i).isMissing(row)) {
          out.ascii("null");
        } else {
          values[i].write(row, out);
        }
      }
      out.ascii(columns == 0 ? "{}\n" : "}\n");
    }
    byte[] bytes = out.bytes();
    int length = out.size();
    if (compression != TextCompression.NONE) {
      bytes = compression.compress(bytes, length);
      length = bytes.length;
    }
    return new Text(bytes, length);
  }

  /** Writes the values of one column of one block. */
  private interface Values {
    void write(int row, TextBuffer out);
  }

  private static Values values(Type type, Column column) {
    if (column instanceof StringColumn strings) {
      return (row, out) -> out.jsonString(strings.value(row));
    }
    CsvFormatter formatter = CsvFormatter.of(type, column);
    if (column instanceof DoubleColumn doubles) {
      double[] numbers = doubles.values();
      return unlessMalformed(
          doubles.malformed(),
          (row, out) -> {
            if (Double.isFinite(numbers[row])) {
              formatter.write(row, out, ',');
            } else {
              quoted(formatter, row, out);
            }
          });
    }
    boolean plain =
        type instanceof Type.Decimal
            || (type instanceof Type.Scalar
                && type != Type.Scalar.DATE
                && type != Type.Scalar.BINARY);
    Values written =
        plain
            ? (row, out) -> formatter.write(row, out, ',')
            : (row, out) -> quoted(formatter, row, out);
    return column instanceof LongColumn longs
        ? unlessMalformed(longs.malformed(), written)
        : written;
  }

  private static void quoted(CsvFormatter formatter, int row, TextBuffer out) {
    out.ascii('"');
    formatter.write(row, out, ',');
    out.ascii('"');
  }

  private static Values unlessMalformed(Malformed malformed, Values values) {
    if (malformed.size() == 0) {
      return values;
    }
    return (row, out) -> {
      String text = malformed.at(row);
      if (text == null) {
        values.write(row, out);
      } else {
        out.jsonString(text);
      }
    };
  }

  @Override
  public void append(Encoded encoded) throws IOException {
    Text text = (Text) encoded;
    begun = true;
    target.write(text.bytes(), 0, text.length());
  }

  @Override
  public void commit() throws IOException {
    if (!begun && compression != TextCompression.NONE) {
      byte[] nothing = compression.compress(new byte[0], 0); // compressed, that is some bytes
      target.write(nothing, 0, nothing.length);
    }
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
