package io.agrippa.engine.process;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes tasks of partitions: of those that have no address, by reading them. */
final class Feeder extends Thread {
  /** Blocks of a task at most: what is lost with a worker, and what waits for one. */
  private static final int BLOCKS = 4;

  private static final long VALUES = 1 << 18;

  /**
   * Values of a task that may be held, because its rows depend on each other: an eighth of the
   * heap.
   */
  private static final long MOST_VALUES = Runtime.getRuntime().maxMemory() / 8 / 16;

  private final Partitions partitions;
  private final Line line;
  private final boolean whole; // whether a worker must have all blocks of a partition
  private long tasks;
  private long parts;
  private volatile boolean reading;
  private long nanos; // spent reading

  Feeder(Partitions partitions, Line line, RowDependency dependency) {
    super("agrippa-feeder");
    setDaemon(true);
    this.partitions = partitions;
    this.line = line;
    this.whole = !(dependency instanceof RowDependency.None);
  }

  /** Whether it is in a call of the source, which may not heed an interrupt. */
  boolean isReading() {
    return reading;
  }

  /** Nanoseconds that it spent reading. When it has ended. */
  long nanos() {
    return nanos;
  }

  @Override
  public void run() {
    try (partitions) {
      while (line.awaitRoom() && feed()) {
        // one partition after the other
      }
      line.endInput();
    } catch (Throwable e) { // the end of the thread: the one that waits rethrows it, as it is
      line.stop(e);
    }
  }

  /** Makes the tasks of one partition; false where there is none. */
  private boolean feed() throws IOException, InterruptedException {
    Partition partition;
    long begun = begin();
    try {
      partition = partitions.next();
    } catch (IOException | RuntimeException e) {
      line.add(Task.failed(tasks++, new Task.Part(parts++, "", 0), e));
      return false;
    } finally {
      end(begun);
    }
    if (partition == null) {
      return false;
    }
    Task.Part part = new Task.Part(parts++, partition.origin(), partition.bytes());
    if (partition.address().isPresent()) {
      line.add(Task.opened(tasks++, part, partition.address().get()));
      return true;
    }
    return read(partition, part);
  }

  private boolean read(Partition partition, Task.Part part) throws InterruptedException {
    try (BlockReader reader = partition.open()) {
      List<Block> blocks = new ArrayList<>();
      long values = 0;
      Block next = next(reader);
      while (next != null) {
        blocks.add(next);
        values += (long) next.rows() * next.schema().size();
        next = next(reader);
        if (whole && values > MOST_VALUES) {
          throw new IOException(
              "%s: rows that depend on each other go to a worker process together, and these take too much memory; use serial or threads:N"
                  .formatted(partition.origin()));
        }
        if (next != null && !whole && (blocks.size() == BLOCKS || values >= VALUES)) {
          line.add(Task.fed(tasks++, part, blocks, false));
          blocks.clear();
          values = 0;
          if (!line.awaitRoom()) {
            return false;
          }
        }
      }
      line.add(Task.fed(tasks++, part, blocks, true));
      return true;
    } catch (IOException | RuntimeException e) {
      line.add(Task.failed(tasks++, part, e));
      return false;
    }
  }

  private Block next(BlockReader reader) throws IOException {
    long begun = begin();
    try {
      return reader.next();
    } finally {
      end(begun);
    }
  }

  private long begin() {
    reading = true;
    return System.nanoTime();
  }

  private void end(long begun) {
    nanos += System.nanoTime() - begun;
    reading = false;
  }
}
