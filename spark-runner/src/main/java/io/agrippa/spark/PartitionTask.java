package io.agrippa.spark;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.run.BlockWork;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.MoveOrder;
import io.agrippa.engine.run.Outcome;
import io.agrippa.engine.run.WorkerClock;
import io.agrippa.engine.run.WorkerTally;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The work of a task, wherever it runs: opens its partition, scores, reduces, hashes, and writes or
 * hands on. What the tasks of a job have in common comes by broadcast.
 *
 * @param <T> what Spark's partitions hold
 */
final class PartitionTask<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SharedJob> shared;
  private final TaskInput<T> input;
  private final PartFolder parts; // null where tasks write no files of their own
  private final TaskCounters counters;
  private final RowLimits limits;

  private PartitionTask(
      Broadcast<SharedJob> shared,
      TaskInput<T> input,
      PartFolder parts,
      TaskCounters counters,
      RowLimits limits) {
    this.shared = shared;
    this.input = input;
    this.parts = parts;
    this.counters = counters;
    this.limits = limits;
  }

  /** How many of the first rows of a partition count. */
  interface RowLimits extends Serializable {
    long of(int partition);
  }

  /**
   * The task of a job.
   *
   * @param input how to read the partitions
   * @param parts where tasks write to, or null
   * @param counters what to count on
   */
  static <T> PartitionTask<T> of(
      Broadcast<SharedJob> shared, TaskInput<T> input, PartFolder parts, TaskCounters counters) {
    return new PartitionTask<>(shared, input, parts, counters, partition -> Long.MAX_VALUE);
  }

  /** The same task, for the first rows of partitions only. */
  PartitionTask<T> first(RowLimits rows) {
    return new PartitionTask<>(shared, input, parts, counters, rows);
  }

  /** Does it. */
  TaskReport run(Iterator<T> elements) {
    return told(
        () -> {
          try (Moving moving = new Moving(elements, Optional.empty())) {
            while (moving.step()) {
              // one block after the other
            }
            return moving.finish();
          }
        });
  }

  /**
   * Does it while somebody takes the scored rows. A bad row that the policy does not allow is a
   * failure.
   *
   * @param reports takes what is to be told, behind the last row
   */
  Iterator<Row> rows(Iterator<T> elements, TaskReports reports) {
    RowSink sink = new RowSink();
    Moving moving = told(() -> new Moving(elements, Optional.of(sink)));
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  try {
                    moving.close();
                  } catch (IOException e) {
                    throw TaskFailure.of(e);
                  }
                });
    return new RowSink.Taken(
        sink,
        () ->
            told(
                () -> {
                  boolean more = moving.step();
                  if (moving.problem != null) {
                    throw TaskFailure.badRow(moving.problem);
                  }
                  if (!more) {
                    reports.add(moving.finish());
                  }
                  return more;
                }));
  }

  private interface Step<R> {
    R take() throws IOException;
  }

  /** Does something; what fails is told in a form that reaches the driver. */
  private static <R> R told(Step<R> step) {
    try {
      return step.take();
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      if (e instanceof TaskKilledException killed) {
        throw killed; // Spark's own: the job was cancelled, or another attempt was faster
      }
      throw TaskFailure.of(e);
    }
  }

  /** The rows of a partition on their way. */
  private final class Moving implements AutoCloseable {
    private final TaskContext context = TaskContext.get();
    private final long begun = System.nanoTime();
    private final long cpuBegun = processCpu();
    private final WorkerClock clock = new WorkerClock(0, begun);
    private final long most = limits.of(context.partitionId());
    private final String part;
    private final Workload load;
    private final BlockSink sink;
    private final BlockWork work;
    private final BlockReader reader;
    private RowDigest digest = RowDigest.EMPTY;
    private long badRows;
    private RowProblem problem;

    /**
     * @param taker takes the rows; where empty, the job's own output does
     */
    Moving(Iterator<T> elements, Optional<? extends BlockSink> taker) throws IOException {
      part = parts == null ? null : parts.part(context.partitionId(), context.taskAttemptId());
      Job job = shared.value().job(Optional.ofNullable(part).map(file -> parts.dataset(file)));
      clock.start();
      load = shared.value().open(job);
      sink = taker.isPresent() ? taker.get() : load.sink();
      try {
        Optional<Aggregation> aggregation = load.aggregation();
        work = new BlockWork(new MoveOrder(job, load.operator(), sink, aggregation, begun), clock);
        reader = input.open(shared.value(), load, elements);
      } catch (IOException | RuntimeException e) {
        sink.close();
        throw e;
      }
      clock.lap(Phase.READ);
      work.startPartition();
    }

    /** Moves the next block; whether there may be another one. */
    boolean step() throws IOException {
      if (digest.rows() >= most || problem != null) {
        return false;
      }
      context.killTaskIfInterrupted();
      clock.lap(Phase.WRITE); // what whoever takes the rows did with the last block
      Block block = reader.next();
      clock.lap(Phase.READ);
      if (block == null) {
        return false;
      }
      long left = most - digest.rows();
      add(block.rows() <= left ? block : block.first((int) left));
      return true;
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

    /** Makes the output and says what was done. */
    TaskReport finish() throws IOException {
      if (problem == null) {
        sink.commit();
      }
      clock.lap(Phase.WRITE);
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
        state = MemoryBytes.of(reduced::write);
      }
      TaskReport report =
          new TaskReport(
              context.partitionId(),
              context.taskAttemptId(),
              digest.rows(),
              badRows,
              digest.sum(),
              problem == null ? null : TaskReport.Problem.of(problem),
              state,
              part,
              context.taskMetrics().inputMetrics().bytesRead(),
              sink.bytes(),
              begun,
              System.nanoTime(),
              nanos,
              time.cpu().map(Duration::toNanos).orElse(-1L),
              cpuBegun,
              processCpu(),
              time.allocatedBytes().orElse(-1));
      counters.done(report);
      return report;
    }

    private static void add(long[] nanos, Map<Phase, Duration> durations) {
      durations.forEach((phase, time) -> nanos[phase.ordinal()] += time.toNanos());
    }

    @Override
    public void close() throws IOException {
      try (sink) {
        reader.close();
      }
    }
  }

  /** Processor time of this executor's process so far; -1 where the platform does not tell. */
  private static long processCpu() {
    return ProcessCpu.now().map(Duration::toNanos).orElse(-1L);
  }
}
