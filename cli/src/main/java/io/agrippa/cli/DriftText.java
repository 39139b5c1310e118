package io.agrippa.cli;

import io.agrippa.engine.analysis.Drift;
import io.agrippa.engine.data.TypeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Drift as a table for people and as JSON. */
final class DriftText {
  private DriftText() {}

  static void print(Drift drift, PrintWriter out) {
    out.println(
        "%s rows held against %s of the reference"
            .formatted(ProfileText.count(drift.rows()), ProfileText.count(drift.referenceRows())));
    out.println();
    Table table = new Table("COLUMN", "TYPE", "PSI", "KS", "CHANGE", "MOST MOVED");
    for (Drift.Field field : drift.fields()) {
      table.add(
          field.name(),
          TypeText.of(field.type()),
          EvaluationText.share(field.psi()),
          Double.isNaN(field.ks())
              ? ""
              : EvaluationText.share(field.ks()) + EvaluationText.error(field.ksError()),
          Double.isNaN(field.psi()) ? "not defined" : words(field.change()),
          mostMoved(drift, field));
    }
    table.print(out);
    printAbsent(out, "only in the reference", drift.onlyInReference());
    printAbsent(out, "not in the reference", drift.onlyNow());
    out.flush();
  }

  private static void printAbsent(PrintWriter out, String what, List<String> columns) {
    if (!columns.isEmpty()) {
      out.println(what + ": " + String.join(", ", columns));
    }
  }

  private static String words(Drift.Change change) {
    return switch (change) {
      case NONE -> "no significant change";
      case MODERATE -> "moderate change";
      case SIGNIFICANT -> "significant change";
    };
  }

  /** The bin whose share of the rows has changed most. */
  private static String mostMoved(Drift drift, Drift.Field field) {
    if (drift.referenceRows() == 0 || drift.rows() == 0) {
      return "";
    }
    return field.bins().stream()
        .max(Comparator.comparingDouble(bin -> Math.abs(now(drift, bin) - before(drift, bin))))
        .filter(bin -> field.psi() > 0)
        .map(
            bin ->
                String.format(
                    Locale.ROOT,
                    "%s: %.1f %% → %.1f %%",
                    bin.label(),
                    100 * before(drift, bin),
                    100 * now(drift, bin)))
        .orElse("");
  }

  private static double before(Drift drift, Drift.Bin bin) {
    return bin.before() / (double) drift.referenceRows();
  }

  private static double now(Drift drift, Drift.Bin bin) {
    return bin.now() / (double) drift.rows();
  }

  static Map<String, Object> json(Drift drift) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("referenceRows", drift.referenceRows());
    json.put("rows", drift.rows());
    json.put("columns", drift.fields().stream().map(DriftText::json).toList());
    json.put("onlyInReference", drift.onlyInReference());
    json.put("onlyNow", drift.onlyNow());
    return json;
  }

  private static Map<String, Object> json(Drift.Field field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("type", TypeText.of(field.type()));
    Json.putNumber(json, "psi", field.psi());
    Json.putNumber(json, "ks", field.ks());
    Json.putNumber(json, "ksError", field.ksError());
    if (!Double.isNaN(field.psi())) {
      json.put("change", words(field.change()));
    }
    List<Object> bins = new ArrayList<>();
    for (Drift.Bin bin : field.bins()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("values", bin.label());
      entry.put("reference", bin.before());
      entry.put("now", bin.now());
      bins.add(entry);
    }
    json.put("bins", bins);
    return json;
  }
}
