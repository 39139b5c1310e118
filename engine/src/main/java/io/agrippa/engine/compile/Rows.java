package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;

/** Blocks of one row, compared to the bit. */
final class Rows {
  private Rows() {}

  /**
   * Whether two rows of the same columns both have a problem, or the same values. Which of several
   * problems is named depends on what is looked at first.
   */
  static boolean same(Block a, Block b) {
    if (!a.problems().isEmpty() || !b.problems().isEmpty()) {
      return !a.problems().isEmpty() && !b.problems().isEmpty();
    }
    for (int i = 0; i < a.schema().size(); i++) {
      if (!same(a.column(i), b.column(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Column a, Column b) {
    if (a.isMissing(0) || b.isMissing(0)) {
      return a.isMissing(0) && b.isMissing(0);
    }
    if (a instanceof DoubleColumn x && b instanceof DoubleColumn y) {
      return Double.doubleToLongBits(x.values()[0]) == Double.doubleToLongBits(y.values()[0]);
    }
    if (a instanceof LongColumn x && b instanceof LongColumn y) {
      return x.values()[0] == y.values()[0];
    }
    if (a instanceof StringColumn x && b instanceof StringColumn y) {
      return x.value(0).equals(y.value(0));
    }
    return a == b || a.getClass() == b.getClass(); // binary columns only pass through
  }

  /** A row in words. */
  static String text(Block row) {
    if (!row.problems().isEmpty()) {
      return row.problems().get(0).text();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.schema().size(); i++) {
      Column column = row.column(i);
      text.append(i == 0 ? "" : ", ")
          .append(row.schema().field(i).name())
          .append('=')
          .append(
              column.isMissing(0)
                  ? "missing"
                  : ColumnText.text(row.schema().field(i).type(), column, 0));
    }
    return text.toString();
  }
}
