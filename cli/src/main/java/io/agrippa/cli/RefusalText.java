package io.agrippa.cli;

import io.agrippa.engine.model.Refusal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a document would be refused for, for people and as JSON. */
final class RefusalText {
  /** Lines named beside a problem that stands in many. */
  private static final int LINES_SHOWN = 3;

  private RefusalText() {}

  static void print(String model, List<Refusal> refusals, PrintWriter to) {
    if (refusals.isEmpty()) {
      to.println(model + ": nothing in it would be refused");
      to.flush();
      return;
    }
    record Problem(String subject, String problem) {}
    Map<Problem, List<Integer>> lines = new LinkedHashMap<>();
    for (Refusal refusal : refusals) {
      lines
          .computeIfAbsent(
              new Problem(refusal.subject(), refusal.problem()), p -> new ArrayList<>())
          .add(refusal.line());
    }
    Table table = new Table("LINE", "WHAT", "WHY");
    lines.forEach(
        (problem, where) -> table.add(lines(where), problem.subject(), problem.problem()));
    table.print(to);
    to.println();
    to.printf(
        Locale.ROOT,
        "%s: would be refused for %s%n",
        model,
        refusals.size() == 1 ? "one reason" : refusals.size() + " reasons");
    to.flush();
  }

  private static String lines(List<Integer> lines) {
    String shown =
        lines.stream().limit(LINES_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return lines.size() > LINES_SHOWN ? shown + ", … (" + lines.size() + ")" : shown;
  }

  static Map<String, Object> json(String model, List<Refusal> refusals) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("refused", !refusals.isEmpty());
    json.put("refusals", refusals.stream().map(RefusalText::json).toList());
    return json;
  }

  private static Map<String, Object> json(Refusal refusal) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", refusal.line());
    json.put("subject", refusal.subject());
    json.put("problem", refusal.problem());
    return json;
  }
}
