package io.agrippa.engine.process;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How messages travel between parent and worker: a mark of two bytes, which tells stray output from
 * a message, the kind of message, its length, and what the kind says.
 */
final class Wire {
  /** Changes with the messages; both ends must have the same. */
  static final int VERSION = 1;

  private static final int MARK = 0xA91A;
  private static final int MAX_LENGTH = 1 << 30;

  private Wire() {}

  /** What a message is. The worker's are above, the parent's below. */
  enum Kind {
    /** The worker runs: version, process id. */
    HELLO,
    /** The model is compiled: what that took. */
    READY,
    /** A block is scored. */
    SCORED,
    /** A task is done. */
    DONE,
    /** A task, or the start, failed by an exception. */
    FAILED,
    /** Nothing but a sign of life. */
    ALIVE,
    /** The worker's last words: how it spent its time. */
    TALLY,

    /** The job, and what the worker is to know of it. */
    BEGIN,
    /** A task: a partition at an address. */
    OPEN,
    /** A task: blocks. */
    FEED,
    /** Room for more results of a task. */
    ROOM,
    /** Nothing more comes. */
    END
  }

  /** A message that was received. */
  record Message(Kind kind, byte[] bytes) {
    DataInputStream in() {
      return new DataInputStream(new java.io.ByteArrayInputStream(bytes));
    }
  }

  /** Writes what a message says. */
  interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** A message as bytes. */
  static byte[] message(Kind kind, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeShort(MARK);
      out.writeByte(kind.ordinal());
      out.writeInt(0);
      int head = out.size();
      content.writeTo(out);
      byte[] message = bytes.toByteArray();
      int length = message.length - head;
      for (int i = 0; i < Integer.BYTES; i++) {
        message[head - 1 - i] = (byte) (length >>> (8 * i));
      }
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an aggregation that cannot be written, perhaps
    }
  }

  /** Sends a message; not for two threads at the same time. */
  static void send(OutputStream out, Kind kind, Content content) throws IOException {
    out.write(message(kind, content));
    out.flush();
  }

  /**
   * The next message, or null where the stream ends.
   *
   * @throws IOException if there is something else, or only a part of one
   */
  static Message receive(InputStream in) throws IOException {
    byte[] head = in.readNBytes(7);
    if (head.length == 0) {
      return null;
    }
    int mark = (head[0] & 0xFF) << 8 | (head.length > 1 ? head[1] & 0xFF : 0);
    if (mark != MARK) {
      throw new StrayOutputException(head);
    }
    DataInputStream fields = new DataInputStream(new java.io.ByteArrayInputStream(head));
    fields.readShort();
    int kind = fields.readUnsignedByte();
    int length = fields.readInt();
    if (kind >= Kind.values().length || length < 0 || length > MAX_LENGTH) {
      throw new StrayOutputException(head);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a message of which only a part came");
    }
    return new Message(Kind.values()[kind], bytes);
  }

  /** Bytes where a message should begin. */
  static final class StrayOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    StrayOutputException(byte[] head) {
      super(
          "\"%s\" (%s) where a message should begin"
              .formatted(
                  new String(head, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "."),
                  HexFormat.ofDelimiter(" ").formatHex(head)));
    }
  }

  /** Writes a text of any length, or null. */
  static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what {@link #text(DataOutputStream, String)} wrote. */
  static String text(DataInputStream in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes bytes, or null. */
  static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /** Reads what {@link #bytes(DataOutputStream, byte[])} wrote. */
  static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length > in.available()) {
      throw new EOFException(length + " bytes of which only " + in.available() + " came");
    }
    return length < 0 ? null : in.readNBytes(length);
  }
}
