package io.agrippa.engine.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The metadata of one message of an IPC stream or file. The generated readers check nothing, so
 * what they say of a damaged message is an error here. Immutable.
 *
 * @param message the metadata
 * @param prefix bytes in front of the body: length and metadata
 */
record IpcMessage(Message message, long prefix) {
  private static final int CONTINUATION = -1;
  private static final int MOST_METADATA = 256 << 20;

  /** What a reader of generated classes gives. */
  interface Look<T> {
    T at() throws IOException;
  }

  /** Makes what a reader of generated classes throws of damaged bytes an error of input. */
  static <T> T checked(Look<T> look) throws IOException {
    try {
      return look.at();
    } catch (RuntimeException e) {
      throw new IOException("the metadata is damaged (" + e + ")", e);
    }
  }

  /**
   * The message at a position; null at the end of the stream, marked or not.
   *
   * @throws IOException if there is none
   */
  static IpcMessage read(Region all, long position) throws IOException {
    if (position == all.length()) {
      return null;
    }
    byte[] four = new byte[Integer.BYTES];
    all.read(position, four, four.length);
    int length = integer(four);
    int head = Integer.BYTES; // streams of before Arrow 0.15 have no mark in front of the length
    if (length == CONTINUATION) {
      all.read(position + head, four, four.length);
      length = integer(four);
      head += Integer.BYTES;
    }
    if (length == 0) {
      return null;
    }
    requireLength(length);
    if (length > all.length() - position - head) {
      throw new IOException("a message of %,d bytes goes beyond the end".formatted(length));
    }
    byte[] bytes = new byte[length];
    all.read(position + head, bytes, length);
    return of(bytes, head);
  }

  static int integer(byte[] little) {
    return ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  static boolean isContinuation(int length) {
    return length == CONTINUATION;
  }

  static void requireLength(int length) throws IOException {
    if (length < 0 || length > MOST_METADATA) {
      throw new IOException("it holds a message of %,d bytes".formatted(length));
    }
  }

  static IpcMessage of(byte[] metadata, int head) throws IOException {
    return new IpcMessage(
        checked(() -> Message.getRootAsMessage(ByteBuffer.wrap(metadata))),
        (long) head + metadata.length);
  }

  byte kind() throws IOException {
    return checked(message::headerType);
  }

  long bodyLength() throws IOException {
    long length = checked(message::bodyLength);
    if (length < 0) {
      throw new IOException("it holds a body of %,d bytes".formatted(length));
    }
    return length;
  }

  /** Its schema. */
  Schema schema() throws IOException {
    if (kind() != MessageHeader.Schema) {
      throw new IOException("it does not begin with a schema");
    }
    return schema(
        checked(
            () ->
                (org.apache.arrow.flatbuf.Schema)
                    message.header(new org.apache.arrow.flatbuf.Schema())));
  }

  /** A schema as Arrow's library has it. */
  static Schema schema(org.apache.arrow.flatbuf.Schema schema) throws IOException {
    if (schema == null) {
      throw new IOException("it has no schema");
    }
    if (checked(schema::endianness) != Endianness.Little) {
      throw new IOException("its numbers are big-endian, which is not read");
    }
    return checked(() -> Schema.convertSchema(schema));
  }

  /** Its rows. */
  RecordBatch batch() throws IOException {
    return checked(() -> (RecordBatch) message.header(new RecordBatch()));
  }

  /** Its dictionary. */
  DictionaryBatch dictionary() throws IOException {
    return checked(() -> (DictionaryBatch) message.header(new DictionaryBatch()));
  }
}
