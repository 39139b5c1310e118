package io.agrippa.cli.conformance;

import io.agrippa.cli.conformance.Verdict.Difference;
import io.agrippa.engine.compile.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds scored rows against the expected ones. */
final class Comparison {
  private Comparison() {}

  /** Compares the case's columns, cell by cell. */
  static Verdict compare(
      ConformanceCase conformanceCase, ExpectedTable expected, ScoredTable scored) {
    List<String> columns = conformanceCase.compared();
    if (columns.isEmpty()) {
      return new Verdict.Refused("the case compares no column");
    }
    List<Integer> positions = new ArrayList<>();
    List<List<Object>> actual = new ArrayList<>();
    for (String column : columns) {
      int position = expected.columns().indexOf(column);
      List<Object> values = scored.columns().get(column);
      if (position < 0) {
        return new Verdict.Refused("the expected table lacks the column " + column);
      }
      if (values == null) {
        return new Verdict.Refused(
            "no result is called \"%s\"; there are %s"
                .formatted(column, String.join(", ", scored.columns().keySet())));
      }
      positions.add(position);
      actual.add(values);
    }
    if (scored.rows() != expected.rows().size()) {
      return new Verdict.Refused(
          "%d rows came, but %d are expected".formatted(scored.rows(), expected.rows().size()));
    }
    Difference first = null;
    long wrongCells = 0;
    int wrongRows = 0;
    for (int row = 0; row < scored.rows(); row++) {
      long before = wrongCells;
      for (int i = 0; i < columns.size(); i++) {
        String text = expected.rows().get(row).get(positions.get(i));
        Object value = actual.get(i).get(row);
        if (!equal(text, value, conformanceCase.tolerance())) {
          wrongCells++;
          if (first == null) {
            first =
                new Difference(
                    row + 1, columns.get(i), text, value == null ? null : value.toString());
          }
        }
      }
      if (wrongCells > before) {
        wrongRows++;
      }
    }
    long cells = (long) scored.rows() * columns.size();
    return first == null
        ? new Verdict.Passed(cells)
        : new Verdict.Different(wrongCells, cells, wrongRows, scored.rows(), first);
  }

  /** The expected text is read as what the actual value is. */
  static boolean equal(String expected, Object actual, Tolerance tolerance) {
    if (expected == null || actual == null) {
      return expected == null && actual == null;
    }
    if (actual instanceof Number number) {
      Double wanted = number(expected);
      return wanted != null && tolerance.accepts(wanted, number.doubleValue());
    }
    if (actual instanceof Boolean truth) {
      Boolean wanted = truth(expected);
      return truth.equals(wanted);
    }
    return expected.equals(actual.toString());
  }

  private static Double number(String text) {
    String trimmed = text.trim();
    switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {
        try {
          return Double.valueOf(trimmed);
        } catch (NumberFormatException e) {
          return null; // a text where a number came: not equal
        }
      }
    }
  }

  private static Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "1.0" -> true;
      case "false", "0", "0.0" -> false;
      default -> null;
    };
  }
}
