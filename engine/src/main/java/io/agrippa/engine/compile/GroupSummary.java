package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Expression.Aggregate.Function;
import java.util.Arrays;

/**
 * What an Aggregate takes of each group of a partition: a number, while the group's rows are
 * gathered in their order. Afterwards, while they are scored, it tells which group a row is of. So
 * it holds 9 bytes a group and nothing of rows, however large a group is. Immutable; what a worker
 * has gathered is in its frame.
 *
 * <p>Whole numbers are added as such, exactly; others as doubles in the order of the rows. As a
 * group is always gathered as a whole, that gives the same bits whoever gathers it.
 */
final class GroupSummary {
  /** About 36 MB. A partition that is cut by the groups' field has fewer. */
  private static final int MOST_GROUPS = 1 << 22;

  private static final int FEW = 16;

  private static final byte MISSING = 0;
  private static final byte PRESENT = 1;
  private static final byte FAILED = 2;

  private final Function function;
  private final FieldHandle field;
  private final RowGroup group;
  private final Site site;
  private final boolean whole; // whether the values are whole numbers

  GroupSummary(Function function, FieldHandle field, RowGroup group, Site site) {
    this.function = function;
    this.field = field;
    this.group = group;
    this.site = site;
    whole = Types.isInteger(Types.arithmetic(field.type()));
  }

  Function function() {
    return function;
  }

  FieldHandle field() {
    return field;
  }

  RowGroup group() {
    return group;
  }

  /** The groups of the partition. */
  Groups groups(Frame frame) {
    return frame.shared(this, Groups::new);
  }

  /** Gathers the frame's block. */
  void gather(Frame frame) {
    groups(frame).add(frame.vector(group.slot()).numbers, frame.vector(field.slot()), frame.rows());
  }

  /** All blocks of the partition are gathered. */
  void endGathering(Frame frame) {
    groups(frame).end();
  }

  /** The frame's block was scored; the next one follows it. */
  void pass(Frame frame) {
    Groups groups = groups(frame);
    double[] before = frame.vector(group.slot()).numbers;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (before[row] == 0) {
        groups.passed++;
      }
    }
  }

  /** The next block to be gathered is the first of a partition. */
  void forget(Frame frame) {
    groups(frame).clear();
  }

  /** What one worker has gathered. */
  final class Groups {
    private double[] results = new double[FEW]; // of a failed group: its first failed row
    private byte[] states = new byte[FEW];
    private int size; // groups that are complete
    private boolean complete; // all are
    private int passed; // groups that began before the block that is scored

    // Of the group that is being gathered.
    private long rows; // 0 where there is none
    private long values;
    private long wholeSum;
    private double result; // of the values so far; not of a sum of whole numbers
    private long failedRow; // from 1; 0 where none is

    /** Number of groups that began before the frame's block. */
    int passed() {
      return passed;
    }

    boolean isMissing(int index) {
      return states[checked(index)] == MISSING;
    }

    /** Which row of its group, from 1, could not be computed; 0 where all could. */
    long failedRow(int index) {
      return states[checked(index)] == FAILED ? (long) results[index] : 0;
    }

    double number(int index) {
      return results[checked(index)];
    }

    private int checked(int index) {
      if (!complete || index >= size) {
        throw new IllegalStateException("group " + index + " is asked for before it is gathered");
      }
      return index;
    }

    private void clear() {
      size = 0;
      passed = 0;
      complete = false;
      begin();
    }

    private void begin() {
      rows = 0;
      values = 0;
      wholeSum = 0;
      result = 0;
      failedRow = 0;
    }

    private void end() {
      close();
      complete = true;
    }

    private void add(double[] before, Vector vector, int count) {
      for (int row = 0; row < count; row++) {
        if (before[row] == 0) {
          close();
        }
        rows++;
        if (Bits.get(vector.errors, row)) {
          failedRow = failedRow == 0 ? rows : failedRow;
        } else if (!Bits.get(vector.missing, row)) {
          values++;
          if (function != Function.COUNT) {
            take(vector.numbers[row]);
          }
        }
      }
    }

    private void take(double value) {
      switch (function) {
        case SUM, AVERAGE -> {
          if (whole) {
            wholeSum += (long) value;
          } else {
            result = values == 1 ? value : result + value;
          }
        }
        case MIN -> result = values == 1 ? value : Math.min(result, value);
        case MAX -> result = values == 1 ? value : Math.max(result, value);
        case COUNT, MULTISET -> throw new IllegalStateException(function.name());
      }
    }

    /** Ends the group that is being gathered, if there is one. */
    private void close() {
      if (rows == 0) {
        return;
      }
      if (size == MOST_GROUPS) {
        throw site.error(
            "Aggregate: a partition has more than %,d groups, and no more are remembered; %s"
                .formatted(
                    MOST_GROUPS,
                    group.inputs().isEmpty()
                        ? "group by a field of the data, or score the data in parts"
                        : "cut the data by key:" + group.inputs().get(0)));
      }
      if (size == results.length) {
        int capacity = Math.min(MOST_GROUPS, 2 * size);
        results = Arrays.copyOf(results, capacity);
        states = Arrays.copyOf(states, capacity);
      }
      states[size] =
          failedRow > 0 ? FAILED : values > 0 || function == Function.COUNT ? PRESENT : MISSING;
      results[size] = failedRow > 0 ? failedRow : values > 0 ? result() : 0;
      size++;
      begin();
    }

    private double result() {
      return switch (function) {
        case COUNT -> values;
        case SUM -> whole ? wholeSum : result;
        case AVERAGE -> (whole ? wholeSum : result) / values;
        case MIN, MAX, MULTISET -> result;
      };
    }
  }
}
