package io.agrippa.engine.compile;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the cells of one result with expected ones. Numbers agree within a tolerance; all else
 * agrees if it is equal.
 */
final class VerificationTally {
  private final String name;
  private final Tolerance tolerance;
  private final DataType type;
  private final List<VerificationReport.Difference> differences = new ArrayList<>();
  private long cells;
  private long different;
  private long numbers;
  private double absolute;
  private double relative;
  private double ulps;

  VerificationTally(ResultField result, Tolerance tolerance) {
    this.name = result.name();
    this.tolerance = tolerance;
    this.type = result.dataType();
  }

  /**
   * Compares one cell.
   *
   * @param row number of the row, from 1 on
   * @param expected what is expected, null for no value
   * @param columnType type of the column
   * @param at row in the column
   * @param problem why the row has no result, or null
   */
  void compare(
      long row, String expected, Type columnType, Column column, int at, RowProblem problem) {
    cells++;
    boolean absent = problem != null || column.isMissing(at);
    String actual =
        problem != null
            ? "an error (" + problem.text() + ")"
            : absent ? "no value" : ColumnText.text(columnType, column, at);
    boolean agrees = expected == null ? absent : !absent && agrees(expected, actual, column, at);
    if (!agrees) {
      different++;
      if (differences.size() < VerificationReport.MOST_DIFFERENCES) {
        differences.add(
            new VerificationReport.Difference(
                row, name, expected == null ? "no value" : expected, actual));
      }
    }
  }

  private boolean agrees(String expected, String actual, Column column, int at) {
    try {
      if (column instanceof DoubleColumn doubles) {
        return near(Literals.number(expected, type), doubles.values()[at]);
      }
      if (type.isNumeric()) {
        return near(
            Literals.number(expected, DataType.DOUBLE), Literals.number(actual, DataType.DOUBLE));
      }
      return Literals.canonical(expected, type).equals(Literals.canonical(actual, type));
    } catch (LiteralException e) {
      return false;
    }
  }

  private boolean near(double expected, double actual) {
    measure(expected, actual);
    return tolerance.accepts(expected, actual);
  }

  private void measure(double expected, double actual) {
    numbers++;
    if (expected == actual || Double.compare(expected, actual) == 0) {
      return;
    }
    double difference = Math.abs(expected - actual);
    // Not a number differs from a number without end.
    difference = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    double unit = type.equals(DataType.FLOAT) ? Math.ulp((float) expected) : Math.ulp(expected);
    absolute = Math.max(absolute, difference);
    relative = Math.max(relative, quotient(difference, Math.abs(expected)));
    ulps = Math.max(ulps, quotient(difference, unit));
  }

  private static double quotient(double difference, double by) {
    double quotient = difference / by;
    return Double.isNaN(quotient) ? Double.POSITIVE_INFINITY : quotient;
  }

  VerificationReport.Column column() {
    return new VerificationReport.Column(
        name,
        tolerance,
        cells,
        different,
        numbers == 0
            ? Optional.empty()
            : Optional.of(new VerificationReport.Distance(absolute, relative, ulps)),
        differences);
  }
}
