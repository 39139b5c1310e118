package io.agrippa.engine.process;

import io.agrippa.engine.arrow.BlockDecoder;
import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.BlockWork;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.MoveOrder;
import io.agrippa.engine.run.Outcome;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.WorkerClock;
import io.agrippa.engine.run.WorkerClock.Wait;
import io.agrippa.engine.run.Workload;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's side: one thread computes, one listens to the parent, one gives signs of life. The
 * listener ends the process when the parent is gone, whatever the others do; so no worker outlives
 * its parent, however that ended.
 */
final class Worker {
  private final InputStream in;
  private final OutputStream out; // guarded by this
  private final BlockingQueue<Wire.Message> tasks = new LinkedBlockingQueue<>();
  private final long started = System.nanoTime();

  // Guarded by this: what the parent has not yet delivered of the task at hand.
  private long task = -1;
  private long undelivered;

  private WorkerClock clock;
  private BlockWork work;
  private Results results;
  private boolean dependent; // whether rows depend on rows before them
  private Workload load;
  private Schema columns;
  private BlockDecoder decoder;

  Worker(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Works to the end, and ends the process. */
  void run() {
    int code = 1;
    try {
      send(
          Wire.Kind.HELLO,
          hello -> {
            hello.writeInt(Wire.VERSION);
            hello.writeLong(ProcessHandle.current().pid());
          });
      daemon("agrippa-listener", this::listen).start();
      begin(tasks.take());
      work();
      code = 0;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      // The parent keeps what is printed here.
      System.err.println(Failure.of(e).trace());
    }
    Runtime.getRuntime().halt(code); // nothing is open whose end matters
  }

  private static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void send(Wire.Kind kind, Wire.Content content) throws IOException {
    Wire.send(out, kind, content);
  }

  private void listen() {
    try {
      Wire.Message message = Wire.receive(in);
      while (message != null) {
        if (message.kind() == Wire.Kind.ROOM) {
          DataInputStream fields = message.in();
          room(fields.readLong(), fields.readLong());
        } else {
          tasks.add(message);
        }
        message = Wire.receive(in);
      }
    } catch (EOFException e) {
      // The parent is gone in the middle of a message: the same as between two.
    } catch (IOException e) {
      // The parent no longer makes sense; it keeps what is printed here.
      System.err.println(Failure.of(e).trace());
    }
    Runtime.getRuntime().halt(1);
  }

  private synchronized void room(long ofTask, long bytes) {
    if (ofTask == task) {
      undelivered -= bytes;
      notifyAll();
    }
  }

  private void beat(long millis) {
    try {
      while (true) {
        Thread.sleep(millis);
        send(Wire.Kind.ALIVE, nothing -> {});
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(1); // nobody listens
    }
  }

  private void begin(Wire.Message message) throws IOException {
    DataInputStream fields = message.in();
    int number = fields.readInt();
    long beat = fields.readLong();
    Job job = JobCodec.readJob(fields);
    columns = JobCodec.readSchema(fields);
    daemon("agrippa-beat", () -> beat(beat)).start();
    try {
      load = workbench().open(job, columns);
      clock = new WorkerClock(number, started);
      // Which rows a limit admits is known only to the parent, which then does the reducing.
      Optional<Aggregation> aggregation =
          job.limit().isPresent() ? Optional.empty() : load.aggregation();
      boolean rowsWanted = job.output().isPresent() || job.limit().isPresent();
      results = new Results(load.operator().output(), aggregation, rowsWanted, clock);
      work =
          new BlockWork(
              new MoveOrder(job, load.operator(), results, Optional.empty(), started), clock);
      decoder = new BlockDecoder(columns);
      dependent = !(load.operator().dependency() instanceof RowDependency.None);
    } catch (IOException | RuntimeException e) {
      fail(-1, 0, e);
      return;
    }
    long load = nanos(Phase.LOAD);
    long compile = nanos(Phase.COMPILE);
    send(
        Wire.Kind.READY,
        ready -> {
          ready.writeLong(load);
          ready.writeLong(compile);
        });
    clock.start();
  }

  private long nanos(Phase phase) {
    return load.durations().getOrDefault(phase, Duration.ZERO).toNanos();
  }

  private static Workbench workbench() {
    return ServiceLoader.load(Workbench.class, Worker.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no Workbench is on the class path of the worker"));
  }

  private void fail(long ofTask, int block, Throwable thrown) throws IOException {
    send(
        Wire.Kind.FAILED,
        failed -> {
          failed.writeLong(ofTask);
          failed.writeInt(block);
          Failure.of(thrown).write(failed);
        });
  }

  private void work() throws IOException, InterruptedException {
    Partitions partitions = null;
    Wire.Message message = tasks.take();
    while (message.kind() != Wire.Kind.END) {
      clock.lap(Wait.INPUT);
      Progress progress = new Progress(message.in());
      try {
        if (message.kind() == Wire.Kind.OPEN) {
          if (partitions == null) {
            partitions = load.partitions();
          }
          Partition partition = partitions.at(Wire.bytes(progress.fields));
          work.startPartition(partition);
          try (BlockReader reader = partition.open()) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
              clock.lap(Phase.READ);
              progress.block(block);
            }
          }
          clock.lap(Phase.READ);
        } else {
          feed(progress);
        }
        progress.done();
      } catch (IOException | RuntimeException | StackOverflowError e) {
        fail(progress.task, progress.blocks, e);
      }
      message = tasks.take();
    }
    clock.lap(Wait.INPUT);
    clock.stop();
    if (partitions != null) {
      partitions.close();
    }
    send(Wire.Kind.TALLY, tally -> new Times(clock.time(), clock.phases()).write(tally));
  }

  /** Works on the blocks that came with a task. */
  private void feed(Progress progress) throws IOException, InterruptedException {
    work.startPartition(); // where rows depend on each other, a task is a whole one
    int blocks = progress.fields.readInt();
    List<Block> gathered = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      Block block = decoder.decode(Wire.bytes(progress.fields), 0);
      clock.lap(Phase.READ);
      if (work.looksAhead()) {
        work.gather(block);
        gathered.add(block);
      } else {
        progress.block(block);
      }
    }
    for (Block block : gathered) {
      progress.block(block);
    }
  }

