package io.agrippa.engine.run;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.measure.PartitionSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One partition on its way. Its blocks are numbered in the order in which they are read. The
 * reader's part is guarded by {@link #reading}; the fields of the scheduler are guarded by the lock
 * of {@link Lanes}.
 */
final class Lane {
  /** Held by whoever reads the next block, until the block has its number. */
  final ReentrantLock reading = new ReentrantLock();

  final Partition partition; // null for a place where only a failure stands
  final long index; // among the partitions, in row order
  private BlockReader reader;
  private boolean closed;
  private boolean broken; // a read failed: what follows is undefined

  // Guarded by the lock of Lanes.
  final Map<Long, Outcome> waiting = new HashMap<>(); // by number of the block
  int claims; // workers that are about to read, or reading, a block without a number yet
  long numbered; // blocks that were read, or failed to be
  long delivered; // blocks that are delivered
  boolean ended; // nothing more is to be read
  int opener; // number of the worker that began it
  long start; // when that was, in nanoseconds since the start of the run
  long nanos; // working time so far
  long end; // of the last work so far, in nanoseconds since the start of the run
  long rows; // scored so far

  Lane(Partition partition, long index) {
    this.partition = partition;
    this.index = index;
  }

  /** A worker begins it. */
  void begin(WorkerClock clock) {
    opener = clock.number();
    start = clock.marked();
    end = start;
  }

  /** Who worked on it when, once all of it is done. */
  PartitionSpan span() {
    return new PartitionSpan(
        index,
        opener,
        rows,
        Duration.ofNanos(start),
        Duration.ofNanos(end),
        Duration.ofNanos(nanos));
  }

  /**
   * The next block, or null behind the last. For the holder of {@link #reading}. Opens the
   * partition at first, closes it at the end.
   */
  Block read() throws IOException {
    if (closed || broken) {
      return null;
    }
    broken = true;
    if (reader == null) {
      reader = partition.open();
    }
    Block block = reader.next();
    if (block == null) {
      close();
    }
    broken = false;
    return block;
  }

  /**
   * Closes the reader if it is open; nothing is read afterwards. For the holder of {@link
   * #reading}, or when all threads have ended.
   */
  void close() throws IOException {
    boolean open = reader != null && !closed;
    closed = true;
    if (open) {
      reader.close();
    }
  }
}
