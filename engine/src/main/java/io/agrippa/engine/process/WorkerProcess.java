package io.agrippa.engine.process;

import io.agrippa.engine.arrow.BlockDecoder;
import io.agrippa.engine.arrow.BlockEncoder;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One worker process, seen by its parent. */
final class WorkerProcess implements AutoCloseable {
  /** A worker needs no time to end: it was killed, or its last message was read. */
  private static final long END_SECONDS = 10;

  private static final int SIGNALLED = 128;
  private static final int BUFFER = 1 << 16;

  private final int number;
  private final Process process;
  private final OutputStream out;
  private final StandardError error;
  private final BlockEncoder encoder;
  private final BlockDecoder decoder;
  private volatile long silentSince; // nanoTime since when the parent waits for a message, or 0
  private volatile String killed; // why the parent ended it

  // Guarded by the lock of Line.
  final ArrayDeque<Task> assigned =
      new ArrayDeque<>(); // not done, in the order in which they were sent
  final ArrayDeque<Room> rooms = new ArrayDeque<>(); // to be sent
  boolean ready;
  boolean gone;
  boolean ended; // was told that nothing more comes

  /** Room for more results of a task. */
  record Room(long task, long bytes) {}

  private WorkerProcess(int number, Process process, Schema input, Schema output) {
    this.number = number;
    this.process = process;
    this.out = new BufferedOutputStream(process.getOutputStream(), BUFFER);
    this.error = new StandardError(process.getErrorStream(), "agrippa-worker-error-" + number);
    this.encoder = new BlockEncoder(input);
    this.decoder = new BlockDecoder(output);
  }

  /** Starts a worker. */
  static WorkerProcess start(int number, List<String> command, Schema input, Schema output)
      throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new IOException(
          "a worker process cannot be started with %s: %s; use threads:N"
              .formatted(command.get(0), e.getMessage()),
          e);
    }
    try {
      WorkerProcess worker = new WorkerProcess(number, process, input, output);
      worker.error.start();
      return worker;
    } catch (RuntimeException | Error e) { // Arrow lacks its flag, or its classes
      process.destroyForcibly();
      throw e;
    }
  }

  int number() {
    return number;
  }

  /** What it is called in messages. */
  String name() {
    return "worker %d (process %d)".formatted(number + 1, process.pid());
  }

  /** The next message, or null when the worker is gone. For the thread that receives. */
  Wire.Message receive() throws IOException {
    silentSince = System.nanoTime() | 1; // never 0
    try {
      return Wire.receive(process.getInputStream());
    } finally {
      silentSince = 0;
    }
  }

  /** Since when the parent waits for a message, in nanoseconds; 0 while it does other things. */
  long silence() {
    long since = silentSince;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  /** Sends a message. For the thread that sends. */
  void send(Wire.Kind kind, Wire.Content content) throws IOException {
    Wire.send(out, kind, content);
  }

  /** Sends a task. For the thread that sends. */
  void send(Task task, int skip, long window) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    for (Block block : task.blocks) {
      packets.add(encoder.encode(block));
    }
    send(
        task.address == null ? Wire.Kind.FEED : Wire.Kind.OPEN,
        message -> {
          message.writeLong(task.id);
          message.writeInt(skip);
          message.writeLong(window);
          if (task.address == null) {
            message.writeInt(packets.size());
            for (byte[] packet : packets) {
              Wire.bytes(message, packet);
            }
          } else {
            Wire.bytes(message, task.address);
          }
        });
  }

  /** The block of a packet. For the thread that receives. */
  Block decode(byte[] packet) throws IOException {
    return decoder.decode(packet, 0);
  }

  /** Waits a moment until it has ended, which follows the end of what it sends. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(END_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends it at once; the first reason is kept. */
  void kill(String why) {
    if (killed == null && process.isAlive()) {
      killed = why;
    }
    process.destroyForcibly();
  }

  /** How it ended, and the last that it printed. Waits until it has. */
  String obituary() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      kill("did not end");
      process.waitFor();
    }
    error.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    String text = error.text();
    return "%s %s%s"
        .formatted(
            name(),
            killed != null ? killed : ended(process.exitValue()),
            text.isEmpty() ? "" : "; it printed: " + text);
  }

  /** Waits, also in a thread that is interrupted: no run ends before its workers have. */
  private void awaitExit() {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String ended(int code) {
    return code > SIGNALLED && code <= SIGNALLED + 64
        ? "was ended by signal " + (code - SIGNALLED)
        : "ended with exit code " + code;
  }

  /** Ends it, waits until it has, and frees what the parent holds for it. */
  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
    encoder.close();
    decoder.close();
    try {
      out.close();
    } catch (IOException e) {
      // Its reader is gone.
    }
  }
}
