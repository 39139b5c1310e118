package io.agrippa.cli;

import io.agrippa.engine.SecondOpinion;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How another evaluator's results compare with Agrippa's, for people and as JSON. */
final class OpinionText {
  private OpinionText() {}

  static void print(String model, SecondOpinion opinion, PrintWriter to) {
    String other = opinion.evaluator().toUpperCase(Locale.ROOT);
    Table columns = new Table("RESULT", "CELLS", "DIFFERENT", "ABSOLUTE", "RELATIVE", "ULP");
    for (SecondOpinion.Column column : opinion.columns()) {
      columns.add(
          column.name(),
          Long.toString(opinion.rows()),
          Long.toString(column.different()),
          column.greatest().map(g -> number(g.absolute())).orElse(""),
          column.greatest().map(g -> number(g.relative())).orElse(""),
          column.greatest().map(g -> number(g.ulps())).orElse(""));
    }
    columns.print(to);
    to.println();
    if (!opinion.differences().isEmpty()) {
      Table cells = new Table("ROW", "RESULT", "AGRIPPA", other);
      for (SecondOpinion.Difference difference : opinion.differences()) {
        cells.add(
            Long.toString(difference.row()),
            difference.column(),
            difference.ours(),
            difference.theirs());
      }
      cells.print(to);
      to.println();
    }
    note(to, "only Agrippa gives ", opinion.onlyOurs());
    note(to, "only " + other + " gives ", opinion.onlyTheirs());
    if (opinion.different() > 0) {
      for (String fault : opinion.knownFaults()) {
        to.println("note: " + other + " " + fault);
      }
    }
    to.println(
        opinion.different() == 0
            ? "%s: %s agrees with Agrippa on all %,d rows within %s"
                .formatted(model, other, opinion.rows(), number(opinion.tolerance().relative()))
            : "%s: %s differs from Agrippa in %,d cells of %,d rows; the specification decides who is right"
                .formatted(model, other, opinion.different(), opinion.rows()));
    to.flush();
  }

  private static void note(PrintWriter to, String what, List<String> names) {
    if (!names.isEmpty()) {
      to.println("note: " + what + String.join(", ", names));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  static Map<String, Object> json(String model, SecondOpinion opinion) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("against", opinion.evaluator());
    json.put("rows", opinion.rows());
    json.put("agrees", opinion.different() == 0);
    json.put("tolerance", opinion.tolerance().relative());
    json.put("zeroTolerance", opinion.tolerance().absolute());
    json.put("different", opinion.different());
    json.put("columns", opinion.columns().stream().map(OpinionText::json).toList());
    json.put("differences", opinion.differences().stream().map(OpinionText::json).toList());
    json.put("onlyOurs", opinion.onlyOurs());
    json.put("onlyTheirs", opinion.onlyTheirs());
    json.put("knownFaults", opinion.knownFaults());
    return json;
  }

  private static Map<String, Object> json(SecondOpinion.Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("different", column.different());
    column
        .greatest()
        .ifPresent(
            greatest -> {
              Json.putNumber(json, "greatestAbsolute", greatest.absolute());
              Json.putNumber(json, "greatestRelative", greatest.relative());
              Json.putNumber(json, "greatestUlps", greatest.ulps());
            });
    return json;
  }

  private static Map<String, Object> json(SecondOpinion.Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("row", difference.row());
    json.put("column", difference.column());
    json.put("ours", difference.ours());
    json.put("theirs", difference.theirs());
    return json;
  }
}
