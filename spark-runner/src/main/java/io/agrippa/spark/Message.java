package io.agrippa.spark;

import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.process.JobCodec;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What the asker of a job and the driver that it has submitted say to each other over the driver's
 * standard input and output: bytes of our own encoding, never serialized objects.
 */
sealed interface Message {
  /** Asker: do this. */
  record Ask(Job job, String runner) implements Message {}

  /** Asker: give it up. The end of the stream means the same. */
  record Cancel() implements Message {}

  /** Driver: it runs; the session comes next. */
  record Hello() implements Message {}

  /** Driver: the session is there; the processor time of the driver until then, where known. */
  record Ready(Optional<Duration> cpu) implements Message {}

  /** Driver: rows begin to move; -1 where a number is not known. */
  record Started(long rows, long bytes) implements Message {}

  /** Driver: more was done. */
  record Advanced(long rows, long bytes) implements Message {}

  /**
   * Driver: it is done. A measurement as {@link ResultCodec} has it; the state may be null.
   *
   * @param job what was asked, with nothing left to look up
   * @param columns those that were read
   */
  record Done(byte[] measurement, byte[] state, Job job, Schema columns) implements Message {}

  /** Driver: a row could not be scored. */
  record BadRow(String origin, long row, String field, String value, String reason)
      implements Message {
    BadRowException exception() {
      return new BadRowException(origin, row, new RowProblem(0, field, value, reason));
    }
  }

  /** Driver: it failed. */
  record Failed(String kind, String text) implements Message {}

  /**
   * Writes a message and flushes: its kind, its length and what it says, which is read once it is
   * there as a whole.
   */
  static void write(Message message, DataOutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int kind = write(message, bytes);
    out.writeByte(kind);
    out.writeInt(bytes.size());
    bytes.writeTo(out);
    out.flush();
  }

  /** Writes what a message says; returns its kind. */
  private static int write(Message message, ByteArrayOutputStream bytes) throws IOException {
    DataOutputStream out = new DataOutputStream(bytes);
    if (message instanceof Ask ask) {
      JobCodec.write(ask.job(), out);
      text(ask.runner(), out);
      return 1;
    }
    if (message instanceof Cancel) {
      return 2;
    }
    if (message instanceof Hello) {
      return 3;
    }
    if (message instanceof Ready ready) {
      out.writeLong(ready.cpu().map(Duration::toNanos).orElse(-1L));
      return 4;
    }
    if (message instanceof Started started) {
      out.writeLong(started.rows());
      out.writeLong(started.bytes());
      return 5;
    }
    if (message instanceof Advanced advanced) {
      out.writeLong(advanced.rows());
      out.writeLong(advanced.bytes());
      return 6;
    }
    if (message instanceof Done done) {
      bytes(done.measurement(), out);
      bytes(done.state(), out);
      JobCodec.write(done.job(), out);
      JobCodec.write(done.columns(), out);
      return 7;
    }
    if (message instanceof BadRow bad) {
      text(bad.origin(), out);
      out.writeLong(bad.row());
      text(bad.field(), out);
      text(bad.value(), out);
      text(bad.reason(), out);
      return 8;
    }
    Failed failed = (Failed) message;
    text(failed.kind(), out);
    text(failed.text(), out);
    return 9;
  }

  /**
   * The next message, or null where the other end is gone, be it in the middle of one.
   *
   * @throws IOException if what comes is no message
   */
  static Message read(DataInputStream in) throws IOException {
    int kind = in.read();
    if (kind < 0) {
      return null;
    }
    if (kind < 1 || kind > 9) {
      throw new IOException(
          "a message cannot begin with %d: something wrote to the stream between".formatted(kind));
    }
    byte[] bytes;
    try {
      bytes = bytes(in);
    } catch (EOFException e) {
      return null;
    }
    if (bytes == null) {
      throw new IOException("a message of kind %d has no length".formatted(kind));
    }
    return read(kind, new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static Message read(int kind, DataInputStream in) throws IOException {
    return switch (kind) {
      case 1 -> new Ask(JobCodec.readJob(in), text(in));
      case 2 -> new Cancel();
      case 3 -> new Hello();
      case 4 -> new Ready(ResultCodec.known(in.readLong()));
      case 5 -> new Started(in.readLong(), in.readLong());
      case 6 -> new Advanced(in.readLong(), in.readLong());
      case 7 -> new Done(bytes(in), bytes(in), JobCodec.readJob(in), JobCodec.readSchema(in));
      case 8 -> new BadRow(text(in), in.readLong(), text(in), text(in), text(in));
      default -> new Failed(text(in), text(in));
    };
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }
}
