package io.agrippa.engine.arrow;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowBodyCompression;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Collects the columns of one Arrow record batch: one node a column, then its validity bits (no
 * bytes where nothing is missing) and its values. Holds Arrow's memory until it is closed.
 */
final class Buffers implements AutoCloseable {
  private final BufferAllocator allocator;
  private final int rows;
  private final List<ArrowFieldNode> nodes = new ArrayList<>();
  private final List<ArrowBuf> buffers = new ArrayList<>();

  Buffers(BufferAllocator allocator, int rows) {
    this.allocator = allocator;
    this.rows = rows;
  }

  /** The batch of what was added, to be closed by the caller before this. */
  ArrowRecordBatch batch() {
    return new ArrowRecordBatch(rows, nodes, buffers);
  }

  /** The same with its buffers compressed; nothing can be added afterwards. */
  ArrowRecordBatch batch(ArrowCompression compression) {
    if (compression == ArrowCompression.NONE) {
      return batch();
    }
    for (int i = 0; i < buffers.size(); i++) {
      ArrowBuf plain = buffers.get(i);
      if (plain.writerIndex() > 0) { // nothing stays nothing
        byte[] bytes = new byte[Math.toIntExact(plain.writerIndex())];
        plain.getBytes(0, bytes);
        byte[] compressed = BufferCodec.compress(compression, bytes);
        ArrowBuf buffer = allocator.buffer(compressed.length);
        buffer.writeBytes(compressed);
        buffers.set(i, buffer);
        plain.close();
      }
    }
    return new ArrowRecordBatch(
        rows,
        nodes,
        buffers,
        new ArrowBodyCompression(BufferCodec.number(compression), BodyCompressionMethod.BUFFER),
        true);
  }

  /** Adds a column; one of texts by its codes. */
  void add(Field field, Column column) {
    if (column instanceof LongColumn longs) {
      add(field, longs);
    } else if (column instanceof DoubleColumn doubles) {
      add(field, doubles);
    } else if (column instanceof StringColumn strings) {
      addCodes(strings.codes());
    } else if (column instanceof BinaryColumn binary) {
      if (field.type() instanceof Type.Decimal decimal) {
        addDecimals(field, binary.values(), ArrowTypes.decimalBytes(decimal));
      } else {
        addBytes(binary.values());
      }
    }
  }

  private void add(Field field, LongColumn column) {
    long[] absent = addValidity(column.missing(), column.malformed());
    long[] values = column.values();
    int bits = ArrowTypes.bits(field.type());
    if (bits == 1) {
      ByteBuffer out = buffer((rows + 7) / 8);
      for (int i = 0; i < rows; i += 8) {
        int eight = 0;
        for (int j = 0; j < Math.min(8, rows - i); j++) {
          eight |= (int) (values[i + j] & 1) << j;
        }
        out.put((byte) eight);
      }
      return;
    }
    if (bits < 64) {
      requireFit(field, values, absent, bits);
    }
    ByteBuffer out = buffer(rows * (bits / 8));
    switch (bits) {
      case 8 -> {
        for (int i = 0; i < rows; i++) {
          out.put((byte) values[i]);
        }
      }
      case 16 -> {
        for (int i = 0; i < rows; i++) {
          out.putShort((short) values[i]);
        }
      }
      case 32 -> {
        for (int i = 0; i < rows; i++) {
          out.putInt((int) values[i]);
        }
      }
      default -> out.asLongBuffer().put(values, 0, rows);
    }
  }

  private void requireFit(Field field, long[] values, long[] absent, int bits) {
    int unused = 64 - bits;
    for (int i = 0; i < rows; i++) {
      if (values[i] << unused >> unused != values[i] && !Bits.get(absent, i)) {
        throw new IllegalArgumentException(
            "column \"%s\": %d does not fit into the %d bits that Arrow has for it"
                .formatted(field.name(), values[i], bits));
      }
    }
  }