  /** One task on its way. */
  private final class Progress {
    private final DataInputStream fields;
    private final long task;
    private final int skip; // blocks that another worker has given already
    private final long window;
    private final long start;
    private final long busyBefore;
    private int blocks;
    private long rows;

    Progress(DataInputStream fields) throws IOException {
      this.fields = fields;
      task = fields.readLong();
      skip = fields.readInt();
      window = fields.readLong();
      start = clock.marked();
      busyBefore = clock.busy();
      results.startTask();
      synchronized (Worker.this) {
        Worker.this.task = task;
        undelivered = 0;
      }
    }

    void block(Block block) throws IOException, InterruptedException {
      int index = blocks;
      boolean given = index < skip;
      if (!given || results.reduces() || dependent) {
        results.want(!given);
        Outcome.Scored scored = work.process(block);
        if (!given) {
          byte[] packet = results.packet(scored);
          clock.lap(Phase.WRITE);
          awaitRoom(scored.heapBytes());
          send(Wire.Kind.SCORED, message -> write(message, index, scored, packet));
          clock.lap(Phase.WRITE);
        }
      }
      rows += block.rows();
      blocks++; // only now: a failure is that of this block
    }

    private void write(DataOutputStream message, int index, Outcome.Scored scored, byte[] packet)
        throws IOException {
      message.writeLong(task);
      message.writeInt(index);
      message.writeInt(scored.rows());
      message.writeInt(scored.badRows());
      RowProblem problem = scored.firstProblem();
      message.writeBoolean(problem != null);
      if (problem != null) {
        message.writeInt(problem.row());
        Wire.text(message, problem.field());
        Wire.text(message, problem.value());
        Wire.text(message, problem.reason());
      }
      RowDigest digest = scored.digest();
      message.writeLong(digest.sum());
      message.writeLong(digest.order());
      message.writeLong(scored.heapBytes());
      Wire.bytes(message, packet);
    }

    private void awaitRoom(long bytes) throws InterruptedException {
      synchronized (Worker.this) {
        while (undelivered > 0 && undelivered + bytes > window) {
          Worker.this.wait();
        }
        undelivered += bytes;
      }
      clock.lap(Wait.ROOM);
    }

    void done() throws IOException {
      byte[] state = results.state();
      long end = clock.marked();
      send(
          Wire.Kind.DONE,
          message -> {
            message.writeLong(task);
            message.writeInt(blocks);
            message.writeLong(rows);
            message.writeLong(start);
            message.writeLong(end);
            message.writeLong(clock.busy() - busyBefore);
            Wire.bytes(message, state);
            new Times(clock.time(), clock.phases()).write(message);
          });
    }
  }
}
