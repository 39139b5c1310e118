package io.agrippa.engine.compile;

/** A compiled predicate: true, false or unknown for each row. Immutable; shared by all workers. */
interface PredicatePlan {
  /** An evaluator with scratch space of its own, for one worker. */
  Evaluator evaluator();

  /** Evaluates blocks for one worker. */
  interface Evaluator {
    /**
     * Sets the bits of the rows for which the predicate is true, and of those for which it is
     * unknown; clears all others. The arrays hold at least the words of the frame's block.
     *
     * @param errors gets the bits of the rows added for which a field that is needed has an error;
     *     the predicate is neither true nor unknown for them
     */
    void evaluate(Frame frame, long[] isTrue, long[] isUnknown, long[] errors);
  }
}
