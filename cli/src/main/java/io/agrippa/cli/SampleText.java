package io.agrippa.cli;

import io.agrippa.engine.SampleReport;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How data suits a model, for people and as JSON. */
final class SampleText {
  private static final int NAMES_SHOWN = 20;

  private SampleText() {}

  static void print(SampleReport report, PrintWriter to) {
    to.println();
    to.printf(
        Locale.ROOT,
        "%s: %s of %,d rows would be refused%n",
        report.input(),
        report.badRows() == 0 ? "none" : String.format(Locale.ROOT, "%,d", report.badRows()),
        report.rows());
    names("it lacks the columns", report.absent(), to);
    names("not needed are", report.unused(), to);
    if (!report.problems().isEmpty()) {
      to.println();
      Table table = new Table("ROWS", "FIELD", "WHY", "FIRST ROWS");
      for (SampleReport.Problem problem : report.problems()) {
        table.add(
            String.format(Locale.ROOT, "%,d", problem.rows()),
            problem.field(),
            problem.reason(),
            problem.first().stream()
                .map(example -> text(example, report))
                .collect(Collectors.joining(", ")));
      }
      table.print(to);
    }
    to.flush();
  }

  private static void names(String what, List<String> names, PrintWriter to) {
    if (!names.isEmpty()) {
      int more = names.size() - NAMES_SHOWN;
      to.printf(
          "%s %s%s%n",
          what,
          names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")),
          more > 0 ? " and " + more + " more" : "");
    }
  }

  private static String text(SampleReport.Example example, SampleReport report) {
    String where = example.origin().equals(report.input()) ? "" : example.origin() + ":";
    return where + example.row() + example.value().map(value -> " (" + value + ")").orElse("");
  }

  static Map<String, Object> json(SampleReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", report.input());
    json.put("rows", report.rows());
    json.put("badRows", report.badRows());
    json.put("absentColumns", report.absent());
    json.put("unusedColumns", report.unused());
    json.put("problems", report.problems().stream().map(SampleText::json).toList());
    return json;
  }

  private static Map<String, Object> json(SampleReport.Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", problem.field());
    json.put("reason", problem.reason());
    json.put("rows", problem.rows());
    json.put("first", problem.first().stream().map(SampleText::json).toList());
    return json;
  }

  private static Map<String, Object> json(SampleReport.Example example) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("origin", example.origin());
    json.put("row", example.row());
    json.put("value", example.value().orElse(null));
    return json;
  }
}
