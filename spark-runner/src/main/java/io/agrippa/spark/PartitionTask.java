package io.agrippa.spark;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.process.JobCodec;
import io.agrippa.engine.run.BlockWork;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.MoveOrder;
import io.agrippa.engine.run.Outcome;
import io.agrippa.engine.run.WorkerClock;
import io.agrippa.engine.run.WorkerTally;
import io.agrippa.engine.run.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;

/**
 * The work of a task, wherever it runs: opens its partition at the address, scores, reduces, hashes
 * and writes. Travels as the job's own encoding; the model comes by broadcast.
 */
final class PartitionTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SharedModel> shared;
  private final byte[] job;
  private final byte[] columns;
  private final PartFolder parts; // null where the job has no output
  private final TaskCounters counters;
  private final long mostRows;

  private PartitionTask(
      Broadcast<SharedModel> shared,
      byte[] job,
      byte[] columns,
      PartFolder parts,
      TaskCounters counters,
      long mostRows) {
    this.shared = shared;
    this.job = job;
    this.columns = columns;
    this.parts = parts;
    this.counters = counters;
    this.mostRows = mostRows;
  }

  /**
   * The task of a job.
   *
   * @param job as its workload on the driver has it; its limit is the driver's, who says how many
   *     rows of a partition count
   * @param columns the schema of the partitions there
   * @param parts where tasks write to, or null
   * @param counters what to count on
   */
  static PartitionTask of(
      Broadcast<SharedModel> shared,
      Job job,
      Schema columns,
      PartFolder parts,
      TaskCounters counters) {
    return new PartitionTask(
        shared,
        bytes(out -> JobCodec.write(job.unlimited(), out)),
        bytes(out -> JobCodec.write(columns, out)),
        parts,
        counters,
        Long.MAX_VALUE);
  }

  /** The same task, for the first rows of its partition only. */
  PartitionTask first(long rows) {
    return new PartitionTask(shared, job, columns, parts, counters, rows);
  }

  /** Does it. */
  TaskReport run(byte[] address) {
    try {
      return tryRun(address);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      if (e instanceof TaskKilledException killed) {
        throw killed; // Spark's own: the job was cancelled, or another attempt was faster
      }
      throw TaskFailure.of(e);
    }
  }

  private TaskReport tryRun(byte[] address) throws IOException {
    TaskContext context = TaskContext.get();
    int index = context.partitionId();
    Job asked = JobCodec.readJob(in(job));
    String part = null;
    if (parts != null) {
      part = parts.part(index, context.taskAttemptId());
      asked = asked.into(Optional.of(parts.dataset(part)));
    }
    long begun = System.nanoTime();
    long cpuBegun = processCpu();
    WorkerClock clock = new WorkerClock(0, begun);
    clock.start();
    Workload load = shared.value().workbench().open(asked, JobCodec.readSchema(in(columns)));
    try (BlockSink sink = load.sink();
        Partitions partitions = load.partitions()) {
      Optional<Aggregation> aggregation = load.aggregation();
      BlockWork work =
          new BlockWork(new MoveOrder(asked, load.operator(), sink, aggregation, begun), clock);
      clock.lap(Phase.READ);
      Moved moved = new Moved(work, sink, clock, context, counters);
      try (BlockReader reader = partitions.at(address).open()) {
        moved.all(reader, mostRows);
      }
      if (moved.problem == null) {
        sink.commit();
      }
      clock.lap(Phase.WRITE);
      TaskReport report = moved.report(index, load, part, sink.bytes(), begun, cpuBegun);
      counters.done(report);
      return report;
    }
  }

  /** The rows of a partition on their way. */
  private static final class Moved {
    private final BlockWork work;
    private final BlockSink sink;
    private final WorkerClock clock;
    private final TaskContext context;
    private final TaskCounters counters;
    private RowDigest digest = RowDigest.EMPTY;
    private long badRows;
    private RowProblem problem;

    Moved(
        BlockWork work,
        BlockSink sink,
        WorkerClock clock,
        TaskContext context,
        TaskCounters counters) {
      this.work = work;
      this.sink = sink;
      this.clock = clock;
      this.context = context;
      this.counters = counters;
    }

    void all(BlockReader reader, long mostRows) throws IOException {
      work.startPartition();
      while (digest.rows() < mostRows && problem == null) {
        context.killTaskIfInterrupted();
        Block block = reader.next();
        clock.lap(Phase.READ);
        if (block == null) {
          return;
        }
        long left = mostRows - digest.rows();
        add(block.rows() <= left ? block : block.first((int) left));
      }
    }

    private void add(Block block) throws IOException {
      Outcome.Scored scored = work.process(block);
      if (scored.encoded() == null) { // a bad row that the policy does not allow
        problem = scored.firstProblem();
        digest = new RowDigest(digest.rows() + problem.row(), 0, 0); // counts the rows in front
        return;
      }
      sink.append(scored.encoded());
      clock.lap(Phase.WRITE);
      digest = digest.then(scored.digest());
      badRows += scored.badRows();
      counters.scored(scored.digest().rows(), scored.badRows());
    }

    TaskReport report(
        int index, Workload load, String part, long bytesOut, long begun, long cpuBegun)
        throws IOException {
      WorkerTally tally = work.tally();
      WorkerTime time = tally.time();
      long[] nanos = new long[Phase.values().length];
      add(nanos, tally.phases());
      add(nanos, load.durations());
      // Loading and compiling passed on the clock before the first rows were read.
      Duration ready = load.durations().values().stream().reduce(Duration.ZERO, Duration::plus);
      nanos[Phase.READ.ordinal()] = Math.max(0, nanos[Phase.READ.ordinal()] - ready.toNanos());
      byte[] state = null;
      if (tally.state().isPresent()) {
        Aggregation.State reduced = tally.state().get();
        state = bytes(reduced::write);
      }
      return new TaskReport(
          index,
          context.taskAttemptId(),
          digest.rows(),
          badRows,
          digest.sum(),
          problem == null ? null : TaskReport.Problem.of(problem),
          state,
          part,
          bytesOut,
          begun,
          System.nanoTime(),
          nanos,
          time.cpu().map(Duration::toNanos).orElse(-1L),
          cpuBegun,
          processCpu(),
          time.allocatedBytes().orElse(-1));
    }

    private static void add(long[] nanos, Map<Phase, Duration> durations) {
      durations.forEach((phase, time) -> nanos[phase.ordinal()] += time.toNanos());
    }
  }

  /** Processor time of this executor's process so far; -1 where the platform does not tell. */
  static long processCpu() {
    return ProcessCpu.now().map(Duration::toNanos).orElse(-1L);
  }

  private interface Writing {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
