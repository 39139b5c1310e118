package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.GarbageCollection;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.measure.WorkerTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the runners of this machine have in common: opening, committing, cancelling, measuring. They
 * differ in how rows move. Public for runners in other packages of the engine.
 */
public abstract class LocalRunner implements Runner {
  private final String name;

  /** A runner of this name, as it is asked for. */
  protected LocalRunner(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /**
   * Moves all rows from the partitions to the delivery, or as many as the limit admits. Closes the
   * partitions and all that was opened of them, however it ends.
   *
   * @return what the workers leave behind, by number
   * @throws InterruptedException if the calling thread was interrupted
   */
  protected abstract List<WorkerTally> move(
      MoveOrder order, Partitions partitions, Delivery delivery)
      throws IOException, InterruptedException;

  @Override
  public final RunResult run(Job job, Workbench workbench, RunControl control)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Optional<GarbageCollection> gc = collections();
    Optional<Duration> cpu = ProcessCpu.now();
    if (control.isCancelled()) {
      throw new InterruptedException("the run was cancelled before it began");
    }
    Workload load = workbench.open(job);
    Partitions partitions = load.partitions();
    BlockSink sink = null;
    MoveOrder order;
    Delivery opened;
    Cancelling cancelling;
    control.opening();
    try {
      sink = load.sink();
      order = new MoveOrder(load.job(), load.operator(), sink, load.aggregation(), start);
      opened = new Delivery(order, control.listener());
      cancelling = new Cancelling(control, opened);
    } catch (IOException | RuntimeException e) {
      closeAfter(e, partitions);
      if (sink != null) {
        closeAfter(e, sink);
      }
      throw e;
    } finally {
      control.opened();
    }
    try (Delivery delivery = opened) {
      List<WorkerTally> tallies;
      long moving;
      long committing;
      try {
        start(control, load, partitions);
        moving = System.nanoTime() - start;
        tallies = move(order, partitions, delivery);
        committing = System.nanoTime();
        delivery.commit();
      } finally {
        cancelling.end();
      }
      Optional<Aggregation.State> aggregated =
          delivery.state().or(() -> WorkerTally.merged(tallies));
      List<WorkerTime> workers = tallies.stream().map(WorkerTally::time).toList();
      Map<Phase, Duration> phases = WorkerTally.phases(tallies);
      if (aggregated.isEmpty()) {
        phases.remove(Phase.AGGREGATE);
      }
      phases.merge(Phase.WRITE, Duration.ofNanos(System.nanoTime() - committing), Duration::plus);
      workers.stream()
          .map(WorkerTime::start)
          .max(Comparator.naturalOrder())
          .ifPresent(last -> phases.put(Phase.START, last.minusNanos(moving)));
      load.durations().forEach((phase, time) -> phases.merge(phase, time, Duration::plus));
      Measurement measurement =
          new Measurement(
              load.provenance(),
              name,
              delivery.digest().rows(),
              delivery.badRows(),
              delivery.bytesIn(),
              delivery.bytesOut(),
              Duration.ofNanos(System.nanoTime() - start),
              phases,
              workers,
              delivery.partitionTimes(),
              gc.flatMap(before -> collections().map(after -> after.since(before))),
              processCpu(cpu, workers),
              tallies.stream().flatMap(tally -> tally.incidents().stream()).toList(),
              delivery.digest().content(),
              Optional.of(delivery.digest().sequence()));
      return new RunResult(measurement, aggregated);
    } catch (IOException | RuntimeException e) {
      // An interrupt shows as many things: a channel closed under a reader, a buffer that gave up.
      if (control.isCancelled() || Thread.interrupted()) {
        InterruptedException cancelled = new InterruptedException("the run was cancelled");
        cancelled.addSuppressed(e);
        throw cancelled;
      }
      throw e;
    }
  }

  private static void start(RunControl control, Workload load, Partitions partitions)
      throws IOException {
    try {
      control.listener().started(load.rows(), load.bytes());
    } catch (IOException | RuntimeException e) {
      closeAfter(e, partitions);
      throw e;
    }
  }

  /** Closes what is left of something that failed; a failure to close is only added to it. */
  static void closeAfter(Throwable failure, AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /** Of this process since the start, and of the processes that workers have of their own. */
  private static Optional<Duration> processCpu(
      Optional<Duration> atStart, List<WorkerTime> workers) {
    Duration others =
        workers.stream()
            .flatMap(worker -> worker.processCpu().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return ProcessCpu.since(atStart).map(others::plus);
  }

  private static Optional<GarbageCollection> collections() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getCollectionTime() < 0 || collector.getCollectionCount() < 0) {
        return Optional.empty();
      }
      count += collector.getCollectionCount();
      millis += collector.getCollectionTime();
    }
    return Optional.of(new GarbageCollection(count, Duration.ofMillis(millis)));
  }

  /**
   * Until its end, cancelling the control gives up the output and interrupts the thread that made
   * it.
   */
  private static final class Cancelling {
    private final RunControl control;
    private final Delivery delivery;
    private final Thread thread = Thread.currentThread();
    private final Runnable action = this::cancel;
    private boolean over; // guarded by this, so that no interrupt goes astray after the run

    Cancelling(RunControl control, Delivery delivery) {
      this.control = control;
      this.delivery = delivery;
      control.onCancel(action);
    }

    private void cancel() {
      try {
        delivery.abort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        synchronized (this) {
          if (!over) {
            thread.interrupt();
          }
        }
      }
    }

    void end() {
      control.forget(action);
      synchronized (this) {
        over = true;
        if (control.isCancelled()) {
          Thread
              .interrupted(); // ours: the run ends with an InterruptedException, or ended before it
          // could be cancelled
        }
      }
    }
  }
}
