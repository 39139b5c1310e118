package io.agrippa.engine.process;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.run.Delivery;
import io.agrippa.engine.run.Outcome;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tasks that were made and are not wholly delivered, in row order: decides which worker gets
 * which, delivers what comes back in input order, and gives out again what a worker left undone.
 *
 * <p><b>Bounded memory.</b> The line has at most {@link WorkerSettings#tasks} tasks, and a worker
 * may send at most {@link WorkerSettings#window} bytes of one (or one block) before they are
 * delivered.
 *
 * <p><b>No deadlock.</b> Look at the first task of the line. Either its results have come and are
 * delivered; or a worker is at it, which no window holds up, because what it sent of that task is
 * delivered as it comes; or a worker has it behind another task of its own: then that one is
 * earlier in the line, as tasks are given out in order, and the line would begin with that; or it
 * waits to be given out. If it was left undone by a worker that ended, the one that replaces that
 * takes what is undone before anything else, the first of it first and each when it has nothing
 * else to do, so that none of it waits behind something later.
 *
 * <p><b>Failures</b> take their place in the line; what stands behind them is dropped, what stands
 * before them is finished and delivered first, as it may hold an earlier one.
 */
final class Line {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Delivery delivery;
  private final WorkerSettings settings;
  private final Optional<Aggregation> aggregation; // of the tasks' states

  // All guarded by the lock.
  private final ArrayDeque<Task> line = new ArrayDeque<>();
  private final Map<Long, Task> byId = new HashMap<>(); // those of the line
  private final ArrayDeque<Task> fresh = new ArrayDeque<>(); // not given out yet
  private final PriorityQueue<Task> undone =
      new PriorityQueue<>(
          Comparator.comparingLong((Task task) -> task.id)); // to be given out again
  private Optional<Aggregation.State> state;
  private boolean noMoreInput;
  private boolean delivering;
  private boolean stopped; // by failure, cancelling, or because the limit is reached
  private Throwable failure;
  private int running; // slots that have not left
  private String origin; // of what is delivered
  private long rowsOfOrigin; // delivered so far

  Line(Delivery delivery, WorkerSettings settings, Optional<Aggregation> aggregation) {
    this.delivery = delivery;
    this.settings = settings;
    this.aggregation = aggregation;
    this.state = aggregation.map(Aggregation::state);
    this.running = settings.workers();
    this.stopped = delivery.isFull();
  }

  // ---- the feeder ----------------------------------------------------------------------------

  /** Waits until one more task may be made; false when no more are wanted. */
  boolean awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && !noMoreInput && (line.size() >= settings.tasks() || fresh.size() > 1)) {
        changed.await();
      }
      return !stopped && !noMoreInput;
    } finally {
      lock.unlock();
    }
  }

  /** The next task in row order. */
  void add(Task task) {
    lock.lock();
    try {
      if (noMoreInput) {
        return; // a failure further up has cut the line
      }
      line.add(task);
      byId.put(task.id, task);
      if (task.done) {
        noMoreInput = true; // a failure to read
      } else {
        fresh.add(task);
      }
      changed.signalAll();
      deliver();
    } finally {
      lock.unlock();
    }
  }

  /** There are no more tasks. */
  void endInput() {
    lock.lock();
    try {
      noMoreInput = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- what a worker is sent -----------------------------------------------------------------

  /** What a worker is to be sent next. */
  sealed interface Order {
    /** A task, of which it is not to send the first blocks. */
    record Work(Task task, int skip) implements Order {}

    /** Room for results. */
    record Room(WorkerProcess.Room room) implements Order {}

    /** Nothing more comes. */
    record End() implements Order {}
  }

  /** Waits for what a worker is to be sent; null when it is to be sent nothing any more. */
  Order next(WorkerProcess worker) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && !worker.gone && !worker.ended) {
        if (!worker.rooms.isEmpty()) {
          return new Order.Room(worker.rooms.poll());
        }
        Task task = worker.ready ? taskFor(worker) : null;
        if (task != null) {
          worker.assigned.add(task);
          changed.signalAll();
          return new Order.Work(task, task.received);
        }
        if (worker.ready && allDone()) {
          worker.ended = true;
          return new Order.End();
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Task taskFor(WorkerProcess worker) {
    if (!undone.isEmpty()) {
      return worker.assigned.isEmpty() ? undone.poll() : null;
    }
    Task next = fresh.peek();
    // Blocks take time to travel, so the next ones are on their way while the first are computed.
    int most = next != null && next.address == null ? 2 : 1;
    return next != null && worker.assigned.size() < most ? fresh.poll() : null;
  }

  // ---- what a worker sends -------------------------------------------------------------------

  /** The worker has compiled the model. */
  void ready(WorkerProcess worker) {
    lock.lock();
    try {
      worker.ready = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A block came of a task. */
  void received(WorkerProcess worker, long id, int index, Outcome.Scored scored)
      throws IOException {
    lock.lock();
    try {
      Task task = byId.get(id);
      if (task == null || task.done) {
        // Dropped: makes room at once, so that the worker gets on to what is not.
        worker.rooms.add(new WorkerProcess.Room(id, scored.heapBytes()));
        changed.signalAll();
        return;
      }
      if (index != task.received) {
        throw new IOException("block %d came where %d should".formatted(index, task.received));
      }
      task.received++;
      task.receivedRows += scored.rows();
      task.waiting.add(new Task.Result(scored, worker));
      deliver();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A task is done.
   *
   * @param blocks number of its blocks, those of other workers included
   * @param rows number of its rows
   * @param start when it was begun, in nanoseconds since the start of the run
   */
  void done(
      WorkerProcess worker,
      long id,
      int blocks,
      long rows,
      long start,
      long end,
      long busy,
      byte[] taskState) {
    lock.lock();
    try {
      worker.assigned.removeIf(task -> task.id == id);
      Task task = byId.get(id);
      if (task != null && !task.done) {
        if (blocks != task.received || rows != task.receivedRows) {
          cut(
              task,
              new IOException(
                  "%s: a partition had %,d rows and, when it was read again, %,d; leave the input alone while a job runs"
                      .formatted(task.part.origin, task.receivedRows, rows)));
        } else {
          Task.Part part = task.part;
          part.worker = part.worker < 0 ? worker.number() : part.worker;
          part.rows += rows;
          part.start = Math.min(part.start, start);
          part.end = Math.max(part.end, end);
          part.busy += busy;
          task.state = taskState;
          task.done = true;
        }
      }
      changed.signalAll();
      deliver();
    } finally {
      lock.unlock();
    }
  }

  /** A block of a task, or the reading of it, failed by an exception. */
  void failed(WorkerProcess worker, long id, Throwable thrown) {
    lock.lock();
    try {
      worker.assigned.removeIf(task -> task.id == id);
      Task task = byId.get(id);
      if (task != null && !task.done) {
        cut(task, thrown);
      }
      changed.signalAll();
      deliver();
    } finally {
      lock.unlock();
    }
  }

  /** The worker is gone. What it had not done is given to others; whether there was any. */
  boolean lost(WorkerProcess worker, String how) {
    lock.lock();
    try {
      worker.gone = true;
      List<Task> left = new ArrayList<>();
      for (Task task : worker.assigned) {
        if (byId.containsKey(task.id) && !task.done) {
          left.add(task);
        }
      }
      worker.assigned.clear();
      if (!left.isEmpty()) {
        Task at = left.get(0); // workers take their tasks in order
        at.attempts++;
        if (at.attempts >= settings.attempts()) {
          at.poison = how;
          at.done = true;
          dropBehind(at);
        }
        left.stream().filter(task -> !task.done && byId.containsKey(task.id)).forEach(undone::add);
      }
      changed.signalAll();
      deliver();
      return !left.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void cut(Task at, Throwable thrown) {
    at.waiting.add(new Task.Result(new Outcome.Failed(thrown), null));
    at.done = true;
    dropBehind(at);
  }

  /** Nothing behind a failure will be needed. */
  private void dropBehind(Task at) {
    noMoreInput = true;
    fresh.removeIf(task -> task.id > at.id);
    undone.removeIf(task -> task.id > at.id);
    while (line.peekLast() != at) {
      Task dropped = line.removeLast();
      byId.remove(dropped.id);
      for (Task.Result result : dropped.waiting) {
        makeRoom(dropped, result);
      }
    }
  }

  private void makeRoom(Task task, Task.Result result) {
    if (result.from() != null && !result.from().gone) {
      result.from().rooms.add(new WorkerProcess.Room(task.id, result.outcome().heapBytes()));
    }
  }

  // ---- delivery ------------------------------------------------------------------------------

  /** Delivers all that has come and is next. Gives the lock up while it appends. */
  private void deliver() {
    if (delivering) {
      return; // the one who is at it looks again before leaving
    }
    delivering = true;
    try {
      while (!stopped && !line.isEmpty()) {
        Task head = line.peek();
        Task.Result next = head.waiting.poll();
        if (next == null && !head.done) {
          return;
        }
        Throwable thrown = null;
        lock.unlock();
        try {
          if (next != null) {
            deliver(head, next.outcome());
          } else {
            endTask(head);
          }
        } catch (IOException | InterruptedException | RuntimeException e) {
          thrown = e;
        } finally {
          lock.lock();
        }
        if (thrown != null || delivery.isFull()) {
          end(thrown);
        }
        if (next != null) {
          makeRoom(head, next);
        } else {
          line.remove(head);
          byId.remove(head.id);
        }
        changed.signalAll();
      }
    } finally {
      delivering = false;
    }
  }

  private void deliver(Task head, Outcome outcome) throws IOException, InterruptedException {
    startPartition(head);
    delivery.deliver(outcome);
    if (outcome instanceof Outcome.Scored scored) {
      rowsOfOrigin += scored.rows();
    }
  }

  private void startPartition(Task head) {
    delivery.startPartition(head.part.origin);
    if (!head.part.origin.equals(origin)) {
      origin = head.part.origin;
      rowsOfOrigin = 0;
    }
  }

  private void endTask(Task head) throws IOException {
    startPartition(head);
    if (head.poison != null) {
      throw new IOException(
          "%s: rows %,d and following, of which %,d were scored: %d workers ended in this partition, the last so: %s; give workers more heap (processes:N:2g), or leave these rows out"
              .formatted(
                  head.part.origin,
                  rowsOfOrigin - head.receivedRows + 1,
                  head.receivedRows,
                  head.attempts,
                  head.poison));
    }
    if (head.state != null) {
      // In row order, so that the same cut gives the same states.
      state
          .orElseThrow()
          .merge(
              aggregation
                  .orElseThrow()
                  .read(new DataInputStream(new ByteArrayInputStream(head.state))));
    }
    if (head.last) {
      Task.Part part = head.part;
      long start = Math.min(part.start, part.end);
      delivery.endPartition(
          new PartitionSpan(
              part.index,
              Math.max(0, part.worker),
              part.rows,
              Duration.ofNanos(start),
              Duration.ofNanos(part.end),
              Duration.ofNanos(part.busy)),
          part.bytes);
    }
  }

  // ---- the end -------------------------------------------------------------------------------

  /** Ends the run at once. */
  void stop(Throwable cause) {
    lock.lock();
    try {
      end(cause);
    } finally {
      lock.unlock();
    }
  }

  private void end(Throwable cause) {
    if (!stopped) {
      stopped = true;
      failure = cause;
    }
    changed.signalAll();
  }

  /** A slot leaves. */
  void leave() {
    lock.lock();
    try {
      running--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the run is stopped or all slots have left, or so long; whether that is so. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!stopped && running > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return stopped || running == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is, or may come, something for workers to do. */
  boolean needsWorkers() {
    lock.lock();
    try {
      return !stopped && !allDone();
    } finally {
      lock.unlock();
    }
  }

  private boolean allDone() {
    return noMoreInput && line.stream().allMatch(each -> each.done);
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** What ended the run, or null. */
  Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** What all rows were reduced to, where workers do that. */
  Optional<Aggregation.State> state() {
    return state;
  }

  /** How often a tick of supervision comes. */
  static long tick(WorkerSettings settings) {
    return Math.max(TimeUnit.MILLISECONDS.toNanos(20), settings.silence().toNanos() / 10);
  }
}
