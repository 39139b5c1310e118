package io.agrippa.cli;

import io.agrippa.engine.compile.VerificationReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a model compares with its own verification rows, for people and as JSON. */
final class VerificationText {
  private VerificationText() {}

  /**
   * Prints it.
   *
   * @param expected what holds the expected results, in words
   */
  static void print(String model, String expected, VerificationReport report, PrintWriter to) {
    Table table =
        new Table("RESULT", "CELLS", "DIFFERENT", "ABSOLUTE", "RELATIVE", "ULP", "TOLERANCE");
    for (VerificationReport.Column column : report.columns()) {
      table.add(
          column.field(),
          Long.toString(column.cells()),
          Long.toString(column.different()),
          column.greatest().map(g -> number(g.absolute())).orElse(""),
          column.greatest().map(g -> number(g.relative())).orElse(""),
          column.greatest().map(g -> number(g.ulps())).orElse(""),
          column.greatest().map(g -> number(column.tolerance().relative())).orElse("equal"));
    }
    table.print(to);
    to.println();
    if (!report.others().isEmpty()) {
      to.printf(
          "not compared, because the model gives no such result: %s%n",
          String.join(", ", report.others()));
    }
    if (report.agrees()) {
      to.printf(Locale.ROOT, "%s: all %d rows of %s agree%n", model, report.rows(), expected);
    } else {
      report.columns().stream()
          .flatMap(column -> column.differences().stream())
          .sorted(Comparator.comparingLong(VerificationReport.Difference::row))
          .limit(VerificationReport.MOST_DIFFERENCES)
          .forEach(difference -> to.printf("%s: %s%n", model, text(difference)));
    }
    to.flush();
  }

  private static String text(VerificationReport.Difference difference) {
    return "in row %d, \"%s\" should be %s, but the model gives %s"
        .formatted(
            difference.row(), difference.field(), difference.expected(), difference.actual());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  static Map<String, Object> json(String model, VerificationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("rows", report.rows());
    json.put("agrees", report.agrees());
    json.put("columns", report.columns().stream().map(VerificationText::json).toList());
    if (!report.others().isEmpty()) {
      json.put("notCompared", report.others());
    }
    return json;
  }

  private static Map<String, Object> json(VerificationReport.Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.field());
    json.put("precision", column.tolerance().relative());
    json.put("zeroThreshold", column.tolerance().absolute());
    json.put("cells", column.cells());
    json.put("different", column.different());
    column
        .greatest()
        .ifPresent(
            greatest -> {
              Json.putNumber(json, "greatestAbsolute", greatest.absolute());
              Json.putNumber(json, "greatestRelative", greatest.relative());
              Json.putNumber(json, "greatestUlps", greatest.ulps());
            });
    if (!column.differences().isEmpty()) {
      VerificationReport.Difference first = column.differences().get(0);
      json.put("firstRow", first.row());
      json.put("firstExpected", first.expected());
      json.put("firstActual", first.actual());
      json.put("differences", column.differences().stream().map(VerificationText::json).toList());
    }
    return json;
  }

  private static Map<String, Object> json(VerificationReport.Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("row", difference.row());
    json.put("expected", difference.expected());
    json.put("actual", difference.actual());
    return json;
  }
}
