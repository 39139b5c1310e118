package io.agrippa.engine.run;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.WorkerClock.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Threads of some kind that each read, score and encode; rows keep their order. How they share the
 * work stands in {@link Lanes} and {@link Schedule}.
 */
final class ThreadsRunner extends LocalRunner {
  private static final long MIN_BUDGET = 8L << 20;
  private static final long MAX_BUDGET = 256L << 20;

  /**
   * How long a stopped run waits for a thread in a read that heeds no interrupt, such as one of
   * standard input.
   */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_MILLIS = 50;

  private final ThreadKind kind;
  private final int threads;
  private final Schedule schedule;
  private final long budget;

  ThreadsRunner(ThreadKind kind, int threads, Schedule schedule) {
    this(
        kind,
        threads,
        schedule,
        Math.min(MAX_BUDGET, Math.max(MIN_BUDGET, Runtime.getRuntime().maxMemory() / 8)));
  }

  /**
   * A runner with a budget.
   *
   * @param budget bytes of finished blocks that may wait for their turn
   */
  ThreadsRunner(ThreadKind kind, int threads, Schedule schedule, long budget) {
    super(kind.runner() + ":" + threads + schedule.suffix());
    this.kind = kind;
    this.threads = threads;
    this.schedule = schedule;
    this.budget = budget;
  }

  /** Where rows depend on each other, all blocks of a partition must meet one worker. */
  private Schedule suited(RowDependency dependency) {
    boolean whole = dependency instanceof RowDependency.WithinGroup;
    return whole && schedule.helps() ? new Schedule.Dynamic(1) : schedule;
  }

  @Override
  protected List<WorkerTally> move(MoveOrder order, Partitions partitions, Delivery delivery)
      throws IOException, InterruptedException {
    Lanes lanes =
        new Lanes(partitions, delivery, suited(order.operator().dependency()), threads, budget);
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(kind, i, lanes, order));
    }
    boolean interrupted = false;
    try {
      start(workers, lanes);
      lanes.awaitStop();
    } catch (InterruptedException e) {
      lanes.stop(e);
    }
    boolean stopped = lanes.isStopped();
    if (stopped) {
      workers.forEach(each -> each.thread.interrupt());
    }
    long since = System.nanoTime();
    for (Worker worker : workers) {
      while (worker.thread.isAlive()
          && !(stopped && worker.clock.isReading() && System.nanoTime() - since > STUCK_NANOS)) {
        try {
          worker.thread.join(LOOK_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
          lanes.stop(e);
          stopped = true;
          workers.forEach(each -> each.thread.interrupt());
        }
      }
    }
    Throwable failure = lanes.failure();
    if (failure != null) {
      throw Delivery.rethrown(failure);
    }
    if (interrupted) {
      throw new InterruptedException("the run was cancelled");
    }
    return workers.stream()
        .filter(worker -> !worker.thread.isAlive() && worker.tally != null)
        .map(worker -> worker.tally)
        .toList();
  }

  private static void start(List<Worker> workers, Lanes lanes) {
    int started = 0;
    try {
      for (Worker worker : workers) {
        worker.thread.start();
        started++;
      }
    } catch (OutOfMemoryError e) { // the platform gives no more threads
      lanes.stop(e);
      for (int i = started; i < workers.size(); i++) {
        lanes.leave();
      }
    }
  }

  /** One thread: takes what {@link Lanes} gives it until there is nothing left. */
  private static final class Worker implements Runnable {
    private final Thread thread;
    private final Lanes lanes;
    private final MoveOrder order;
    private final WorkerClock clock;
    private Lane current; // of the last block
    private WorkerTally tally; // set before the thread ends, read after that

    Worker(ThreadKind kind, int number, Lanes lanes, MoveOrder order) {
      this.thread = kind.make("agrippa-worker-" + (number + 1), this);
      this.clock = new WorkerClock(number, order.runStart());
      this.lanes = lanes;
      this.order = order;
    }

    @Override
    public void run() {
      BlockWork work = null;
      try {
        work = new BlockWork(order, clock);
        clock.start();
        Lanes.Claim claim = lanes.claim(null, clock);
        while (claim != null) {
          work(claim.lane(), work);
          claim = lanes.claim(claim.own(), clock);
        }
      } catch (
          Throwable
              e) { // the end of the thread: run() rethrows it, as it is, on the thread that waits
        lanes.stop(e);
      } finally {
        if (work != null) {
          clock.lap(Wait.OTHER);
          tally = work.tally();
        }
        lanes.leave();
      }
    }

    private void work(Lane lane, BlockWork work) throws InterruptedException {
      Block block = null;
      Outcome.Failed failed = null;
      long number = 0;
      lane.reading.lockInterruptibly();
      clock.beginRead(Wait.INPUT);
      long before = clock.busy();
      try {
        block = lane.read();
      } catch (IOException | RuntimeException e) {
        failed = new Outcome.Failed(e);
      } finally {
        clock.lap(Phase.READ);
        if (block != null || failed != null) {
          number = lanes.number(lane);
        }
        lane.reading.unlock();
      }
      if (failed != null) {
        lanes.finish(lane, number, failed, 0, clock);
      } else if (block == null) {
        lanes.endLane(lane, clock);
      } else {
        Outcome outcome = process(lane, block, work);
        lanes.finish(lane, number, outcome, clock.busy() - before, clock);
      }
    }

    private Outcome process(Lane lane, Block block, BlockWork work) throws InterruptedException {
      try {
        if (lane != current) {
          current = lane;
          work.startPartition(lane.partition);
        }
        return work.process(block);
      } catch (IOException | RuntimeException e) {
        return new Outcome.Failed(e);
      }
    }
  }
}
