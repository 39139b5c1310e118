package io.agrippa.engine.process;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.MoveOrder;
import io.agrippa.engine.run.Outcome;
import io.agrippa.engine.run.WorkerTally;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The place of one worker: starts it, receives what it sends, and starts another when it is gone.
 * What came is decoded and encoded for the output here, so each worker has a thread of the parent
 * for that.
 */
final class Slot extends Thread {
  /** A virtual machine may take that long to come up on a busy machine. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final int number;
  private final WorkerSettings settings;
  private final MoveOrder order;
  private final Schema input;
  private final Line line;
  private final BlockSink.Encoded nothing; // for outputs that drop their rows
  private volatile WorkerProcess worker;
  private volatile boolean heard; // anything, of this worker
  private boolean useful; // whether the last worker did anything, if only to end in a task
  private long started; // of this worker, in nanoseconds since the start of the run
  private Times sum; // of workers that are gone
  private Times last; // of this worker, as far as it told
  private Duration ready;
  private long writing; // nanoseconds that this thread spent on results
  private long loading; // nanoseconds that workers did
  private long compiling;
  private final List<String> incidents = new ArrayList<>();

  Slot(int number, WorkerSettings settings, MoveOrder order, Schema input, Line line)
      throws IOException {
    super("agrippa-worker-" + (number + 1));
    setDaemon(true);
    this.number = number;
    this.settings = settings;
    this.order = order;
    this.input = input;
    this.line = line;
    this.ready = sinceStart();
    this.sum = Times.none(number, ready);
    Job job = order.job();
    boolean rowsWanted = job.output().isPresent() || job.limit().isPresent();
    this.nothing =
        rowsWanted ? null : order.sink().encode(EmptyBlocks.of(order.operator().output()));
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - order.runStart());
  }

  @Override
  public void run() {
    try {
      int inVain = 0; // workers that ended one after the other without having been of any use
      while (line.needsWorkers()) {
        String end = runWorker();
        inVain = useful ? 0 : inVain + 1;
        if (inVain == settings.attempts() && line.needsWorkers()) {
          throw new IOException(
              "worker processes cannot be started: %d ended before they did any work, the last so: %s"
                  .formatted(inVain, end));
        }
      }
    } catch (Throwable e) { // the end of the thread: the one that waits rethrows it, as it is
      line.stop(e);
    } finally {
      line.leave();
    }
  }

  /** Starts one worker and stays until it is gone; how it ended. */
  private String runWorker() throws IOException, InterruptedException {
    heard = false;
    last = null;
    started = sinceStart().toNanos();
    Schema output = order.operator().output();
    try (WorkerProcess process = WorkerProcess.start(number, settings.command(), input, output)) {
      worker = process;
      Thread sender = new Thread(() -> sendTo(process), getName() + "-sender");
      sender.setDaemon(true);
      sender.start();
      String end;
      try {
        receive(process);
        end = process.obituary();
      } finally {
        worker = null;
        process.kill("was ended"); // where it has not ended, so that nothing holds the sender up
        if (last != null) { // also of a worker that was ended because the limit was reached
          sum = last.after(sum, ready);
        }
        sender.interrupt();
        sender.join();
      }
      boolean undone = line.lost(process, end);
      if (undone) {
        incidents.add(end + "; what it left undone was done again");
      }
      useful = undone || last != null;
      return end;
    }
  }

  /** Receives until the worker is gone. */
  private void receive(WorkerProcess process) throws IOException, InterruptedException {
    try {
      receiveFrom(process);
    } catch (Wire.StrayOutputException e) {
      process.kill("was ended");
      throw new IOException(
          "%s wrote %s; something in it writes to standard output past System.out: %s"
              .formatted(process.name(), e.getMessage(), process.obituary()),
          e);
    } catch (EOFException e) {
      process.awaitEnd(); // of what it died, where it did
      process.kill("was ended in the middle of a message");
    } catch (IOException e) {
      process.kill("was ended, because what it sent makes no sense");
      throw new IOException(process.obituary() + ": " + e.getMessage(), e);
    }
  }

