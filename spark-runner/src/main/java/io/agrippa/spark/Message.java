package io.agrippa.spark;

import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.process.JobCodec;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
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

  /** Writes a message and flushes. */
  static void write(Message message, DataOutputStream out) throws IOException {
    if (message instanceof Ask ask) {
      out.writeByte(1);
      JobCodec.write(ask.job(), out);
      text(ask.runner(), out);
    } else if (message instanceof Cancel) {
      out.writeByte(2);
    } else if (message instanceof Hello) {
      out.writeByte(3);
    } else if (message instanceof Ready ready) {
      out.writeByte(4);
      out.writeLong(ready.cpu().map(Duration::toNanos).orElse(-1L));
    } else if (message instanceof Started started) {
      out.writeByte(5);
      out.writeLong(started.rows());
      out.writeLong(started.bytes());
    } else if (message instanceof Advanced advanced) {
      out.writeByte(6);
      out.writeLong(advanced.rows());
      out.writeLong(advanced.bytes());
    } else if (message instanceof Done done) {
      out.writeByte(7);
      bytes(done.measurement(), out);
      bytes(done.state(), out);
      JobCodec.write(done.job(), out);
      JobCodec.write(done.columns(), out);
    } else if (message instanceof BadRow bad) {
      out.writeByte(8);
      text(bad.origin(), out);
      out.writeLong(bad.row());
      text(bad.field(), out);
      text(bad.value(), out);
      text(bad.reason(), out);
    } else if (message instanceof Failed failed) {
      out.writeByte(9);
      text(failed.kind(), out);
      text(failed.text(), out);
    }
    out.flush();
  }

  /**
   * The next message, or null where the other end is gone.
   *
   * @throws IOException if what comes is no message
   */
  static Message read(DataInputStream in) throws IOException {
    int kind = in.read();
    try {
      return switch (kind) {
        case -1 -> null;
        case 1 -> new Ask(JobCodec.readJob(in), text(in));
        case 2 -> new Cancel();
        case 3 -> new Hello();
        case 4 -> new Ready(ResultCodec.known(in.readLong()));
        case 5 -> new Started(in.readLong(), in.readLong());
        case 6 -> new Advanced(in.readLong(), in.readLong());
        case 7 -> new Done(bytes(in), bytes(in), JobCodec.readJob(in), JobCodec.readSchema(in));
        case 8 -> new BadRow(text(in), in.readLong(), text(in), text(in), text(in));
        case 9 -> new Failed(text(in), text(in));
        default ->
            throw new IOException(
                "a message cannot begin with %d: something wrote to the stream between"
                    .formatted(kind));
      };
    } catch (EOFException e) {
      return null; // gone in the middle of one
    }
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
