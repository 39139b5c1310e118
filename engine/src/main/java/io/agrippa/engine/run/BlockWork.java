package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowHasher;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.measure.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What one worker does with a block that was read: score, reduce, hash, encode. For one thread at a
 * time. Public for runners in other packages of the engine.
 */
public final class BlockWork {
  private final BlockOperator.Worker worker;
  private final boolean looksAhead;
  private final RowHasher hasher = new RowHasher();
  private final BlockSink sink;
  private final boolean failing;
  private final boolean limited;
  private final Optional<Aggregation.State> state;
  private final WorkerClock clock;

  /** The work of one worker, measured by its clock. */
  public BlockWork(MoveOrder order, WorkerClock clock) {
    Job job = order.job();
    this.worker = order.operator().worker();
    this.looksAhead = order.operator().dependency().looksAhead();
    this.sink = order.sink();
    this.failing = job.rowPolicy() == RowPolicy.FAIL;
    this.limited = job.limit().isPresent();
    // Which rows the limit admits is known only at the delivery, which then does the reducing.
    this.state = limited ? Optional.empty() : order.aggregation().map(Aggregation::state);
    this.clock = clock;
  }

  /** What this worker leaves behind. Stops its clock; no block is worked on afterwards. */
  public WorkerTally tally() {
    clock.stop();
    return new WorkerTally(clock.time(), clock.phases(), state, List.of());
  }

  /**
   * The next block is the first of this partition. Where rows depend on rows behind them, it is
   * read to its end for that first.
   *
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  public void startPartition(Partition partition) throws IOException, InterruptedException {
    startPartition();
    if (!looksAhead) {
      return;
    }
    try (BlockReader reader = partition.open()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the run was cancelled");
        }
        clock.lap(Phase.READ);
        gather(block);
      }
    }
    clock.lap(Phase.READ);
  }

  /**
   * The next block is the first of a partition; where rows depend on rows behind them, {@link
   * #gather} is given all its blocks before.
   */
  public void startPartition() {
    worker.startPartition();
  }

  /** Whether rows depend on rows behind them. */
  public boolean looksAhead() {
    return looksAhead;
  }

  /** Takes note of a block of the partition that was started. */
  public void gather(Block block) {
    worker.gather(block);
    clock.lap(Phase.SCORE);
  }

  /**
   * Scores, hashes and encodes a block. Adds to the clock's laps; returns with the clock at a mark.
   */
  public Outcome.Scored process(Block input) throws IOException {
    Block output = worker.apply(input);
    if (output.rows() != input.rows()) {
      throw new IllegalStateException(
          "the operator made %d rows of %d; it must keep them"
              .formatted(output.rows(), input.rows()));
    }
    clock.scored(output.rows());
    clock.lap(Phase.SCORE);
    if (state.isPresent()) {
      state.get().add(output);
      clock.lap(Phase.AGGREGATE);
    }
    List<RowProblem> problems = output.problems();
    RowProblem first = problems.isEmpty() ? null : problems.get(0);
    RowDigest digest = hasher.digest(output);
    BlockSink.Encoded encoded = first != null && failing ? null : sink.encode(output);
    clock.lap(Phase.WRITE);
    return new Outcome.Scored(
        output.rows(),
        badRows(problems, output.rows()),
        first,
        encoded,
        digest,
        limited ? output : null,
        heapBytes(output));
  }

  /** Number of distinct rows before {@code end} that have a problem. */
  static int badRows(List<RowProblem> problems, int end) {
    int count = 0;
    int last = -1;
    for (RowProblem problem : problems) {
      if (problem.row() != last && problem.row() < end) {
        count++;
        last = problem.row();
      }
    }
    return count;
  }

  /** About what a block and its encoded form take: each value twice. */
  private static long heapBytes(Block block) {
    long bytes = 1024;
    for (int i = 0; i < block.schema().size(); i++) {
      Column column = block.column(i);
      bytes += 64;
      if (column instanceof StringColumn strings) {
        bytes += 8L * block.rows() + 48L * Math.min(block.rows(), strings.dictionary().size());
      } else if (column instanceof BinaryColumn binary) {
        for (int row = 0; row < block.rows(); row++) {
          byte[] value = binary.values()[row];
          bytes += 8 + (value == null ? 0 : 16 + 2L * value.length);
        }
      } else {
        bytes += 17L * block.rows();
      }
    }
    return bytes;
  }
}