  private void sendTo(WorkerProcess process) {
    try {
      process.send(
          Wire.Kind.BEGIN,
          begin -> {
            begin.writeInt(number);
            begin.writeLong(Math.max(1, settings.silence().toMillis() / 10));
            JobCodec.write(order.job(), begin);
            JobCodec.write(input, begin);
          });
      for (Line.Order next = line.next(process); next != null; next = line.next(process)) {
        if (next instanceof Line.Order.Work work) {
          process.send(work.task(), work.skip(), settings.window());
        } else if (next instanceof Line.Order.Room room) {
          process.send(
              Wire.Kind.ROOM,
              message -> {
                message.writeLong(room.room().task());
                message.writeLong(room.room().bytes());
              });
        } else {
          process.send(Wire.Kind.END, message -> {});
        }
      }
    } catch (IOException e) {
      // The worker is gone, which the thread that receives notices too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by that thread
    } catch (RuntimeException | Error e) { // the end of the thread, as in run()
      line.stop(e);
    }
  }

  private void receiveFrom(WorkerProcess process) throws IOException {
    for (Wire.Message message = process.receive(); message != null; message = process.receive()) {
      heard = true;
      DataInputStream in = message.in();
      switch (message.kind()) {
        case HELLO -> {
          int version = in.readInt();
          if (version != Wire.VERSION) {
            throw new IOException("it speaks version " + version);
          }
          started = sinceStart().toNanos();
        }
        case READY -> {
          loading += in.readLong();
          compiling += in.readLong();
          ready = sinceStart();
          line.ready(process);
        }
        case SCORED -> scored(process, in);
        case DONE -> done(process, in);
        case FAILED -> failed(process, in);
        case ALIVE -> {}
        case TALLY -> last = Times.read(in);
        case BEGIN, OPEN, FEED, ROOM, END ->
            throw new IOException("a worker does not send " + message.kind());
      }
    }
  }

  private void scored(WorkerProcess process, DataInputStream in) throws IOException {
    long begun = System.nanoTime();
    long task = in.readLong();
    int index = in.readInt();
    int rows = in.readInt();
    int badRows = in.readInt();
    RowProblem problem =
        in.readBoolean()
            ? new RowProblem(in.readInt(), Wire.text(in), Wire.text(in), Wire.text(in))
            : null;
    RowDigest digest = new RowDigest(rows, in.readLong(), in.readLong());
    long heapBytes = in.readLong();
    byte[] packet = Wire.bytes(in);
    boolean limited = order.job().limit().isPresent();
    Block block = packet == null ? null : process.decode(packet);
    BlockSink.Encoded encoded;
    try {
      encoded = block == null ? nothing : order.sink().encode(block);
    } catch (IOException | RuntimeException e) {
      line.failed(process, task, e);
      return;
    }
    Outcome.Scored scored =
        new Outcome.Scored(
            rows, badRows, problem, encoded, digest, limited ? block : null, heapBytes);
    line.received(process, task, index, scored);
    writing += System.nanoTime() - begun;
  }

  private void done(WorkerProcess process, DataInputStream in) throws IOException {
    long task = in.readLong();
    int blocks = in.readInt();
    long rows = in.readLong();
    long start = started + in.readLong();
    long end = started + in.readLong();
    long busy = in.readLong();
    byte[] state = Wire.bytes(in);
    last = Times.read(in);
    line.done(process, task, blocks, rows, start, end, busy, state);
  }

  private void failed(WorkerProcess process, DataInputStream in) throws IOException {
    long task = in.readLong();
    in.readInt();
    Exception failure = Failure.read(in).exception(process.name());
    if (task < 0) {
      line.stop(failure); // it could not begin, and no other could
    } else {
      line.failed(process, task, failure);
    }
  }

  /** Ends the worker if nothing was heard of it for too long. For the thread that supervises. */
  void watch() {
    WorkerProcess watched = worker;
    if (watched == null) {
      return;
    }
    long allowed = settings.silence().toNanos();
    long limit = heard ? allowed : Math.max(allowed, START_NANOS);
    if (watched.silence() > limit) {
      watched.kill("was silent for more than %.1f s and was ended".formatted(limit / 1e9));
    }
  }

  /** Ends the worker, because the run is over. For the thread that supervises. */
  void kill() {
    WorkerProcess current = worker;
    if (current != null) {
      current.kill("was ended with the run");
    }
  }

  /** What all workers of this place took, with what this thread did for them. When it has ended. */
  WorkerTally tally() {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    phases.putAll(sum.phases());
    phases.merge(Phase.WRITE, Duration.ofNanos(writing), Duration::plus);
    phases.merge(Phase.LOAD, Duration.ofNanos(loading), Duration::plus);
    phases.merge(Phase.COMPILE, Duration.ofNanos(compiling), Duration::plus);
    return new WorkerTally(sum.time(), phases, Optional.empty(), incidents);
  }
}
