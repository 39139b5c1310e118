package io.agrippa.engine.process;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Delivery;
import io.agrippa.engine.run.LocalRunner;
import io.agrippa.engine.run.MoveOrder;
import io.agrippa.engine.run.WorkerTally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Worker processes that each read, score and hash; rows keep their order. Jobs must be ones that
 * the engine's own {@link io.agrippa.engine.run.Workbench} can make from nothing but the job: what
 * lies only in the memory of this process is in no other.
 */
final class ProcessRunner extends LocalRunner {
  /** How long a stopped run waits for a read that heeds no interrupt, such as of standard input. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_MILLIS = 50;

  private final WorkerSettings settings;

  ProcessRunner(String name, WorkerSettings settings) {
    super(name);
    this.settings = settings;
  }

  @Override
  protected List<WorkerTally> move(MoveOrder order, Partitions partitions, Delivery delivery)
      throws IOException, InterruptedException {
    boolean limited = order.job().limit().isPresent(); // then the delivery reduces
    Line line = new Line(delivery, settings, limited ? Optional.empty() : order.aggregation());
    Feeder feeder = new Feeder(partitions, line, order.operator().dependency());
    List<Slot> slots = new ArrayList<>();
    try {
      for (int i = 0; i < settings.workers(); i++) {
        slots.add(new Slot(i, settings, order, partitions.schema(), line));
      }
    } catch (IOException | RuntimeException e) {
      partitions.close();
      throw e;
    }
    slots.forEach(Thread::start);
    feeder.start();
    boolean interrupted = supervise(line, slots);
    interrupted |= end(line, feeder, slots);
    Throwable failure = line.failure();
    if (failure != null) {
      throw Delivery.rethrown(failure);
    }
    if (interrupted) {
      throw new InterruptedException("the run was cancelled");
    }
    return tallies(slots, feeder, line.state());
  }

  /** Watches the workers until there is nothing left to do; whether this thread was interrupted. */
  private boolean supervise(Line line, List<Slot> slots) {
    try {
      while (!line.awaitEnd(Line.tick(settings))) {
        slots.forEach(Slot::watch);
      }
      return false;
    } catch (InterruptedException e) {
      line.stop(e);
      return true;
    }
  }

  /** Waits for all threads, and ends what the run no longer needs. */
  private static boolean end(Line line, Feeder feeder, List<Slot> slots) {
    List<Thread> threads = new ArrayList<>(slots);
    threads.add(feeder);
    boolean interrupted = false;
    long since = System.nanoTime();
    for (Thread thread : threads) {
      while (thread.isAlive()
          && !(thread == feeder
              && feeder.isReading()
              && line.isStopped()
              && System.nanoTime() - since > STUCK_NANOS)) {
        if (line.isStopped()) {
          slots.forEach(Slot::kill);
          threads.forEach(Thread::interrupt);
        }
        try {
          thread.join(LOOK_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
          line.stop(e);
        }
      }
    }
    return interrupted;
  }

  private static List<WorkerTally> tallies(
      List<Slot> slots, Feeder feeder, Optional<Aggregation.State> state) {
    List<WorkerTally> tallies = new ArrayList<>(slots.stream().map(Slot::tally).toList());
    WorkerTally first = tallies.get(0);
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    phases.putAll(first.phases());
    if (!feeder.isAlive()) {
      phases.merge(Phase.READ, Duration.ofNanos(feeder.nanos()), Duration::plus);
    }
    tallies.set(0, new WorkerTally(first.time(), phases, state, first.incidents()));
    return tallies;
  }
}
