package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** One job in a session. For one thread, once. */
final class SessionRun {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRun.class);

  /** How many times more partitions a limited job tries when those before held too few rows. */
  private static final int GROWTH = 4;

  private final SparkContext context;
  private final String name;
  private final Job asked;
  private final Workbench workbench;
  private final RunControl control;
  private final String group = "agrippa-" + UUID.randomUUID();
  private final long start = System.nanoTime();
  private final Optional<Duration> cpu = ProcessCpu.now();

  /** A partition as the driver knows it. */
  record Cut(String origin, long bytes, byte[] address) {}

  SessionRun(
      SparkContext context, String name, Job asked, Workbench workbench, RunControl control) {
    this.context = context;
    this.name = name;
    this.asked = asked;
    this.workbench = workbench;
    this.control = control;
  }

  RunResult run() throws IOException, InterruptedException {
    // Executors need the document's bytes, so it is read here rather than by the workbench.
    Optional<ModelBytes> model = Optional.empty();
    if (asked.model().isPresent()) {
      model = Optional.of(ModelBytes.read(asked.model().get()));
    }
    Workload load = model.map(ModelBytes::workbench).orElse(workbench).open(asked);
    List<Cut> cuts = new ArrayList<>();
    try (Partitions partitions = load.partitions()) {
      for (Partition next = partitions.next(); next != null; next = partitions.next()) {
        cuts.add(cut(next));
      }
      control.listener().started(load.rows(), load.bytes());
      Tally tally =
          new Tally(cuts, partitions.schema(), load.job(), load.aggregation(), control.listener());
      long broadcasting = System.nanoTime();
      Broadcast<SharedModel> shared =
          JavaSparkContext.fromSparkContext(context)
              .broadcast(model.map(SharedModel::of).orElseGet(SharedModel::none));
      long broadcast = System.nanoTime() - broadcasting;
      TaskTimes times = new TaskTimes(group);
      context.addSparkListener(times);
      try {
        return move(load, partitions, shared, times, tally, Duration.ofNanos(broadcast));
      } finally {
        context.removeSparkListener(times);
        shared.destroy();
      }
    }
  }

  private static Cut cut(Partition partition) {
    byte[] address =
        partition
            .address()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: executors cannot open what can be read only where it was found: standard input, compressed text, cuts by key; name plain CSV or Parquet files, cut otherwise, or use a local runner"
                            .formatted(partition.origin())));
    return new Cut(partition.origin(), partition.bytes(), address);
  }

  private RunResult move(
      Workload load,
      Partitions partitions,
      Broadcast<SharedModel> shared,
      TaskTimes times,
      Tally tally,
      Duration broadcast)
      throws IOException, InterruptedException {
    Job job = load.job();
    PartFolder parts = null;
    control.opening();
    try {
      if (job.output().isPresent()) {
        parts = PartFolder.create(job.output().get(), job.input().place());
      }
    } finally {
      control.opened();
    }
    PartFolder folder = parts;
    Runnable cancel = () -> cancel(folder);
    control.onCancel(cancel);
    try {
      TaskCounters counters = new TaskCounters(context);
      PartitionTask task = PartitionTask.of(shared, job, partitions.schema(), folder, counters);
      long moving = System.currentTimeMillis();
      long movingSince = System.nanoTime() - start;
      scoreAll(task, tally, job);
      long committing = System.nanoTime();
      if (folder != null) {
        commit(folder, tally, job);
      }
      Duration commit = Duration.ofNanos(System.nanoTime() - committing);
      SessionMeasurement measurement =
          new SessionMeasurement(start, moving - movingSince / 1_000_000, cpu, tally, times);
      measurement.add(Phase.BROADCAST, broadcast);
      if (folder != null) {
        measurement.add(Phase.COMMIT, commit);
      }
      load.durations().forEach(measurement::add);
      return new RunResult(measurement.of(load.provenance(), name), tally.state());
    } finally {
      control.forget(cancel);
      if (folder != null) {
        sweep(folder);
      }
    }
  }

  /** How the run ends does not depend on what cannot be deleted. */
  private static void sweep(PartFolder folder) {
    try {
      folder.delete();
    } catch (IOException e) {
      LOG.warn("what attempts of tasks have left stays; delete it", e);
    }
  }

  private void cancel(PartFolder folder) {
    context.cancelJobGroup(group);
    if (folder != null) {
      try {
        folder.delete();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void commit(PartFolder folder, Tally tally, Job job)
      throws IOException, InterruptedException {
    requireRunning();
    List<String> files = new ArrayList<>(tally.parts());
    if (files.isEmpty()) { // no rows are a valid output, too
      String part = folder.part(0, 0);
      Workload empty = workbench.open(job.into(Optional.of(folder.dataset(part))), tally.columns());
      try (BlockSink sink = empty.sink()) {
        sink.commit();
      }
      files.add(part);
    }
    folder.commit(files);
  }

  private void requireRunning() throws InterruptedException {
    if (control.isCancelled() || Thread.interrupted()) {
      throw new InterruptedException("the run was cancelled");
    }
  }

  /**
   * All partitions at once; where there is a limit, some and then more, as long as the rows before
   * are too few.
   */
  private void scoreAll(PartitionTask task, Tally tally, Job job)
      throws IOException, InterruptedException {
    int count = tally.partitions();
    if (count == 0) {
      return;
    }
    RDD<byte[]> addresses =
        JavaSparkContext.fromSparkContext(context).parallelize(tally.addresses(), count).rdd();
    int wave = job.limit().isEmpty() ? count : Math.max(1, context.defaultParallelism());
    for (int next = 0; next < count && !tally.isFull(); wave *= GROWTH) {
      int end = (int) Math.min(count, (long) next + wave);
      submit(task, addresses, IntStream.range(next, end).boxed().toList(), tally, job);
      next = end;
      while (tally.isCut()) {
        submit(task.first(tally.left()), addresses, List.of(tally.next()), tally, job);
      }
    }
  }

  private void submit(
      PartitionTask task, RDD<byte[]> addresses, List<Integer> partitions, Tally tally, Job job)
      throws IOException, InterruptedException {
    requireRunning();
    Function2<TaskContext, Iterator<byte[]>, TaskReport> work =
        (Function2<TaskContext, Iterator<byte[]>, TaskReport> & Serializable)
            (context, one) -> task.run(one.next());
    Function2<Object, TaskReport, BoxedUnit> take =
        (position, report) -> {
          if (tally.take(report)) { // a bad row that nothing in front of it can precede
            context.cancelJobGroup(group);
          }
          return BoxedUnit.UNIT;
        };
    context.setJobGroup(group, description(job, partitions, tally.partitions()), true);
    try {
      context.runJob(
          addresses,
          work,
          CollectionConverters.asScala(new ArrayList<Object>(partitions)).toSeq(),
          take,
          ClassTag$.MODULE$.apply(TaskReport.class));
    } catch (Exception e) { // of Scala: checked exceptions come undeclared
      if (e instanceof InterruptedException interrupted) {
        context.cancelJobGroup(group);
        throw interrupted;
      }
      requireRunning();
      if (!tally.isDecided()) {
        Exception failure = TaskFailure.rethrown(e);
        if (failure instanceof IOException io) {
          throw io;
        }
        throw (RuntimeException) failure;
      }
    } finally {
      context.clearJobGroup();
    }
  }

  private static String description(Job job, List<Integer> partitions, int all) {
    String title = JobTitle.of(job);
    if (partitions.size() == all) {
      return title;
    }
    int first = partitions.get(0) + 1;
    int last = partitions.get(partitions.size() - 1) + 1;
    String some = first == last ? "partition " + first : "partitions " + first + " to " + last;
    return title + " (" + some + " of " + all + ")";
  }
}
