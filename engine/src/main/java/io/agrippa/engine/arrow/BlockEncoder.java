package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Writes blocks of one schema, each as a packet of bytes: what Arrow has no place for (malformed
 * texts, problems), then messages of an Arrow IPC stream. The first packet holds the stream's
 * schema; a packet holds a dictionary where it is another one than in the packet before, or only
 * its new entries where it has grown. So packets are to be decoded all and in order, by one {@link
 * BlockDecoder}, and a dictionary keeps its identity on the way.
 *
 * <p>Texts travel as UTF-8. Holds memory outside of the heap only while it encodes. For one thread
 * at a time.
 */
public final class BlockEncoder implements AutoCloseable {
  private final Schema schema;
  private final BufferAllocator allocator = ArrowMemory.allocator();
  private final Dictionary[] sent; // by column: what the other side has, or null
  private final Dictionary[] seen; // by column: that of the block before
  private boolean begun;

  /**
   * An encoder of blocks of a schema.
   *
   * @throws IllegalArgumentException if it has a type that Arrow has no counterpart for
   * @throws IllegalStateException if the Java virtual machine was started without the option that
   *     Arrow needs; the message names it
   */
  public BlockEncoder(Schema schema) {
    this.schema = schema;
    this.sent = new Dictionary[schema.size()];
    this.seen = new Dictionary[schema.size()];
  }

  /** A block as the next packet. */
  public byte[] encode(Block block) throws IOException {
    if (!block.schema().equals(schema)) {
      throw new IllegalArgumentException("a block of " + block.schema() + " among " + schema);
    }
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    Notes.write(block, new DataOutputStream(notes));
    Packet packet = new Packet();
    new DataOutputStream(packet).writeInt(notes.size());
    notes.writeTo(packet);
    WriteChannel out = new WriteChannel(packet);
    if (!begun) {
      MessageSerializer.serialize(out, ArrowTypes.schema(schema));
      begun = true;
    }
    try (Buffers buffers = new Buffers(allocator, block.rows())) {
      for (int i = 0; i < schema.size(); i++) {
        Column column = block.column(i);
        if (column instanceof StringColumn strings) {
          column = known(i, strings, block.rows(), out);
        }
        buffers.add(schema.field(i), column);
      }
      try (ArrowRecordBatch batch = buffers.batch()) {
        MessageSerializer.serialize(out, batch);
      }
    }
    return packet.toByteArray();
  }

  /** The column in codes of a dictionary that the other side has, which is sent if it has not. */
  private StringColumn known(int column, StringColumn strings, int rows, WriteChannel out)
      throws IOException {
    Dictionary dictionary = strings.dictionary();
    Dictionary before = seen[column];
    seen[column] = dictionary;
    Dictionary there = sent[column];
    if (dictionary == there) {
      return strings;
    }
    if (there != null && there.size() > 0 && dictionary.extendsFrom(there)) {
      send(column, dictionary, there.size(), out);
    } else if (dictionary == before || dictionary.size() <= rows) {
      send(column, dictionary, 0, out);
    } else {
      // Larger than the block, so perhaps made for it alone: what the block uses is enough, unless
      // the dictionary comes again.
      StringColumn used = used(strings, rows);
      send(column, used.dictionary(), 0, out);
      return used;
    }
    return strings;
  }

  private static StringColumn used(StringColumn strings, int rows) {
    DictionaryBuilder texts = new DictionaryBuilder();
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      String text = strings.value(i);
      codes[i] = text == null ? StringColumn.MISSING : texts.code(text);
    }
    return new StringColumn(codes, texts.snapshot());
  }

  /** Sends a dictionary from an entry on: from 0 as a new one, from elsewhere to be added. */
  private void send(int column, Dictionary dictionary, int from, WriteChannel out)
      throws IOException {
    byte[][] texts = new byte[dictionary.size() - from][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = dictionary.value(from + i).getBytes(StandardCharsets.UTF_8);
    }
    try (Buffers buffers = new Buffers(allocator, texts.length)) {
      buffers.addBytes(texts);
      try (ArrowDictionaryBatch batch =
          new ArrowDictionaryBatch(column, buffers.batch(), from > 0)) {
        MessageSerializer.serialize(out, batch);
      }
    }
    sent[column] = dictionary;
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

  /** Bytes that grow. */
  private static final class Packet extends ByteArrayOutputStream implements WritableByteChannel {
    Packet() {
      super(1 << 13);
    }

    @Override
    public int write(ByteBuffer source) {
      int length = source.remaining();
      if (source.hasArray()) {
        write(source.array(), source.arrayOffset() + source.position(), length);
        source.position(source.limit());
      } else {
        byte[] bytes = new byte[length];
        source.get(bytes);
        write(bytes, 0, length);
      }
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
