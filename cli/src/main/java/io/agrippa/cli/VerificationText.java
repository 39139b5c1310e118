package io.agrippa.cli;

import io.agrippa.engine.compile.VerificationReport;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a model compares with its own verification rows, for people and as JSON. */
final class VerificationText {
  private VerificationText() {}

  static void print(String model, VerificationReport report, PrintWriter to) {
    Table table =
        new Table("RESULT", "CELLS", "DIFFERENT", "ABSOLUTE", "RELATIVE", "ULP", "TOLERANCE");
    for (VerificationReport.Column column : report.columns()) {
      table.add(
          column.field(),
          Integer.toString(column.cells()),
          Integer.toString(column.different()),
          column.greatest().map(g -> number(g.absolute())).orElse(""),
          column.greatest().map(g -> number(g.relative())).orElse(""),
          column.greatest().map(g -> number(g.ulps())).orElse(""),
          column.greatest().map(g -> number(column.precision())).orElse("equal"));
    }
    table.print(to);
    to.println();
    to.printf(
        Locale.ROOT,
        "%s: %s%n",
        model,
        report
            .first()
            .map(VerificationText::text)
            .orElse("all " + report.rows() + " rows of its ModelVerification agree"));
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
    return json;
  }

  private static Map<String, Object> json(VerificationReport.Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.field());
    json.put("precision", column.precision());
    json.put("zeroThreshold", column.zeroThreshold());
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
    column
        .first()
        .ifPresent(
            first -> {
              json.put("firstRow", first.row());
              json.put("firstExpected", first.expected());
              json.put("firstActual", first.actual());
            });
    return json;
  }
}
