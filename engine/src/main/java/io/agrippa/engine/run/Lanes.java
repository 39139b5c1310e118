package io.agrippa.engine.run;

import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.WorkerClock.Wait;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets workers read as a {@link Schedule} says, and delivers what they finish in input order.
 *
 * <p><b>The line.</b> Partitions that were handed out and are not wholly delivered stand in a line
 * of lanes in row order; the first of them is the head. The block to be delivered next is always a
 * block of the head. Whoever finishes the block that is next delivers it and all finished ones
 * behind it, unless another worker is at it already; so there is no thread for writing, and a slow
 * sink costs one worker while the others go on.
 *
 * <p><b>Who reads what.</b> A worker reads the lane that it began to its end, then begins the next
 * one that was dealt to it ({@link Dealer}). Where there is none it has the next partition dealt,
 * to whomever, and looks again; then it steals one that another has not begun, and last it helps at
 * the foremost lane that has blocks to read: each if the schedule allows it. Under the default a
 * single huge partition is so read by one at a time and scored by all.
 *
 * <p><b>Bounded memory.</b> Finished blocks that wait for their turn take from a budget, and so
 * does what partitions hold that were dealt and not begun. While it is used up, nothing more is
 * dealt, only the head is read, and only while fewer than two blocks for each worker of it are on
 * their way. So at most the budget and three blocks for each worker are held: those two, and those
 * that were in work elsewhere when the budget ran out.
 *
 * <p><b>No deadlock.</b> Suppose that rows remain and look at the block to be delivered next.
 * Either (1) it is finished: then a worker is delivering, or the one who finished it does so before
 * anything else. Or (2) a worker has claimed it: it waits for no lock but that of the lane's
 * reader, whose holder reads and waits for nobody; reading, scoring and encoding wait for nobody
 * either, so it is finished in the end. Or (3) it is not claimed: then it is its lane's next block
 * and no block of that lane is on its way. If the lane is begun, its opener has no other lane to
 * read, and may claim it whatever the budget when it looks for work (under the default everybody
 * may). If it is not, it is the first that was dealt to its owner, who has no lane open, because
 * all that it began stands further up; so the owner begins it when it looks for work. Workers that
 * wait are woken whenever the head moves on. Or (4) there is no lane: then every worker may have
 * the next partition dealt whatever the budget, unless one is doing that, and its owner goes on as
 * in (3). A worker leaves only when no partition is left to be dealt and none that it has to read,
 * and then (3) and (4) cannot come back for it. So the next block is always delivered, or a failure
 * ends the run.
 *
 * <p><b>Failures</b> take the place in the line of the block at which they happened, and nothing
 * behind them is begun any more. What stands before them is finished and delivered first, as it may
 * hold an earlier one. A failure to append, or an {@link Error}, ends the run at once.
 */
final class Lanes {
  /**
   * What a lane costs that waits for its turn, about, in bytes: millions of empty partitions are
   * bounded too.
   */
  private static final long LANE_BYTES = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Partitions partitions;
  private final Delivery delivery;
  private final Dealer dealer; // guarded by the lock too
  private final long budget;
  private final int ahead; // blocks of the head that may be on their way whatever the budget

  // All guarded by the lock.
  private final ArrayDeque<Lane> line =
      new ArrayDeque<>(); // handed out and not wholly delivered, in row order
  private final List<Lane> readable =
      new ArrayList<>(); // those of them that are begun and not ended
  private long dealt; // partitions so far
  private long waitingBytes;
  private boolean dealing; // a worker is asking for the next partition
  private boolean noMorePartitions;
  private boolean delivering; // a worker is appending
  private boolean stopped; // by failure, cancelling, or because the limit is reached
  private Throwable failure;
  private int running; // workers that have not left

  Lanes(Partitions partitions, Delivery delivery, Schedule schedule, int workers, long budget) {
    this.partitions = partitions;
    this.delivery = delivery;
    this.dealer = new Dealer(schedule, workers, budget / (2L * workers));
    this.running = workers;
    this.budget = budget;
    this.ahead = 2 * workers;
    this.stopped = delivery.isFull();
  }

