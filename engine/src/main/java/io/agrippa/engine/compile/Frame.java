package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.RowProblem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * A worker's scratch space for one compiled model: a register for each field, computed when first
 * asked for in a block. Not safe for use by many threads.
 */
final class Frame {
  /** Computes the vector of a slot. */
  interface Step {
    /** Fills {@code out}, which is cleared. */
    void compute(Frame frame, Vector out);
  }

  private final Step[] steps;
  private final Vector[] vectors;
  private final int[] stamps;
  private final List<RowProblem> details = new ArrayList<>();
  private final IdentityHashMap<Object, Object> shared = new IdentityHashMap<>();
  private int stamp;
  private Block block;
  private int rows;

  /** A step for each slot; null for slots that somebody sets. */
  Frame(Step[] steps) {
    this.steps = steps.clone();
    vectors = new Vector[steps.length];
    stamps = new int[steps.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new Vector();
    }
  }

  /** Begins a block: all slots are to be computed anew. */
  void begin(Block next) {
    block = next;
    rows = next.rows();
    details.clear();
    stamp++;
  }

  /** The current block. */
  Block block() {
    return block;
  }

  /** Rows of the current block. */
  int rows() {
    return rows;
  }

  /** The most rows that a block may have. */
  int capacity() {
    return Block.MAX_ROWS;
  }

  /** A number that no other block of this frame has. */
  int sequence() {
    return stamp;
  }

  /** Scratch space that many scorers of this worker share, made when first asked for. */
  @SuppressWarnings("unchecked") // what is kept under a key was made by a maker for this key
  <T> T shared(Object key, Supplier<T> maker) {
    return (T) shared.computeIfAbsent(key, k -> maker.get());
  }

  /** Words of 64 rows in the current block. */
  int words() {
    return Bits.words(rows);
  }

  /** The vector of a slot for the current block, not to be written to. */
  Vector vector(int slot) {
    Vector vector = vectors[slot];
    if (stamps[slot] != stamp) {
      stamps[slot] = stamp;
      vector.clear();
      if (steps[slot] == null) {
        throw new IllegalStateException("slot " + slot + " is read before it is set");
      }
      steps[slot].compute(this, vector);
    }
    return vector;
  }

  /** The cleared vector of a slot that the caller is about to set for the current block. */
  Vector set(int slot) {
    stamps[slot] = stamp;
    vectors[slot].clear();
    return vectors[slot];
  }

  /**
   * Remembers why a row has an error bit; the first reason of a row is the one that is reported.
   */
  void explain(int row, String field, String value, String reason) {
    details.add(new RowProblem(row, field, value, reason));
  }

  /** What was explained in this block, in the order of explaining. */
  List<RowProblem> details() {
    return details;
  }
}
