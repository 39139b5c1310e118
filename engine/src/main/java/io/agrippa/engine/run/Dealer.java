package io.agrippa.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Deals partitions to workers as a schedule says, and keeps those that nobody has begun. A worker
 * begins its own in row order, and takes another one's only when it has none; so what it has begun
 * always stands before what it has not. Guarded by the lock of {@link Lanes}.
 */
final class Dealer {
  private final Schedule schedule;
  private final int workers;
  private final long chunkBytes;
  private final List<ArrayDeque<Lane>> queues = new ArrayList<>(); // by owner, in row order

  private int queued; // in all queues
  private long held; // bytes that those hold
  private int owner; // of the chunk at hand
  private long left; // partitions that the chunk at hand still takes
  private long chunks;
  private long partitions;
  private long bytes; // of all partitions so far

  /**
   * A dealer with nothing dealt.
   *
   * @param chunkBytes bytes of input that a chunk whose size the schedule may choose has at most
   */
  Dealer(Schedule schedule, int workers, long chunkBytes) {
    this.schedule = schedule;
    this.workers = workers;
    this.chunkBytes = chunkBytes;
    for (int i = 0; i < workers; i++) {
      queues.add(new ArrayDeque<>());
    }
  }

  /** Deals the next partition in row order, for which this worker asked. */
  void deal(Lane lane, int asker, OptionalLong bytesLeft) {
    partitions++;
    bytes += lane.partition.bytes();
    if (left == 0) {
      Schedule.Chunk chunk = schedule.next(state(asker, lane.partition.bytes(), bytesLeft));
      owner = chunk.owner();
      left = chunk.partitions();
      chunks++;
    }
    left--;
    queues.get(owner).add(lane);
    queued++;
    held += lane.partition.heldBytes();
  }

  private Schedule.State state(int asker, long own, OptionalLong bytesLeft) {
    long each = Math.max(1, bytes / partitions);
    return new Schedule.State(
        asker,
        workers,
        chunks,
        bytesLeft.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of((bytesLeft.getAsLong() + own) / each),
        Math.max(1, chunkBytes / each));
  }

  /** Whether another partition should be dealt before those that are not begun are shared out. */
  boolean isWanting() {
    return queued < schedule.mostQueued(workers);
  }

  /** The worker's next own partition, to be begun by it; null where it has none. */
  Lane takeOwn(int worker) {
    return taken(queues.get(worker).poll());
  }

  /** The foremost partition that nobody has begun, if the schedule allows to take it; or null. */
  Lane steal() {
    if (!schedule.steals()) {
      return null;
    }
    ArrayDeque<Lane> from = null;
    for (ArrayDeque<Lane> queue : queues) {
      if (!queue.isEmpty() && (from == null || queue.peek().index < from.peek().index)) {
        from = queue;
      }
    }
    return from == null ? null : taken(from.poll());
  }

  private Lane taken(Lane lane) {
    if (lane != null) {
      queued--;
      held -= lane.partition.heldBytes();
    }
    return lane;
  }

  /** Whether a worker that has nothing open may come to begin one of those that were dealt. */
  boolean hasFor(int worker) {
    return !queues.get(worker).isEmpty() || (schedule.steals() && queued > 0);
  }

  /** Nobody is to begin a partition from this one on. */
  void dropFrom(long index) {
    for (ArrayDeque<Lane> queue : queues) {
      while (!queue.isEmpty() && queue.peekLast().index >= index) {
        taken(queue.pollLast());
      }
    }
  }

  /** Bytes that partitions hold which nobody has begun. */
  long heldBytes() {
    return held;
  }

  /** Whether a worker without work of its own helps others at theirs. */
  boolean helps() {
    return schedule.helps();
  }
}