  /**
   * The lane of which the worker is to read the next block; it must {@link #number} one or {@link
   * #endLane end} it. Null when there is nothing left to do.
   *
   * @param own the lane that this worker began last, or null
   */
  Claim claim(Lane own, WorkerClock clock) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      clock.lap(Wait.OTHER);
      while (!stopped) {
        if (own != null && isClaimable(own)) {
          own.claims++;
          return new Claim(own, own);
        }
        if (own == null || own.ended) {
          own = null;
          Lane begun = dealer.takeOwn(clock.number());
          if (begun == null && mayDeal()) {
            deal(clock);
            continue;
          }
          if (begun == null) {
            begun = dealer.steal();
          }
          if (begun != null) {
            own = begun;
            own.begin(clock);
            readable.add(own);
            continue;
          }
        }
        Lane helped = dealer.helps() ? foremostClaimable() : null;
        if (helped != null) {
          helped.claims++;
          return new Claim(own, helped);
        }
        if (own == null && isOver(clock.number())) {
          return null;
        }
        Wait reason = hasRoom() ? Wait.INPUT : Wait.ROOM;
        changed.await();
        clock.lap(reason);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a worker may do next.
   *
   * @param own the lane that it began last, or null
   * @param lane the lane of which it is to read a block
   */
  record Claim(Lane own, Lane lane) {}

  private Lane foremostClaimable() {
    for (Lane lane : readable) {
      if (isClaimable(lane)) {
        return lane;
      }
    }
    return null;
  }

  /** Whether there is nothing left for a worker that has no lane open. */
  private boolean isOver(int worker) {
    return noMorePartitions && !dealer.hasFor(worker) && !(dealer.helps() && !readable.isEmpty());
  }

  private boolean hasRoom() {
    return waitingBytes + dealer.heldBytes() + LANE_BYTES * line.size() < budget;
  }

  private boolean isClaimable(Lane lane) {
    return !lane.ended && (hasRoom() || isHeadWithFewOnTheirWay(lane));
  }

  private boolean isHeadWithFewOnTheirWay(Lane lane) {
    return lane == line.peek() && lane.numbered + lane.claims - lane.delivered < ahead;
  }

  private boolean mayDeal() {
    return !dealing && !noMorePartitions && (line.isEmpty() || (dealer.isWanting() && hasRoom()));
  }

  /** Asks for the next partition, without the lock, puts it into line and deals it. */
  private void deal(WorkerClock clock) {
    dealing = true;
    Partition partition = null;
    OptionalLong bytesLeft = OptionalLong.empty();
    Outcome.Failed failed = null;
    lock.unlock();
    try {
      clock.beginRead(Wait.OTHER);
      partition = partitions.next();
      bytesLeft = partitions.bytesLeft();
    } catch (IOException | RuntimeException e) {
      failed = new Outcome.Failed(e);
    } finally {
      clock.lap(Phase.READ);
      lock.lock();
      dealing = false;
      changed.signalAll();
    }
    if (failed != null) {
      Lane place = new Lane(null, dealt);
      line.add(place);
      place.numbered = 1;
      finished(place, 0, failed, clock);
      return;
    }
    if (partition == null
        || noMorePartitions) { // the latter: a failure further up has cut the line meanwhile
      noMorePartitions = true;
      return;
    }
    Lane lane = new Lane(partition, dealt);
    dealt++;
    line.add(lane);
    dealer.deal(lane, clock.number(), bytesLeft);
  }

  /**
   * Gives a block that was read its number and the claim back. For the holder of the lane's reading
   * lock.
   */
  long number(Lane lane) {
    lock.lock();
    try {
      lane.claims--;
      return lane.numbered++;
    } finally {
      lock.unlock();
    }
  }

  /** The lane was read to its end; gives the claim back. */
  void endLane(Lane lane, WorkerClock clock) {
    lock.lock();
    try {
      lane.claims--;
      endReading(lane);
      deliver(clock);
    } finally {
      lock.unlock();
    }
  }

  private void endReading(Lane lane) {
    if (!lane.ended) {
      lane.ended = true;
      readable.remove(lane);
      changed.signalAll();
    }
  }

  /** A numbered block has come to something, in so many nanoseconds of work up to now. */
  void finish(Lane lane, long number, Outcome outcome, long nanos, WorkerClock clock) {
    lock.lock();
    try {
      lane.nanos += nanos;
      lane.end = Math.max(lane.end, clock.marked());
      if (outcome instanceof Outcome.Scored scored) {
        lane.rows += scored.rows();
      }
      finished(lane, number, outcome, clock);
    } finally {
      lock.unlock();
    }
  }

  private void finished(Lane lane, long number, Outcome outcome, WorkerClock clock) {
    lane.waiting.put(number, outcome);
    waitingBytes += outcome.heapBytes();
    if (outcome instanceof Outcome.Failed) {
      cutBehind(lane);
    }
    deliver(clock);
  }

  /** Nothing behind a failure will be needed: begins nothing there any more. */
  private void cutBehind(Lane lane) {
    noMorePartitions = true;
    dealer.dropFrom(lane.index);
    boolean behind = false;
    for (Lane each : line) {
      behind |= each == lane;
      if (behind) {
        each.ended = true;
        readable.remove(each);
      }
    }
    changed.signalAll();
  }

  /** Delivers all that is finished and next. Gives the lock up while it appends. */
  private void deliver(WorkerClock clock) {
    if (delivering) {
      return; // the one who is at it looks again before leaving
    }
    delivering = true;
    try {
      while (!stopped && !line.isEmpty()) {
        Lane head = line.peek();
        Outcome next = head.waiting.remove(head.delivered);
        if (next == null && !(head.ended && head.delivered == head.numbered)) {
          return;
        }
        Throwable thrown = null;
        lock.unlock();
        try {
          clock.lap(Wait.OTHER);
          deliver(head, next);
        } catch (IOException | InterruptedException | RuntimeException e) {
          thrown = e;
        } finally {
          clock.lap(Phase.WRITE);
          lock.lock();
        }
        if (thrown != null || delivery.isFull()) {
          end(thrown);
        }
        if (next == null) {
          line.remove();
        } else {
          head.delivered++;
          waitingBytes -= next.heapBytes();
        }
        changed.signalAll();
      }
    } finally {
      delivering = false;
    }
  }

  private void deliver(Lane head, Outcome next) throws IOException, InterruptedException {
    if (next == null) {
      delivery.endPartition(head.span(), head.partition.bytes());
      return;
    }
    if (head.partition != null) {
      delivery.startPartition(head.partition.origin());
    }
    delivery.deliver(next);
  }

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

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** A worker leaves. The last one closes all that is open. */
  void leave() {
    lock.lock();
    try {
      running--;
      if (running == 0) {
        closeAll();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    for (Lane lane : line) {
      close(lane::close);
    }
    close(partitions::close);
  }

  private void close(Closing closing) {
    try {
      closing.close();
    } catch (IOException | RuntimeException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  private interface Closing {
    void close() throws IOException;
  }

  /** Waits until the run is stopped or all workers have left. */
  void awaitStop() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && running > 0) {
        changed.await();
      }
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
}
