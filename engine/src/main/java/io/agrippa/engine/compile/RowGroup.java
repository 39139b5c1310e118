package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.KeyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Consecutive rows that have the same values in some fields: what PMML calls a block. Its slot says
 * of each row how many rows of its group stand before it. Immutable; what a worker remembers of the
 * last block is in its frame.
 *
 * <p>An input is compared as it came, not as it was treated, so that a group never goes on where a
 * cut by that column may be.
 */
final class RowGroup {
  private final List<Indicator> indicators;
  private final Lateness lateness;
  private final int slot;

  /**
   * A field that delimits groups.
   *
   * @param field its values, for their errors and, where it is no input, for comparing
   * @param input the input whose treated values these are, or null
   */
  record Indicator(FieldHandle field, InputSpec input) {}

  RowGroup(List<Indicator> indicators, Lateness lateness, PlanBuilder builder) {
    this.indicators = List.copyOf(indicators);
    this.lateness = lateness;
    slot = builder.slot(this::count);
  }

  Lateness lateness() {
    return lateness;
  }

  /** Number of rows of its group before each row. */
  int slot() {
    return slot;
  }

  /** The names of the inputs among the fields. */
  List<String> inputs() {
    return indicators.stream()
        .filter(indicator -> indicator.input != null)
        .map(indicator -> indicator.input.field().name())
        .toList();
  }

  private void count(Frame frame, Vector out) {
    for (Indicator indicator : indicators) {
      out.addErrors(frame.vector(indicator.field.slot()).errors);
    }
    Last last = last(frame);
    double[] counts = out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      double before = row > 0 ? counts[row - 1] + 1 : last.rows;
      counts[row] = before > 0 && goesOn(frame, last, row) ? before : 0;
    }
  }

  /** Whether a row is of the group of the row before it. */
  private boolean goesOn(Frame frame, Last last, int row) {
    for (int i = 0; i < indicators.size(); i++) {
      Indicator indicator = indicators.get(i);
      boolean same;
      if (indicator.input == null) {
        Object before = row > 0 ? value(frame, indicator, row - 1) : last.values.get(i);
        same = Objects.equals(before, value(frame, indicator, row));
      } else {
        Column column = frame.inputs().column(indicator.input.number(), frame);
        same =
            column == null
                || (row > 0
                    ? KeyValues.isSame(column, row - 1, column, row)
                    : KeyValues.isSame((Column) last.values.get(i), last.row, column, row));
      }
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static Object value(Frame frame, Indicator indicator, int row) {
    Vector vector = frame.vector(indicator.field.slot());
    if (Bits.get(vector.missing, row)) {
      return null;
    }
    return indicator.field.type().isText()
        ? vector.dictionary.value(vector.codes[row])
        : (Object) vector.numbers[row];
  }

  /** Remembers the frame's block as the one before the next. */
  void keep(Frame frame) {
    Last last = last(frame);
    int row = frame.rows() - 1;
    if (row < 0) {
      return;
    }
    last.rows = (long) frame.vector(slot).numbers[row] + 1;
    last.row = row;
    last.values.clear();
    for (Indicator indicator : indicators) {
      last.values.add(
          indicator.input == null
              ? value(frame, indicator, row)
              : frame.inputs().column(indicator.input.number(), frame));
    }
  }

  /** The next block has none before it. */
  void forget(Frame frame) {
    last(frame).rows = 0;
  }

  private Last last(Frame frame) {
    return frame.shared(this, Last::new);
  }

  /** The last row of the block before. */
  private static final class Last {
    private long rows; // of its group so far; 0 where there is no block before
    private int row;
    private final List<Object> values = new ArrayList<>(); // columns for inputs, values for others
  }
}
