package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowHasher;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.PartitionTimes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of the line: takes outcomes in input order, holds them to the row policy and the limit,
 * counts, and appends to the sink. Because it alone decides, and in input order, the first failure
 * of the input is the one that is thrown, whoever found it when.
 *
 * <p>One thread at a time delivers (which one may change); {@link #abort} may come from any thread
 * at any time.
 *
 * <p>Public for runners in other packages of the engine; {@link LocalRunner} makes, commits and
 * closes it.
 */
public final class Delivery implements AutoCloseable {
  /** How long an abort waits for an append under way: long for a disk, short for a person. */
  private static final long ABORT_SECONDS = 10;

  private final ReentrantLock sinkLock = new ReentrantLock();
  private final BlockSink sink;
  private final RowPolicy policy;
  private final RunListener listener;
  private final PartitionTimes.Builder partitions = new PartitionTimes.Builder();
  private long remaining; // rows that the limit still admits
  private volatile boolean aborted;

  private final Optional<Aggregation.State> state; // only where a limit decides which rows count
  private RowDigest digest = RowDigest.EMPTY;
  private long badRows;
  private long bytesIn;
  private String origin;
  private long rowsOfOrigin; // delivered so far

  Delivery(MoveOrder order, RunListener listener) {
    Job job = order.job();
    this.sink = order.sink();
    this.state =
        job.limit().isPresent() ? order.aggregation().map(Aggregation::state) : Optional.empty();
    this.policy = job.rowPolicy();
    this.remaining = job.limit().orElse(Long.MAX_VALUE);
    this.listener = listener;
  }

  /** Whether the limit is reached: nothing more is to be delivered. */
  public boolean isFull() {
    return remaining == 0;
  }

  /** The following outcomes come from here; saying so again for each does no harm. */
  public void startPartition(String nextOrigin) {
    if (!nextOrigin.equals(origin)) {
      origin = nextOrigin;
      rowsOfOrigin = 0;
    }
  }

  /**
   * The partition is delivered to its end.
   *
   * @param span who worked on it when; spans come by index, from 0
   * @param bytes the bytes of input that it had
   */
  public void endPartition(PartitionSpan span, long bytes) {
    partitions.add(span);
    bytesIn += bytes;
    listener.advanced(0, bytes);
  }

  /**
   * Delivers the next outcome in input order.
   *
   * @throws BadRowException if it holds a bad row within the limit and the policy is to fail
   * @throws IOException if it is a failure to read or encode, or if it cannot be appended
   * @throws InterruptedException if the run was cancelled
   */
  public void deliver(Outcome outcome) throws IOException, InterruptedException {
    if (outcome instanceof Outcome.Failed failed) {
      throw rethrown(failed.cause());
    }
    Outcome.Scored scored = (Outcome.Scored) outcome;
    int rows = (int) Math.min(scored.rows(), remaining);
    RowProblem problem = scored.firstProblem();
    if (problem != null && problem.row() < rows && policy == RowPolicy.FAIL) {
      throw new BadRowException(origin, rowsOfOrigin + problem.row() + 1, problem);
    }
    BlockSink.Encoded encoded = scored.encoded();
    RowDigest added = scored.digest();
    int bad = scored.badRows();
    if (rows < scored.rows()) {
      Block cut = scored.output().first(rows);
      encoded = sink.encode(cut);
      added = new RowHasher().digest(cut);
      bad = BlockWork.badRows(cut.problems(), rows);
    }
    if (rows > 0) {
      append(encoded);
      state.ifPresent(all -> all.add(scored.output().first(rows)));
    }
    digest = digest.then(added);
    badRows += bad;
    rowsOfOrigin += rows;
    remaining -= rows;
    listener.advanced(rows, 0);
  }

  private void append(BlockSink.Encoded encoded) throws IOException, InterruptedException {
    sinkLock.lock();
    try {
      requireRunning();
      sink.append(encoded);
    } finally {
      sinkLock.unlock();
    }
  }

  /** Makes the output appear under its name. */
  void commit() throws IOException, InterruptedException {
    sinkLock.lock();
    try {
      requireRunning();
      sink.commit();
    } finally {
      sinkLock.unlock();
    }
  }

  private void requireRunning() throws InterruptedException {
    if (aborted) {
      throw new InterruptedException("the run was cancelled");
    }
  }

  /**
   * Gives the output up, unless it is already committed: when this returns, nothing of it remains.
   */
  void abort() throws IOException {
    aborted = true;
    boolean locked;
    try {
      locked = sinkLock.tryLock(ABORT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      locked = sinkLock.tryLock();
      Thread.currentThread().interrupt();
    }
    if (!locked) {
      throw new IOException(
          "the output is being written to and cannot be given up; a temporary file may remain"
              + " beside it");
    }
    try {
      sink.close();
    } finally {
      sinkLock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    sinkLock.lock();
    try {
      sink.close();
    } finally {
      sinkLock.unlock();
    }
  }

  /** What the delivered rows were reduced to, where this end of the line does that. */
  Optional<Aggregation.State> state() {
    return state;
  }

  RowDigest digest() {
    return digest;
  }

  long badRows() {
    return badRows;
  }

  long bytesIn() {
    return bytesIn;
  }

  long bytesOut() {
    return sink.bytes();
  }

  PartitionTimes partitionTimes() {
    return partitions.build();
  }

  /**
   * Throws what a worker caught, as it was: its stack trace tells where.
   *
   * @return nothing; so that the caller can write {@code throw} for the compiler
   */
  public static RuntimeException rethrown(Throwable cause)
      throws IOException, InterruptedException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw new IllegalStateException("a checked exception that nothing here declares", cause);
  }
}
