package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;

/**
 * The values of a field in the rows before the current block, as far back as the plan looks.
 * Immutable once the plan is compiled; what a worker remembers is in its frame.
 */
final class History {
  private static final int FEW = 16;

  private final FieldHandle field;
  private final Lateness lateness;
  private int depth;

  History(FieldHandle field, Lateness lateness) {
    this.field = field;
    this.lateness = lateness;
  }

  Lateness lateness() {
    return lateness;
  }

  FieldHandle field() {
    return field;
  }

  /** Makes it reach so many rows back at least. While compiling. */
  void reach(int rows) {
    depth = Math.max(depth, rows);
  }

  /** The rows before the frame's block. */
  Rows rows(Frame frame) {
    return frame.shared(this, Rows::new);
  }

  /** Remembers the frame's block as the one before the next. */
  void keep(Frame frame) {
    Rows rows = rows(frame);
    Vector vector = frame.vector(field.slot());
    for (int row = Math.max(0, frame.rows() - depth); row < frame.rows(); row++) {
      rows.add(vector, row);
    }
  }

  /** The next block has none before it. */
  void forget(Frame frame) {
    rows(frame).size = 0;
  }

  /** What one worker remembers: a ring that grows with the rows. */
  final class Rows {
    private double[] numbers = new double[Math.min(FEW, depth)];
    private String[] texts = new String[numbers.length]; // of text fields only
    private boolean[] missing = new boolean[numbers.length];
    private boolean[] failed = new boolean[numbers.length];
    private int size;
    private int next;

    private void add(Vector vector, int row) {
      if (size == numbers.length && size < depth) {
        grow();
      }
      failed[next] = Bits.get(vector.errors, row);
      missing[next] = Bits.get(vector.missing, row);
      if (field.type().isText()) {
        texts[next] = missing[next] ? null : vector.dictionary.value(vector.codes[row]);
      } else {
        numbers[next] = vector.numbers[row];
      }
      next = next + 1 == numbers.length ? 0 : next + 1;
      size = Math.min(size + 1, numbers.length);
    }

    private void grow() {
      int capacity = (int) Math.min(depth, 2L * size);
      int oldest = next; // the ring is full
      numbers = Arrays.copyOf(rotated(numbers, new double[size], oldest), capacity);
      texts = Arrays.copyOf(rotated(texts, new String[size], oldest), capacity);
      missing = Arrays.copyOf(rotated(missing, new boolean[size], oldest), capacity);
      failed = Arrays.copyOf(rotated(failed, new boolean[size], oldest), capacity);
      next = size;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of one type
    private <T> T rotated(T ring, T straight, int oldest) {
      System.arraycopy(ring, oldest, straight, 0, size - oldest);
      System.arraycopy(ring, 0, straight, size - oldest, oldest);
      return straight;
    }

    /** Where the row so many rows before the block is kept; 1 is the last one. */
    int at(int back) {
      int index = next - back;
      return index < 0 ? index + numbers.length : index;
    }

    double number(int at) {
      return numbers[at];
    }

    String text(int at) {
      return texts[at];
    }

    boolean isMissing(int at) {
      return missing[at];
    }

    boolean isFailed(int at) {
      return failed[at];
    }
  }
}
