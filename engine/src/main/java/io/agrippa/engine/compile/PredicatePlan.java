package io.agrippa.engine.compile;

/**
 * A compiled predicate: true, false or unknown for each row. Immutable but for caches that workers
 * do not share.
 */
interface PredicatePlan {
  /** An evaluator with scratch space of its own, for one worker. */
  Evaluator evaluator();

  /** Evaluates blocks for one worker. */
  interface Evaluator {
    /**
     * Sets the bits of the rows for which the predicate is true, and of those for which it is
     * unknown; clears all others. The arrays hold at least the words of the frame's block.
     */
    void evaluate(Frame frame, long[] isTrue, long[] isUnknown);
  }
}
