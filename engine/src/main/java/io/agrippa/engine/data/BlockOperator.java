package io.agrippa.engine.data;

/** A computation on blocks, bound to the schema of its input. Immutable; shared by all threads. */
public interface BlockOperator {
  /** Names and types of what it delivers. */
  Schema output();

  /**
   * Whether what it makes of a row depends on other rows. Where it does, runners give all blocks of
   * a partition to one worker, in order; where it {@link RowDependency#looksAhead looks ahead},
   * they have it gather them first.
   */
  default RowDependency dependency() {
    return new RowDependency.None();
  }

  /** A worker with scratch space of its own, for one thread at a time. */
  Worker worker();

  /** Applies the operator. Holds scratch space, so not safe for use by many threads. */
  interface Worker {
    /** The next block is the first of a partition: what was kept of rows before it is void. */
    default void startPartition() {}

    /**
     * Takes note of a block whose rows others depend on. Where the operator {@link
     * RowDependency#looksAhead looks ahead}, all blocks of a partition are gathered, in order,
     * after its start and before the first of them is applied; otherwise none is.
     */
    default void gather(Block block) {}

    /**
     * Transforms a block. Row {@code i} of the result belongs to row {@code i} of the input. Rows
     * that could not be computed are missing in the result and stand in its {@link
     * Block#problems()}.
     *
     * @param block is neither changed nor kept
     * @return a block of its own, which stays as it is when the worker goes on; it may share
     *     columns with the given one
     */
    Block apply(Block block);
  }
}
