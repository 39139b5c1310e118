package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageMetadataResult;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Reads the packets of one {@link BlockEncoder}, all and in order. Blocks lie on the heap; memory
 * outside of it is held only while a packet is decoded. For one thread at a time.
 */
public final class BlockDecoder implements AutoCloseable {
  private final Schema schema;
  private final BufferAllocator allocator = ArrowMemory.allocator();
  private final List<DecodedDictionary> dictionaries;
  private boolean begun;

  /**
   * A decoder of blocks of a schema.
   *
   * @throws IllegalStateException if the Java virtual machine was started without the option that
   *     Arrow needs; the message names it
   */
  public BlockDecoder(Schema schema) {
    this.schema = schema;
    this.dictionaries = new ArrayList<>(Collections.nCopies(schema.size(), null));
  }

  /**
   * The block of the next packet.
   *
   * @param bytes holds the packet from {@code offset} to its end
   * @throws IOException if this is no packet of a block of the schema; what comes next cannot be
   *     decoded then
   */
  public Block decode(byte[] bytes, int offset) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
    try {
      // The notes speak of columns that stand behind them.
      int length = new DataInputStream(in).readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("notes of " + length + " bytes");
      }
      in.skipNBytes(length);
      Block bare = messages(in);
      return Notes.read(
          bare,
          new DataInputStream(new ByteArrayInputStream(bytes, offset + Integer.BYTES, length)));
    } catch (IOException | RuntimeException e) { // the generated readers check little
      throw new IOException("a packet that holds no block of " + schema + ": " + e.getMessage(), e);
    }
  }

  private Block messages(ByteArrayInputStream in) throws IOException {
    ReadChannel channel = new ReadChannel(Channels.newChannel(in));
    if (!begun) {
      if (!MessageSerializer.deserializeSchema(message(in, channel))
          .equals(ArrowTypes.schema(schema))) {
        throw new IOException("its schema is another one");
      }
      begun = true;
    }
    while (true) {
      MessageMetadataResult message = message(in, channel);
      switch (message.getMessage().headerType()) {
        case MessageHeader.DictionaryBatch -> {
          try (Body body = new Body(message, in);
              ArrowDictionaryBatch batch =
                  MessageSerializer.deserializeDictionaryBatch(message, body.bytes)) {
            add(batch);
          }
        }
        case MessageHeader.RecordBatch -> {
          try (Body body = new Body(message, in);
              ArrowRecordBatch batch =
                  MessageSerializer.deserializeRecordBatch(message, body.bytes)) {
            return new Batch(batch).block(schema, dictionaries);
          }
        }
        default -> throw new IOException("a message of kind " + message.getMessage().headerType());
      }
    }
  }

  /** The next message without its body. Its length is checked: Arrow would allocate anything. */
  private static MessageMetadataResult message(ByteArrayInputStream in, ReadChannel channel)
      throws IOException {
    in.mark(0);
    byte[] head = in.readNBytes(2 * Integer.BYTES);
    in.reset();
    if (head.length < 2 * Integer.BYTES
        || MessageSerializer.bytesToInt(head) != MessageSerializer.IPC_CONTINUATION_TOKEN) {
      throw new IOException("it ends before its rows");
    }
    int length = MessageSerializer.bytesToInt(Arrays.copyOfRange(head, Integer.BYTES, head.length));
    if (length <= 0 || length > in.available()) {
      throw new IOException("a message of " + length + " bytes");
    }
    return MessageSerializer.readMessage(channel);
  }

  /** What stands behind a message, outside of the heap until it is closed. */
  private final class Body implements AutoCloseable {
    private final ArrowBuf bytes;

    Body(MessageMetadataResult message, ByteArrayInputStream in) throws IOException {
      long length = message.getMessageBodyLength();
      if (length < 0 || length > in.available()) {
        throw new IOException("a message with " + length + " bytes of body");
      }
      bytes = allocator.buffer(length);
      bytes.writeBytes(in.readNBytes((int) length));
    }

    @Override
    public void close() {
      // Nothing is left of it where a batch was made of it and is closed, and something where the
      // batch could not be made.
      while (bytes.refCnt() > 0) {
        bytes.close();
      }
    }
  }

  private void add(ArrowDictionaryBatch batch) throws IOException {
    int column = Math.toIntExact(batch.getDictionaryId());
    if (!batch.isDelta()) {
      dictionaries.set(column, new DecodedDictionary());
    }
    new Batch(batch.getDictionary()).addTo(dictionaries.get(column));
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
