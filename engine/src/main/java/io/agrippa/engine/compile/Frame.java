package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.RowProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * A worker's scratch space for one compiled model: a register for each field, computed when first
 * asked for in a block; registers that expressions borrow; and what was translated of dictionaries.
 * Not safe for use by many threads.
 */
final class Frame {
  /** Computes the vector of a slot. Immutable; shared by all workers. */
  interface Step {
    /** Fills {@code out}, which is cleared. */
    void compute(Frame frame, Vector out);
  }

  private final Step[] steps;
  private final Vector[] vectors;
  private final int[] stamps;
  private final TextMemo[] memos;
  private final Inputs inputs;
  private final int capacity;
  private final Deque<Vector> free = new ArrayDeque<>();
  private final List<RowProblem> details = new ArrayList<>();
  private final IdentityHashMap<Object, Object> shared = new IdentityHashMap<>();
  private int stamp;
  private TraceLog trace; // null where nobody wants to know
  private Block block;
  private int rows;

  /**
   * Scratch space for blocks of up to {@code capacity} rows.
   *
   * @param steps a step for each slot; null for slots that somebody sets
   * @param memos number of translations that the steps keep
   * @param inputs reads the plan's inputs out of the blocks
   */
  Frame(Step[] steps, int memos, Inputs inputs, int capacity) {
    this.inputs = inputs;
    this.steps = steps.clone();
    this.capacity = capacity;
    this.memos = new TextMemo[memos];
    vectors = new Vector[steps.length];
    stamps = new int[steps.length];
  }

  /** Begins a block: all slots are to be computed anew. */
  void begin(Block next) {
    if (next.rows() > capacity) {
      throw new IllegalArgumentException(next.rows() + " rows for a frame of " + capacity);
    }
    block = next;
    rows = next.rows();
    details.clear();
    if (++stamp == 0) { // after 2³² blocks: old stamps must not look new
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
  }

  /** From now on what scorers do for a row is written down. */
  void trace(TraceLog log) {
    trace = log;
  }

  /** Where scorers write down what they do, or null. */
  TraceLog trace() {
    return trace;
  }

  /** Whether a slot has been computed or set for the current block. */
  boolean isComputed(int slot) {
    return stamps[slot] == stamp;
  }

  /** The current block. */
  Block block() {
    return block;
  }

  /** Reads the plan's inputs. */
  Inputs inputs() {
    return inputs;
  }

  /** Rows of the current block. */
  int rows() {
    return rows;
  }

  /** The most rows that a block may have. */
  int capacity() {
    return capacity;
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
    if (stamps[slot] == stamp) {
      return vectors[slot];
    }
    if (steps[slot] == null) {
      throw new IllegalStateException("slot " + slot + " is read before it is set");
    }
    Vector vector = set(slot);
    steps[slot].compute(this, vector);
    return vector;
  }

  /** The cleared vector of a slot that the caller is about to set for the current block. */
  Vector set(int slot) {
    stamps[slot] = stamp;
    if (vectors[slot] == null) {
      vectors[slot] = new Vector(capacity);
    }
    vectors[slot].clear();
    return vectors[slot];
  }

  /** A cleared vector, to be given back by {@link #release}. */
  Vector borrow() {
    Vector vector = free.isEmpty() ? new Vector(capacity) : free.pop();
    vector.clear();
    return vector;
  }

  /** Takes back a vector that was borrowed. */
  void release(Vector vector) {
    free.push(vector);
  }

  /** The translation of this number. */
  TextMemo memo(int index) {
    if (memos[index] == null) {
      memos[index] = new TextMemo();
    }
    return memos[index];
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
