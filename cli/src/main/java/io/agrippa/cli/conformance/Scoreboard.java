package io.agrippa.cli.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The verdicts of a run.
 *
 * @param entries one a case, in the order of the cases
 * @param seconds wall time of the run
 */
public record Scoreboard(List<Entry> entries, double seconds) {
  private static final Pattern PLACE = Pattern.compile("^\\S*model\\.pmml(:\\d+)?:? ");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d.]*(E-?\\d+)?");

  public Scoreboard {
    entries = List.copyOf(entries);
  }

  /** A case and what came of it. */
  public record Entry(ConformanceCase conformanceCase, Verdict verdict) {
    /** Whether it passed. */
    public boolean passed() {
      return verdict instanceof Verdict.Passed;
    }

    /** Why it failed, in one line; empty if it passed. */
    public String reason() {
      if (verdict instanceof Verdict.Different d) {
        return "%d of %d cells in %d of %d rows differ; %s"
            .formatted(d.wrongCells(), d.cells(), d.wrongRows(), d.rows(), d.first());
      }
      return verdict instanceof Verdict.Refused r ? r.reason() : "";
    }
  }

  /**
   * Passed cases of some.
   *
   * @param passed how many passed
   * @param cases of how many
   */
  public record Score(int passed, int cases) {}

  /**
   * A kind of failure.
   *
   * @param reason what the failures have in common
   * @param cases the cases that failed so
   */
  public record Reason(String reason, List<String> cases) {
    public Reason {
      cases = List.copyOf(cases);
    }
  }

  /** The identifiers of the cases that passed. */
  public List<String> passed() {
    return entries.stream().filter(Entry::passed).map(e -> e.conformanceCase().id()).toList();
  }

  /** The cases that failed. */
  public List<Entry> failed() {
    return entries.stream().filter(e -> !e.passed()).toList();
  }

  /** Scores by collection. */
  public Map<String, Score> bySource() {
    return scores(ConformanceCase::source);
  }

  /** Scores by outermost model element, with the way in which its segments are combined. */
  public Map<String, Score> byElement() {
    return scores(
        c -> c.segmentation().isEmpty() ? c.element() : c.element() + " " + c.segmentation());
  }

  private Map<String, Score> scores(Function<ConformanceCase, String> key) {
    Map<String, Score> scores = new TreeMap<>();
    for (Entry entry : entries) {
      scores.merge(
          key.apply(entry.conformanceCase()),
          new Score(entry.passed() ? 1 : 0, 1),
          (a, b) -> new Score(a.passed() + b.passed(), a.cases() + b.cases()));
    }
    return scores;
  }

  /** The failures by what they have in common, the most frequent first. */
  public List<Reason> reasons() {
    Map<String, List<String>> cases = new LinkedHashMap<>();
    for (Entry entry : failed()) {
      cases
          .computeIfAbsent(kind(entry.verdict()), k -> new ArrayList<>())
          .add(entry.conformanceCase().id());
    }
    return cases.entrySet().stream()
        .map(e -> new Reason(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingInt((Reason r) -> -r.cases().size()))
        .toList();
  }

  /** A reason without what differs from case to case: places, names, numbers. */
  private static String kind(Verdict verdict) {
    if (verdict instanceof Verdict.Refused r) {
      String text = PLACE.matcher(r.reason()).replaceFirst("");
      return NUMBER.matcher(QUOTED.matcher(text).replaceAll("\"…\"")).replaceAll("#");
    }
    Verdict.Difference first = ((Verdict.Different) verdict).first();
    if (first.expected() == null) {
      return "a value where none is expected";
    }
    if (first.actual() == null) {
      return "no value where one is expected";
    }
    return "another value than expected";
  }
}
