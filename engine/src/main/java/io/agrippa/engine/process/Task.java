package io.agrippa.engine.process;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.run.Outcome;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What a worker is given at once: a partition that it opens itself, or some blocks of one that only
 * the parent can read. Kept until it is wholly delivered, so that it can be given to another one.
 */
final class Task {
  /** The partition that tasks are of. Its sums are guarded by the lock of {@link Line}. */
  static final class Part {
    final long index;
    final String origin;
    final long bytes;
    int worker = -1; // that had its first task
    long rows;
    long start = Long.MAX_VALUE; // nanoseconds since the start of the run
    long end;
    long busy;

    Part(long index, String origin, long bytes) {
      this.index = index;
      this.origin = origin;
      this.bytes = bytes;
    }
  }

  /**
   * A result that waits for its turn.
   *
   * @param from who sent it, and is told when there is room again; null where nobody is
   */
  record Result(Outcome outcome, WorkerProcess from) {}

  final long id;
  final Part part;
  final byte[] address; // null where there are blocks
  final List<Block> blocks;
  final boolean last; // of its part

  // Guarded by the lock of Line.
  final ArrayDeque<Result> waiting = new ArrayDeque<>();
  int received; // blocks that came, in order
  long receivedRows;
  int attempts; // workers that ended in it
  boolean done; // nothing more will come
  String poison; // how the last of too many workers ended, or null
  byte[] state; // what its rows were reduced to, or null

  private Task(long id, Part part, byte[] address, List<Block> blocks, boolean last) {
    this.id = id;
    this.part = part;
    this.address = address;
    this.blocks = blocks;
    this.last = last;
  }

  /** A partition that the worker opens. */
  static Task opened(long id, Part part, byte[] address) {
    return new Task(id, part, address, List.of(), true);
  }

  /** Blocks that the worker is fed with. */
  static Task fed(long id, Part part, List<Block> blocks, boolean last) {
    return new Task(id, part, null, List.copyOf(blocks), last);
  }

  /** A place for a failure to read. */
  static Task failed(long id, Part part, Throwable failure) {
    Task task = new Task(id, part, null, List.of(), true);
    task.waiting.add(new Result(new Outcome.Failed(failure), null));
    task.done = true;
    return task;
  }
}
