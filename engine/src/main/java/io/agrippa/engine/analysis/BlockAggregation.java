package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An aggregation whose states say in front of their bytes what they are and in which version.
 *
 * @param <S> its states
 */
abstract class BlockAggregation<S extends BlockAggregation.VersionedState<S>>
    implements Aggregation {
  private final Class<S> states;
  private final String kind;
  private final int version;

  /**
   * @param kind what its states are, for their bytes and messages
   * @param version of their bytes
   */
  BlockAggregation(Class<S> states, String kind, int version) {
    this.states = states;
    this.kind = kind;
    this.version = version;
  }

  @Override
  public abstract S state();

  @Override
  public final S read(DataInput in) throws IOException {
    Reading.requireHeader(in, kind, version);
    S state = state();
    state.readBody(in);
    return state;
  }

  /** A state of such an aggregation. */
  abstract static class VersionedState<S extends VersionedState<S>> implements State {
    private final BlockAggregation<S> aggregation;

    VersionedState(BlockAggregation<S> aggregation) {
      this.aggregation = aggregation;
    }

    @Override
    public final void merge(State other) {
      mergeSame(aggregation.states.cast(other));
    }

    @Override
    public final void write(DataOutput out) throws IOException {
      Reading.writeHeader(out, aggregation.kind, aggregation.version);
      writeBody(out);
    }

    abstract void mergeSame(S other);

    abstract void writeBody(DataOutput out) throws IOException;

    /** Fills an empty state. */
    abstract void readBody(DataInput in) throws IOException;
  }
}
