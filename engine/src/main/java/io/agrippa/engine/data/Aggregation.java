package io.agrippa.engine.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A reduction of rows to one value, bound to the schema of the blocks that it reads: map (add a
 * block), combine (merge states), reduce (the result). Immutable; shared by all threads.
 *
 * <p>Runners add blocks to as many states as they have workers and merge those in any grouping, so
 * a state that holds nothing but counts and exact sums gives the same bits on every runner. A state
 * that sketches says how far its result may differ.
 */
public interface Aggregation {
  /** A state that no row was added to. */
  State state();

  /**
   * A state as {@link State#write} wrote it.
   *
   * @throws IOException if the bytes are not those of a state of this aggregation
   */
  State read(DataInput in) throws IOException;

  /** What the rows added so far come to. For one thread at a time. */
  interface State {
    /** Adds all rows of a block of the aggregation's schema. */
    void add(Block block);

    /** Adds what another state of the same aggregation holds; the other is not used afterwards. */
    void merge(State other);

    /** Writes the state, to be merged in another process. */
    void write(DataOutput out) throws IOException;

    /** What it comes to; the aggregation says of which class it is. */
    Object result();
  }
}
