package io.agrippa.engine;

import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Writes a job as the command that does it, for provenance. */
final class JobCommand {
  private static final Set<String> EVALUATIONS =
      Set.of(AnalysisProvider.CLASSIFICATION, AnalysisProvider.REGRESSION);

  private JobCommand() {}

  static String of(Job job) {
    List<String> words = new ArrayList<>(List.of("agrippa", verb(job)));
    job.model().ifPresent(model -> add(words, "--model", model.place()));
    job.model().flatMap(Job.ModelPlace::name).ifPresent(name -> add(words, "--model-name", name));
    add(words, "--input", job.input().place());
    job.input()
        .options()
        .forEach((name, value) -> add(words, "--input-option", name + "=" + value));
    job.output().ifPresent(output -> addOutput(words, output));
    addColumns(words, job);
    if (job.rowPolicy() != RowPolicy.FAIL) {
      add(words, "--bad-rows", job.rowPolicy().name().toLowerCase(Locale.ROOT));
    }
    new TreeSet<>(job.taken())
        .forEach(kind -> words.add("--" + kind.name().toLowerCase(Locale.ROOT) + "-as-missing"));
    if (!(job.partitioning() instanceof Partitioning.Natural)) {
      add(words, "--partition", job.partitioning().toString());
    }
    job.limit().ifPresent(limit -> add(words, "--limit", Long.toString(limit)));
    if (!job.evaluator().equals(Job.OWN_EVALUATOR)) {
      add(words, "--evaluator", job.evaluator());
    }
    return String.join(" ", words);
  }

  /** The command that does such a job; a profile of scores is one half of a drift. */
  private static String verb(Job job) {
    boolean scored = job.model().isPresent();
    String analysis = job.analysis().map(Job.Analysis::name).orElse("");
    if (scored && EVALUATIONS.contains(analysis)) {
      return "evaluate";
    }
    if (analysis.equals(AnalysisProvider.PROFILE)) {
      return scored ? "drift" : "profile";
    }
    return scored ? "score" : "copy";
  }

  /** The columns that a job keeps, by the options of its command, and what it does with them. */
  private static void addColumns(List<String> words, Job job) {
    String verb = verb(job);
    boolean all = job.kept().equals(List.of(Job.ALL_COLUMNS));
    if (verb.equals("evaluate")) {
      job.analysis()
          .ifPresent(analysis -> analysis.parameters().forEach((n, v) -> addFinding(words, n, v)));
    } else if (verb.equals("profile") || verb.equals("drift")) {
      if (!all) {
        add(words, "--columns", String.join(",", job.kept()));
      }
    } else if (!job.kept().isEmpty()) {
      add(words, "--keep", String.join(",", job.kept()));
    }
  }

  private static void addFinding(List<String> words, String name, String value) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      add(words, "--" + name, value);
    } else { // probability:CLASS
      add(words, "--" + name.substring(0, colon), name.substring(colon + 1) + "=" + value);
    }
  }

  private static void addOutput(List<String> words, Job.Dataset output) {
    add(words, "--output", output.place());
    output.options().forEach((name, value) -> add(words, "--output-option", name + "=" + value));
  }

  private static void add(List<String> words, String option, String value) {
    words.add(option);
    words.add(
        value.matches("[A-Za-z0-9_./:=,+@%-]+") ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
