package io.agrippa.engine.arrow;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Takes the columns out of one Arrow record batch, from the first to the last. What it hands out
 * lies on the heap.
 */
final class Batch {
  private final ArrowRecordBatch batch;
  private final int rows;
  private int node;
  private int buffer;

  Batch(ArrowRecordBatch batch) throws IOException {
    this.batch = batch;
    this.rows = batch.getLength();
    if (batch.getBodyCompression().getCodec() != NoCompressionCodec.COMPRESSION_TYPE) {
      throw new IOException("the batch is compressed, which cannot be read; write it without");
    }
    if (rows < 0) {
      throw new IOException("a batch of " + rows + " rows");
    }
  }

  int rows() {
    return rows;
  }

  /** All columns. */
  Block block(Schema schema, List<DecodedDictionary> dictionaries) throws IOException {
    if (rows > Block.MAX_ROWS) {
      throw new IOException("a batch of " + rows + " rows; at most " + Block.MAX_ROWS + " fit");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(column(schema.field(i), dictionaries.get(i)));
    }
    return new Block(schema, rows, columns);
  }

  private Column column(Field field, DecodedDictionary dictionary) throws IOException {
    Type type = field.type();
    long[] missing = missing();
    if (type == Type.Scalar.STRING) {
      return texts(missing, dictionary, field);
    }
    if (type.column() == LongColumn.class) {
      return new LongColumn(longs(ArrowTypes.bits(type)), missing);
    }
    if (type.column() == DoubleColumn.class) {
      return new DoubleColumn(doubles(ArrowTypes.bits(type)), missing);
    }
    return new BinaryColumn(
        type instanceof Type.Decimal decimal
            ? decimals(missing, ArrowTypes.decimalBytes(decimal))
            : bytes(missing));
  }

  /** Byte strings alone: the values of a dictionary. */
  byte[][] byteStrings() throws IOException {
    return bytes(missing());
  }

  private long[] missing() throws IOException {
    if (node >= batch.getNodes().size() || batch.getNodes().get(node).getLength() != rows) {
      throw new IOException("column " + node + " of the batch has not its " + rows + " rows");
    }
    int nulls = batch.getNodes().get(node++).getNullCount();
    if (nulls == 0) {
      buffer++;
      return null;
    }
    ByteBuffer bits = next((rows + 7) / 8);
    long[] missing = new long[Bits.words(rows)];
    for (int i = 0; i < (rows + 7) / 8; i++) {
      missing[i >>> 3] |= (~bits.get(i) & 0xFFL) << ((i & 7) << 3);
    }
    if ((rows & 63) != 0) {
      missing[rows >>> 6] &= (1L << rows) - 1;
    }
    return Bits.any(missing) ? missing : null;
  }

  private long[] longs(int bits) throws IOException {
    long[] values = new long[rows];
    ByteBuffer in = next(bits == 1 ? (rows + 7) / 8 : rows * (bits / 8));
    switch (bits) {
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          values[i] = (long) in.get(i >>> 3) >>> (i & 7) & 1L;
        }
      }
      case 8 -> {
        for (int i = 0; i < rows; i++) {
          values[i] = in.get(i);
        }
      }
      case 16 -> {
        for (int i = 0; i < rows; i++) {
          values[i] = in.getShort(2 * i);
        }
      }
      case 32 -> {
        for (int i = 0; i < rows; i++) {
          values[i] = in.getInt(4 * i);
        }
      }
      default -> in.asLongBuffer().get(values);
    }
    return values;
  }

  private double[] doubles(int bits) throws IOException {
    double[] values = new double[rows];
    ByteBuffer in = next(rows * (bits / 8));
    if (bits == 64) {
      in.asDoubleBuffer().get(values);
    } else {
      for (int i = 0; i < rows; i++) {
        values[i] = in.getFloat(4 * i);
      }
    }
    return values;
  }

  private StringColumn texts(long[] missing, DecodedDictionary dictionary, Field field)
      throws IOException {
    if (dictionary == null) {
      throw new IOException("column \"" + field.name() + "\": its dictionary did not come");
    }
    int[] codes = new int[rows];
    next(4 * rows).asIntBuffer().get(codes);
    int size = dictionary.snapshot().size();
    for (int i = 0; i < rows; i++) {
      if (Bits.get(missing, i)) {
        codes[i] = StringColumn.MISSING;
      } else if (codes[i] < 0 || codes[i] >= size) {
        throw new IOException(
            "column \"%s\": code %d of a dictionary of %d".formatted(field.name(), codes[i], size));
      }
    }
    return new StringColumn(codes, dictionary.snapshot());
  }

  private byte[][] decimals(long[] missing, int width) throws IOException {
    byte[][] values = new byte[rows][];
    ByteBuffer in = next(rows * width);
    for (int i = 0; i < rows; i++) {
      if (!Bits.get(missing, i)) {
        int length = width;
        byte sign = (byte) (in.get(i * width + width - 1) >> 7);
        while (length > 1
            && in.get(i * width + length - 1) == sign
            && in.get(i * width + length - 2) < 0 == sign < 0) {
          length--; // the byte only repeats the sign
        }
        values[i] = new byte[length];
        for (int j = 0; j < length; j++) {
          values[i][length - 1 - j] = in.get(i * width + j);
        }
      }
    }
    return values;
  }

  private byte[][] bytes(long[] missing) throws IOException {
    byte[][] values = new byte[rows][];
    ByteBuffer offsets = next(rows == 0 ? 0 : 4 * (rows + 1));
    ByteBuffer in = next(0);
    for (int i = 0; i < rows; i++) {
      if (!Bits.get(missing, i)) {
        int from = offsets.getInt(4 * i);
        int to = offsets.getInt(4 * i + 4);
        if (from < 0 || to < from || to > in.capacity()) {
          throw new IOException(
              "bytes %d to %d of a buffer of %d".formatted(from, to, in.capacity()));
        }
        values[i] = new byte[to - from];
        in.get(from, values[i]);
      }
    }
    return values;
  }

  /** The next buffer, which must hold so many bytes. */
  private ByteBuffer next(int bytes) throws IOException {
    if (buffer >= batch.getBuffers().size()) {
      throw new IOException("the batch has only " + buffer + " buffers");
    }
    ArrowBuf next = batch.getBuffers().get(buffer++);
    if (next.readableBytes() < bytes || next.readableBytes() > Integer.MAX_VALUE) {
      throw new IOException(
          "buffer %d of the batch has %d bytes where %d rows take %d"
              .formatted(buffer - 1, next.readableBytes(), rows, bytes));
    }
    return next.nioBuffer(0, (int) next.readableBytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads texts into a dictionary. */
  void addTo(DecodedDictionary dictionary) throws IOException {
    byte[][] texts = byteStrings();
    for (byte[] text : texts) {
      if (text == null) {
        throw new IOException("a dictionary with an entry that is missing");
      }
      dictionary.add(new String(text, StandardCharsets.UTF_8));
    }
  }
}
