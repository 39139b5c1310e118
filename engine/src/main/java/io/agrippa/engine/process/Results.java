package io.agrippa.engine.process;

import io.agrippa.engine.arrow.BlockEncoder;
import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Outcome;
import io.agrippa.engine.run.WorkerClock;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Stands in a worker where the sink stands in its parent: makes packets of blocks, and reduces them
 * to a state of the task at hand, so that a task that is done again counts once. For the thread
 * that computes.
 */
final class Results implements BlockSink {
  private static final Packet NONE = new Packet(null);

  private final BlockEncoder encoder;
  private final Optional<Aggregation> aggregation;
  private final boolean rowsWanted;
  private final WorkerClock clock;
  private Optional<Aggregation.State> state = Optional.empty();
  private boolean wanted = true;

  private record Packet(byte[] bytes) implements Encoded {}

  /**
   * Results of a schema.
   *
   * @param rowsWanted whether the rows themselves are to be sent
   */
  Results(Schema schema, Optional<Aggregation> aggregation, boolean rowsWanted, WorkerClock clock) {
    this.encoder = new BlockEncoder(schema);
    this.aggregation = aggregation;
    this.rowsWanted = rowsWanted;
    this.clock = clock;
  }

  void startTask() {
    state = aggregation.map(Aggregation::state);
  }

  /** Whether rows count even where the parent has them already. */
  boolean reduces() {
    return aggregation.isPresent();
  }

  /** Whether the next block is to be sent; a packet that is made must be. */
  void want(boolean next) {
    wanted = next;
  }

  @Override
  public Encoded encode(Block block) throws IOException {
    if (state.isPresent()) {
      clock.lap(Phase.WRITE);
      state.get().add(block);
      clock.lap(Phase.AGGREGATE);
    }
    return rowsWanted && wanted ? new Packet(encoder.encode(block)) : NONE;
  }

  /** The packet of a block that was scored, or null where the parent needs none. */
  byte[] packet(Outcome.Scored scored) throws IOException {
    if (scored.encoded() == null) {
      // A bad row that the policy does not allow. A limit may cut it off: then there is the block.
      return scored.output() == null || !rowsWanted ? null : encoder.encode(scored.output());
    }
    return ((Packet) scored.encoded()).bytes();
  }

  /** What the rows of the task come to, or null. */
  byte[] state() throws IOException {
    if (state.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.get().write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Override
  public void append(Encoded encoded) {
    throw new IllegalStateException("only the parent has the output");
  }

  @Override
  public void commit() {
    throw new IllegalStateException("only the parent has the output");
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
