package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Writes blocks as messages of an IPC stream or file that any reader of Arrow understands: texts as
 * UTF-8 without dictionaries, a batch a block. {@link #encode} may be called by many threads at the
 * same time. Memory outside of the heap is held only within {@link #encode}.
 */
public final class ArrowEncoder implements AutoCloseable {
  private final Schema schema;
  private final ArrowCompression compression;
  private final org.apache.arrow.vector.types.pojo.Schema arrow;
  private final BufferAllocator allocator = ArrowMemory.allocator();

  /** A batch as bytes, of which the first {@code metadata} are its head. */
  public record Encoded(byte[] bytes, int metadata) {}

  /**
   * An encoder of blocks of a schema.
   *
   * @throws IllegalArgumentException if it has a type that Arrow has no counterpart for
   * @throws IllegalStateException if the Java virtual machine was started without the option that
   *     Arrow needs; the message names it
   */
  public ArrowEncoder(Schema schema, ArrowCompression compression) {
    this.schema = schema;
    this.compression = compression;
    this.arrow = ArrowTypes.plainSchema(schema);
  }

  /** What a file begins with; its size is a multiple of 8. */
  public static byte[] fileHead() {
    return "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);
  }

  /** The schema, as the first message. */
  public byte[] schemaMessage() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageSerializer.serialize(channel(bytes), arrow);
    return bytes.toByteArray();
  }

  /**
   * A block as a batch.
   *
   * @throws IOException if a value was no number, which a column of numbers cannot keep
   */
  public Encoded encode(Block block) throws IOException {
    if (!block.schema().equals(schema)) {
      throw new IllegalArgumentException("a block of " + block.schema() + " among " + schema);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
    try (Buffers buffers = new Buffers(allocator, block.rows())) {
      for (int i = 0; i < schema.size(); i++) {
        Column column = block.column(i);
        requireWellFormed(schema.field(i).name(), column, block.rows());
        if (column instanceof StringColumn strings) {
          buffers.addBytes(utf8(strings, block.rows()));
        } else {
          buffers.add(schema.field(i), column);
        }
      }
      try (ArrowRecordBatch batch = buffers.batch(compression)) {
        ArrowBlock place = MessageSerializer.serialize(channel(bytes), batch);
        return new Encoded(bytes.toByteArray(), place.getMetadataLength());
      }
    }
  }

  private static void requireWellFormed(String name, Column column, int rows) throws IOException {
    Malformed malformed =
        column instanceof LongColumn longs
            ? longs.malformed()
            : column instanceof DoubleColumn doubles ? doubles.malformed() : Malformed.NONE;
    if (malformed.first(rows).size() > 0) {
      throw new IOException(
          "column \"%s\" holds \"%s\", which is not of its type, so Arrow cannot keep it; read the column as text"
              .formatted(name, malformed.text(0)));
    }
  }

  private static byte[][] utf8(StringColumn column, int rows) {
    byte[][] known =
        new byte[column.dictionary().size() <= 4 * rows ? column.dictionary().size() : 0][];
    byte[][] values = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      int code = column.codes()[row];
      if (code >= 0 && code < known.length) {
        if (known[code] == null) {
          known[code] = column.dictionary().value(code).getBytes(StandardCharsets.UTF_8);
        }
        values[row] = known[code];
      } else if (code >= 0) {
        values[row] = column.dictionary().value(code).getBytes(StandardCharsets.UTF_8);
      }
    }
    return values;
  }

  /** What a stream ends with. */
  public static byte[] streamEnd() {
    return new byte[] {-1, -1, -1, -1, 0, 0, 0, 0};
  }

  /**
   * What a file ends with, behind the end of its stream.
   *
   * @param positions where each batch begins
   * @param batches their sizes: of the head, and of all
   */
  public byte[] fileEnd(List<Long> positions, List<BatchSize> batches) throws IOException {
    List<ArrowBlock> blocks = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      BatchSize size = batches.get(i);
      blocks.add(new ArrowBlock(positions.get(i), size.metadata(), size.bytes() - size.metadata()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WriteChannel out = channel(bytes);
    out.write(new ArrowFooter(arrow, List.of(), blocks), false);
    out.writeIntLittleEndian((int) out.getCurrentPosition());
    out.write("ARROW1".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  /** Bytes of a batch, {@code metadata} of them its head. */
  public record BatchSize(int metadata, long bytes) {}

  private static WriteChannel channel(ByteArrayOutputStream bytes) {
    return new WriteChannel(Channels.newChannel(bytes));
  }

  /**
   * Ends the use of Arrow's memory.
   *
   * @throws IllegalStateException if some was not released: a fault of this class
   */
  @Override
  public void close() {
    allocator.close();
  }
}
