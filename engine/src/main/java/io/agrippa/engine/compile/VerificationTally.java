package io.agrippa.engine.compile;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Verification;
import java.util.Optional;

/**
 * Compares the cells of one result with those that the document gives. Numbers agree within the
 * field's relative precision, or if both are within its zeroThreshold of zero; all else agrees if
 * it is equal. Absent cells are not compared.
 */
final class VerificationTally {
  private final Verification.Field field;
  private final DataType type;
  private int cells;
  private int different;
  private int numbers;
  private double absolute;
  private double relative;
  private double ulps;
  private VerificationReport.Difference first;

  VerificationTally(Verification.Field field, ResultField result) {
    this.field = field;
    this.type = result.dataType();
  }

  Verification.Field field() {
    return field;
  }

  /**
   * Compares one cell.
   *
   * @param row number of the row in the document, from 1 on
   * @param expected what the document gives
   * @param columnType type of the column
   * @param at row in the column
   * @param problem why the row has no result, or null
   */
  void compare(
      int row, String expected, Type columnType, Column column, int at, RowProblem problem) {
    cells++;
    boolean absent = problem != null || column.isMissing(at);
    String actual =
        problem != null
            ? "an error (" + problem.text() + ")"
            : absent ? "no value" : ColumnText.text(columnType, column, at);
    if (absent || !agrees(expected, actual, column, at)) {
      different++;
      if (first == null) {
        first = new VerificationReport.Difference(row, field.field(), expected, actual);
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

  /** Numbers within the field's tolerances of each other. */
  private boolean near(double expected, double actual) {
    measure(expected, actual);
    if (Math.abs(expected) <= field.zeroThreshold() && Math.abs(actual) <= field.zeroThreshold()) {
      return true;
    }
    if (Double.compare(expected, actual) == 0) {
      return true; // also NaN and infinities
    }
    double a = expected * (1 - field.precision());
    double b = expected * (1 + field.precision());
    return actual >= Math.min(a, b) && actual <= Math.max(a, b);
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
        field.field(),
        field.precision(),
        field.zeroThreshold(),
        cells,
        different,
        numbers == 0
            ? Optional.empty()
            : Optional.of(new VerificationReport.Distance(absolute, relative, ulps)),
        Optional.ofNullable(first));
  }
}
