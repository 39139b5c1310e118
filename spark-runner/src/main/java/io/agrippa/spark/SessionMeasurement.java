package io.agrippa.spark;

import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.PartitionTimes;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.measure.WorkerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes a measurement of what tasks told and Spark's listener heard. A worker is a place on an
 * executor where one task runs at a time: Spark does not number those, so they are told from which
 * tasks ran side by side. For one thread.
 */
final class SessionMeasurement {
  /** What Spark calls the executor that is the driver's own process, in local mode. */
  private static final String DRIVER = "driver";

  private static final long NANOS_A_MILLI = 1_000_000;

  private final long start;
  private final long startMillis;
  private final Optional<Duration> cpu;
  private final Tally tally;
  private final TaskTimes times;
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);

  /**
   * @param start {@link System#nanoTime} at the start of the run
   * @param startMillis the same, since the epoch
   * @param cpu processor time of the driver's process then, where known
   */
  SessionMeasurement(
      long start, long startMillis, Optional<Duration> cpu, Tally tally, TaskTimes times) {
    this.start = start;
    this.startMillis = startMillis;
    this.cpu = cpu;
    this.tally = tally;
    this.times = times;
  }

  void add(Phase phase, Duration time) {
    phases.merge(phase, time, Duration::plus);
  }

  /** One worker's tasks. */
  private static final class Worker {
    private final String executor;
    private long free; // by the executor's steady clock
    private long from = Long.MAX_VALUE;
    private long nanos;
    private long cpu;
    private long allocated;
    private long rows;
    private long processBegun = Long.MAX_VALUE;
    private long processEnded = -1;

    Worker(String executor) {
      this.executor = executor;
    }

    /**
     * Of the executor's process from its first task on, told of the first worker of an executor
     * only. Where it is the driver's own, it is counted there.
     */
    private Optional<Duration> processCpu() {
      return executor.equals(DRIVER) || processEnded < 0
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(processEnded - processBegun));
    }
  }

  /** All of it; the wall time ends here. */
  Measurement of(Provenance provenance, String runner) throws InterruptedException {
    long wall = System.nanoTime() - start;
    Map<Long, Tally.Counted> byAttempt = new HashMap<>();
    tally.counted().forEach(counted -> byAttempt.put(counted.attempt(), counted));
    Set<Long> attempts = new HashSet<>(byAttempt.keySet());
    List<TaskTimes.Span> spans = new ArrayList<>(times.spans(attempts));
    // Not by when Spark launched and saw them finished: it sends a worker the next task before it
    // has done with the last. Only differences of the steady clock mean something.
    spans.sort(
        (a, b) ->
            Long.signum(byAttempt.get(a.attempt()).begun() - byAttempt.get(b.attempt()).begun()));
    List<Worker> workers = new ArrayList<>();
    Map<Integer, PartitionSpan> timed = new HashMap<>();
    long overhead = 0;
    long bytesOut = tally.bytesOut();
    for (TaskTimes.Span span : spans) {
      bytesOut += span.bytesOut();
      Tally.Counted counted = byAttempt.get(span.attempt());
      long busy = busy(counted);
      Worker worker = worker(workers, span.executor(), counted.begun());
      worker.free = counted.ended();
      worker.from = Math.min(worker.from, span.launched());
      worker.nanos += busy;
      worker.cpu = counted.cpuNanos() < 0 || worker.cpu < 0 ? -1 : worker.cpu + counted.cpuNanos();
      worker.allocated =
          counted.allocatedBytes() < 0 || worker.allocated < 0
              ? -1
              : worker.allocated + counted.allocatedBytes();
      worker.rows += counted.rows();
      Worker first = first(workers, span.executor());
      first.processBegun = Math.min(first.processBegun, counted.processCpuBegun());
      first.processEnded = Math.max(first.processEnded, counted.processCpuEnded());
      overhead += Math.max(0, (span.finished() - span.launched()) * NANOS_A_MILLI - busy);
      timed.put(
          counted.partition(),
          new PartitionSpan(
              counted.partition(),
              workers.indexOf(worker),
              counted.rows(),
              since(span.launched()),
              since(span.finished()),
              Duration.ofNanos(busy)));
    }
    if (!spans.isEmpty()) {
      add(Phase.SCHEDULE, Duration.ofNanos(overhead));
    }
    for (Tally.Counted counted : tally.counted()) {
      for (Phase phase : Phase.values()) {
        if (counted.nanos()[phase.ordinal()] > 0) {
          add(phase, Duration.ofNanos(counted.nanos()[phase.ordinal()]));
        }
      }
    }
    return new Measurement(
        provenance,
        runner,
        tally.digest().rows(),
        tally.badRows(),
        tally.bytesIn(),
        bytesOut,
        Duration.ofNanos(wall),
        phases,
        workerTimes(workers, wall),
        partitions(timed),
        Optional.empty(),
        processCpu(workers),
        times.troubles(),
        tally.digest().content(),
        Optional.empty());
  }

  private static long busy(Tally.Counted counted) {
    long busy = 0;
    for (long nanos : counted.nanos()) {
      busy += nanos;
    }
    return busy;
  }

  /** The first worker of an executor that was free then. */
  private static Worker worker(List<Worker> workers, String executor, long begun) {
    for (Worker worker : workers) {
      if (worker.executor.equals(executor) && worker.free - begun <= 0) {
        return worker;
      }
    }
    Worker added = new Worker(executor);
    workers.add(added);
    return added;
  }

  private static Worker first(List<Worker> workers, String executor) {
    return workers.stream().filter(w -> w.executor.equals(executor)).findFirst().orElseThrow();
  }

  private Optional<Duration> processCpu(List<Worker> workers) {
    Duration executors =
        workers.stream()
            .flatMap(worker -> worker.processCpu().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return ProcessCpu.since(cpu).map(executors::plus);
  }

  private Duration since(long millis) {
    return Duration.ofMillis(Math.max(0, millis - startMillis));
  }

  private List<WorkerTime> workerTimes(List<Worker> workers, long wall) {
    List<WorkerTime> all = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get(i);
      Duration from = since(worker.from);
      long waited = Math.max(0, wall - from.toNanos() - worker.nanos);
      all.add(
          new WorkerTime(
              i,
              from,
              Duration.ofNanos(worker.nanos),
              Duration.ZERO,
              Duration.ZERO,
              Duration.ofNanos(waited),
              worker.cpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(worker.cpu)),
              worker.allocated < 0 ? OptionalLong.empty() : OptionalLong.of(worker.allocated),
              Optional.empty(),
              worker.processCpu(),
              worker.rows));
    }
    return all;
  }

  /** In row order, as far as Spark told. */
  private PartitionTimes partitions(Map<Integer, PartitionSpan> timed) {
    PartitionTimes.Builder builder = new PartitionTimes.Builder();
    for (Tally.Counted counted : tally.counted()) {
      PartitionSpan span = timed.get(counted.partition());
      if (span == null) {
        break;
      }
      builder.add(span);
    }
    return builder.build();
  }
}
