package io.agrippa.cli.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;

/** Says what came of a run, to people and to programs. */
public final class Report {
  private static final int NAMED = 4; // cases named beside a reason

  private Report() {}

  /** The scoreboard in tables, then every failure with its first difference. */
  public static void print(Scoreboard scoreboard, PrintWriter out) {
    scores("source", scoreboard.bySource(), out);
    scores("element", scoreboard.byElement(), out);
    if (!scoreboard.failed().isEmpty()) {
      out.println();
      out.println("failures by reason");
      for (Scoreboard.Reason reason : scoreboard.reasons()) {
        out.printf(
            "%5d  %s%n         %s%s%n",
            reason.cases().size(),
            reason.reason(),
            String.join(", ", reason.cases().subList(0, Math.min(NAMED, reason.cases().size()))),
            reason.cases().size() > NAMED ? ", …" : "");
      }
      out.println();
      out.println("failures");
      for (Scoreboard.Entry entry : scoreboard.failed()) {
        out.printf("  %s%n      %s%n", entry.conformanceCase().id(), entry.reason());
      }
    }
    out.println();
    out.printf(
        "%d of %d cases pass (%.1f s)%n",
        scoreboard.passed().size(), scoreboard.entries().size(), scoreboard.seconds());
  }

  private static void scores(String title, Map<String, Scoreboard.Score> scores, PrintWriter out) {
    out.println();
    out.printf("%-45s %7s %7s%n", title, "passed", "cases");
    scores.forEach((name, s) -> out.printf("%-45s %7d %7d%n", name, s.passed(), s.cases()));
  }

  /** The scoreboard as one JSON object. */
  public static ObjectNode json(Scoreboard scoreboard) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.put("cases", scoreboard.entries().size());
    root.put("passed", scoreboard.passed().size());
    root.put("wallSeconds", scoreboard.seconds());
    ArrayNode failed = root.putArray("failed");
    for (Scoreboard.Entry entry : scoreboard.failed()) {
      ObjectNode node = failed.addObject();
      node.put("case", entry.conformanceCase().id());
      node.put("reason", entry.reason());
      if (entry.verdict() instanceof Verdict.Different d) {
        node.put("wrongCells", d.wrongCells());
        node.put("cells", d.cells());
        node.put("wrongRows", d.wrongRows());
        node.put("rows", d.rows());
        ObjectNode first = node.putObject("firstDifference");
        first.put("row", d.first().row());
        first.put("column", d.first().column());
        first.put("expected", d.first().expected());
        first.put("actual", d.first().actual());
      }
    }
    scores(root.putObject("bySource"), scoreboard.bySource());
    scores(root.putObject("byElement"), scoreboard.byElement());
    ArrayNode reasons = root.putArray("reasons");
    for (Scoreboard.Reason reason : scoreboard.reasons()) {
      ObjectNode node = reasons.addObject();
      node.put("reason", reason.reason());
      node.put("cases", reason.cases().size());
    }
    return root;
  }

  private static void scores(ObjectNode node, Map<String, Scoreboard.Score> scores) {
    scores.forEach(
        (name, s) -> node.putObject(name).put("passed", s.passed()).put("cases", s.cases()));
  }
}