  private void add(Field field, DoubleColumn column) {
    addValidity(column.missing(), column.malformed());
    double[] values = column.values();
    int bits = ArrowTypes.bits(field.type());
    ByteBuffer out = buffer(rows * (bits / 8));
    if (bits == 64) {
      out.asDoubleBuffer().put(values, 0, rows);
    } else {
      for (int i = 0; i < rows; i++) {
        out.putFloat((float) values[i]);
      }
    }
  }

  private void addCodes(int[] codes) {
    long[] missing = null;
    for (int i = 0; i < rows; i++) {
      if (codes[i] < 0) {
        if (missing == null) {
          missing = new long[Bits.words(rows)];
        }
        Bits.set(missing, i);
      }
    }
    addValidity(missing, Malformed.NONE);
    buffer(4 * rows).asIntBuffer().put(codes, 0, rows);
  }

  /** Adds byte strings: offsets, then all bytes. */
  void addBytes(byte[][] values) {
    addValidity(missing(values), Malformed.NONE);
    long size = 0;
    for (int i = 0; i < rows; i++) {
      size += values[i] == null ? 0 : values[i].length;
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d rows hold %,d bytes in one column, but Arrow takes at most 2 GiB at once"
              .formatted(rows, size));
    }
    ByteBuffer offsets = buffer(4 * (rows + 1));
    ByteBuffer out = buffer((int) size);
    offsets.putInt(0);
    for (int i = 0; i < rows; i++) {
      if (values[i] != null) {
        out.put(values[i]);
      }
      offsets.putInt(out.position());
    }
  }

  private void addDecimals(Field field, byte[][] values, int width) {
    addValidity(missing(values), Malformed.NONE);
    ByteBuffer out = buffer(rows * width);
    for (int i = 0; i < rows; i++) {
      byte[] value = values[i];
      if (value != null) {
        byte sign = (byte) (value.length > 0 && value[0] < 0 ? -1 : 0);
        int surplus = value.length - width; // bytes in front that must only repeat the sign
        for (int j = 0; j < surplus; j++) {
          if (value[j] != sign || value[surplus] < 0 != sign < 0) {
            throw new IllegalArgumentException(
                "column \"%s\": a decimal of %d bytes does not fit into the %d that Arrow has for it"
                    .formatted(field.name(), value.length, width));
          }
        }
        for (int j = 0; j < width; j++) { // little-endian there, big-endian here
          int from = value.length - 1 - j;
          out.put(from >= 0 ? value[from] : sign);
        }
      } else {
        out.put(new byte[width]);
      }
    }
  }

  private long[] missing(byte[][] values) {
    long[] missing = null;
    for (int i = 0; i < rows; i++) {
      if (values[i] == null) {
        if (missing == null) {
          missing = new long[Bits.words(rows)];
        }
        Bits.set(missing, i);
      }
    }
    return missing;
  }

  /**
   * Adds the node and the validity bits; malformed rows have no value in Arrow.
   *
   * @return the rows without a value, or null
   */
  private long[] addValidity(long[] missing, Malformed malformed) {
    long[] absent = Bits.first(missing, rows);
    for (int i = 0; i < malformed.size() && malformed.row(i) < rows; i++) {
      if (absent == null) {
        absent = new long[Bits.words(rows)];
      }
      Bits.set(absent, malformed.row(i));
    }
    int count = Bits.count(absent);
    nodes.add(new ArrowFieldNode(rows, count));
    if (count == 0) {
      buffer(0);
      return null;
    }
    int words = Bits.words(rows);
    ByteBuffer out = buffer(8 * words);
    for (int i = 0; i < words; i++) {
      out.putLong(~absent[i]);
    }
    return absent;
  }

  /** A new buffer, to be filled to its end. */
  private ByteBuffer buffer(int bytes) {
    ArrowBuf buffer = allocator.buffer(bytes);
    buffers.add(buffer);
    buffer.writerIndex(bytes);
    return buffer.nioBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    buffers.forEach(ArrowBuf::close);
    buffers.clear();
  }
}
