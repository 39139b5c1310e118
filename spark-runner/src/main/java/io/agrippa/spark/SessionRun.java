package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

  private final SparkSession session;
  private final SparkContext context;
  private final String name;
  private final Job asked;
  private final Workbench workbench;
  private final RunControl control;
  private final String group = "agrippa-" + UUID.randomUUID();
  private final long start = System.nanoTime();
  private final Optional<Duration> cpu = ProcessCpu.now();
  private Bound bound;

  /**
   * What a job was in the end.
   *
   * @param job with nothing left to look up
   * @param columns those that tasks have read
   */
  record Bound(Job job, Schema columns) {}

  SessionRun(
      SparkSession session, String name, Job asked, Workbench workbench, RunControl control) {
    this.session = session;
    this.context = session.sparkContext();
    this.name = name;
    this.asked = asked;
    this.workbench = workbench;
    this.control = control;
  }

  RunResult run() throws IOException, InterruptedException {
    if (control.isCancelled()) {
      throw new InterruptedException("the run was cancelled before it began");
    }
    // Executors need the document's bytes, so it is read here rather than by the workbench.
    Optional<ModelBytes> model = Optional.empty();
    if (asked.model().isPresent()) {
      model = Optional.of(ModelBytes.read(asked.model().get()));
    }
    Workbench bench = model.map(ModelBytes::workbench).orElse(workbench);
    Optional<SparkPlace> place = SparkPlace.of(asked.input());
    if (place.isPresent()) {
      FrameSource frame = place.get().source(session);
      requireIndependentRows(bench, frame.schema());
      // How it is cut is Spark's business.
      Workload load = bench.open(asked.with(new Partitioning.Natural()), frame);
      try (Partitions columns = load.partitions()) {
        Feed<Row> feed = frame.feed(columns.schema(), asked.partitioning());
        return run(load, columns.schema(), feed, model);
      }
    }
    Workload load = bench.open(asked);
    try (Partitions partitions = load.partitions()) {
      requireNoRowsBehind(load);
      return run(load, partitions.schema(), Feed.ofAddresses(context, partitions), model);
    }
  }

  private void requireIndependentRows(Workbench bench, Schema columns) throws IOException {
    Workload load = bench.open(asked.keeping(List.of()), columns);
    if (!(load.operator().dependency() instanceof RowDependency.None)) {
      throw new IllegalArgumentException(
          "%s: the model computes from %s, but rows that Spark reads have no order; %s"
              .formatted(
                  asked.input().place(),
                  load.operator().dependency().words(),
                  load.operator().dependency().looksAhead()
                      ? "name a file that the engine reads, and run the job with processes:N or threads:N"
                      : "name a file that the engine reads, such as CSV or Parquet"));
    }
  }

  /** Executors go through their rows once. */
  private void requireNoRowsBehind(Workload load) throws IOException {
    if (load.operator().dependency().looksAhead()) {
      throw new IllegalArgumentException(
          "%s: the model computes from rows behind each row (it has an Aggregate), which executors of Spark have not read yet; run the job with processes:N or threads:N"
              .formatted(asked.input().place()));
    }
  }

  /** What the job was, once it has run. */
  Bound bound() {
    return bound;
  }

  private <T> RunResult run(Workload load, Schema columns, Feed<T> feed, Optional<ModelBytes> model)
      throws IOException, InterruptedException {
    bound = new Bound(load.job(), columns);
    control.listener().started(load.rows(), load.bytes());
    long broadcasting = System.nanoTime();
    Broadcast<SharedJob> shared =
        JavaSparkContext.fromSparkContext(context)
            .broadcast(SharedJob.of(model, load.job(), columns));
    long broadcast = System.nanoTime() - broadcasting;
    TaskTimes times = new TaskTimes(group);
    context.addSparkListener(times);
    try {
      return move(load, columns, feed, shared, times, Duration.ofNanos(broadcast));
    } finally {
      context.removeSparkListener(times);
      shared.destroy();
    }
  }

  private static Tally tally(Workload load, Schema columns, Feed<?> feed, RunListener listener)
      throws IOException {
    return new Tally(feed.cuts(), columns, load.job(), load.aggregation(), listener);
  }

  /** For rows that are scored without being written, or whose progress is told elsewhere. */
  private static Tally silent(Workload load, Schema columns, Feed<?> feed) throws IOException {
    return tally(load, columns, feed, RunListener.NONE);
  }

  private <T> RunResult move(
      Workload load,
      Schema columns,
      Feed<T> feed,
      Broadcast<SharedJob> shared,
      TaskTimes times,
      Duration broadcast)
      throws IOException, InterruptedException {
    Job job = load.job();
    Optional<SparkPlace> sink = job.output().flatMap(SparkPlace::of);
    PartFolder folder = job.output().isPresent() && sink.isEmpty() ? folder(job) : null;
    Runnable cancel = () -> cancel(folder);
    control.onCancel(cancel);
    try {
      TaskCounters counters = new TaskCounters(context);
      PartitionTask<T> task = PartitionTask.of(shared, feed.opening(), folder, counters);
      long moving = System.currentTimeMillis();
      long movingSince = System.nanoTime() - start;
      Tally tally;
      long committing;
      if (sink.isPresent()) {
        tally = silent(load, columns, feed);
        committing = write(sink.get(), load, columns, feed, task, tally, times);
      } else {
        tally = tally(load, columns, feed, control.listener());
        scoreAll(task, feed, tally, job);
        committing = System.nanoTime();
      }
      if (folder != null) {
        commit(folder, tally, job);
      }
      Duration commit = Duration.ofNanos(System.nanoTime() - committing);
      SessionMeasurement measurement =
          new SessionMeasurement(start, moving - movingSince / 1_000_000, cpu, tally, times);
      measurement.add(Phase.BROADCAST, broadcast);
      if (job.output().isPresent()) {
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

  private PartFolder folder(Job job) throws IOException {
    control.opening();
    try {
      return PartFolder.create(job.output().get(), job.input().place());
    } finally {
      control.opened();
    }
  }

  /**
   * Has Spark write the rows, by its own means for the format. What tasks tell comes by the side.
   * What fails ends the tasks, and what they have not finished at a new place is deleted.
   *
   * @return {@link System#nanoTime} when the last task was done
   */
  private <T> long write(
      SparkPlace sink,
      Workload load,
      Schema columns,
      Feed<T> feed,
      PartitionTask<T> task,
      Tally tally,
      TaskTimes times)
      throws IOException, InterruptedException {
    Job job = load.job();
    sink.requireOther(session, feed.files());
    PartitionTask<T> writing = task;
    if (job.limit().isPresent()) { // which rows it admits is to be known before they are written
      Tally counting = silent(load, columns, feed);
      scoreAll(task, feed, counting, job);
      Map<Integer, Long> admitted = new HashMap<>();
      counting.counted().forEach(part -> admitted.put(part.partition(), part.rows()));
      writing = task.first(partition -> admitted.getOrDefault(partition, 0L));
    }
    Schema output = load.operator().output();
    TaskReports reports =
        new TaskReports(
            report -> {
              long bytes = feed.cuts().get(report.partition()).bytes() + report.bytesIn();
              control.listener().advanced(report.rows(), bytes);
            });
    context.register(reports);
    PartitionTask<T> ofAll = writing;
    JavaRDD<Row> rows =
        feed.partitions() == null
            ? JavaSparkContext.fromSparkContext(context).emptyRDD()
            : feed.partitions().mapPartitions(elements -> ofAll.rows(elements, reports));
    requireRunning();
    boolean isNew = sink.isNew(session);
    context.setJobGroup(group, JobTitle.of(job), true);
    try {
      sink.write(RowSink.frame(session, rows, output));
    } catch (IOException e) {
      context.cancelJobGroup(group); // the job of a write that was interrupted goes on otherwise
      if (isNew) {
        sink.deleteUnfinished(session, times, e);
      }
      requireRunning();
      if (TaskFailure.isBadRow(e)) {
        scoreAll(task, feed, silent(load, columns, feed), job); // finds the first of the input
      }
      rethrow(TaskFailure.found(e).orElse(e));
    } finally {
      context.clearJobGroup();
    }
    long done = System.nanoTime();
    reports.value().values().forEach(tally::take);
    return done;
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
  private <T> void scoreAll(PartitionTask<T> task, Feed<T> feed, Tally tally, Job job)
      throws IOException, InterruptedException {
    int count = tally.partitions();
    if (count == 0) {
      return;
    }
    int wave = job.limit().isEmpty() ? count : Math.max(1, context.defaultParallelism());
    for (int next = 0; next < count && !tally.isFull(); wave *= GROWTH) {
      int end = (int) Math.min(count, (long) next + wave);
      submit(task, feed, IntStream.range(next, end).boxed().toList(), tally, job);
      next = end;
      while (tally.isCut()) {
        long admitted = tally.left();
        submit(task.first(partition -> admitted), feed, List.of(tally.next()), tally, job);
      }
    }
  }

  private <T> void submit(
      PartitionTask<T> task, Feed<T> feed, List<Integer> partitions, Tally tally, Job job)
      throws IOException, InterruptedException {
    requireRunning();
    Function2<TaskContext, Iterator<T>, TaskReport> work =
        (Function2<TaskContext, Iterator<T>, TaskReport> & Serializable)
            (context, elements) -> task.run(CollectionConverters.asJava(elements));
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
          feed.partitions().rdd(),
          work,
          ScalaLists.<Object>of(partitions),
          take,
          ClassTag$.MODULE$.apply(TaskReport.class));
    } catch (Exception e) { // of Scala: checked exceptions come undeclared
      if (e instanceof InterruptedException interrupted) {
        context.cancelJobGroup(group);
        throw interrupted;
      }
      requireRunning();
      if (!tally.isDecided()) {
        rethrow(
            TaskFailure.found(e)
                .orElseGet(() -> new IOException("Spark gave the job up: " + e.getMessage(), e)));
      }
    } finally {
      context.clearJobGroup();
    }
  }

  private static void rethrow(Exception failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    throw (RuntimeException) failure;
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
