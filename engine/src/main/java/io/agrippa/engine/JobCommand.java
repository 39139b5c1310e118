package io.agrippa.engine;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a job as the command that does it, for provenance. */
final class JobCommand {
  private JobCommand() {}

  static String of(Job job) {
    List<String> words =
        new ArrayList<>(List.of("agrippa", job.model().isPresent() ? "score" : "copy"));
    job.model().ifPresent(model -> add(words, "--model", model.place()));
    job.model().flatMap(Job.ModelPlace::name).ifPresent(name -> add(words, "--model-name", name));
    add(words, "--input", job.input().place());
    job.input()
        .options()
        .forEach((name, value) -> add(words, "--input-option", name + "=" + value));
    job.output().ifPresent(output -> addOutput(words, output));
    if (!job.kept().isEmpty()) {
      add(words, "--keep", String.join(",", job.kept()));
    }
    if (job.rowPolicy() != RowPolicy.FAIL) {
      add(words, "--bad-rows", job.rowPolicy().name().toLowerCase(Locale.ROOT));
    }
    if (!(job.partitioning() instanceof Partitioning.Natural)) {
      add(words, "--partition", job.partitioning().toString());
    }
    job.limit().ifPresent(limit -> add(words, "--limit", Long.toString(limit)));
    if (!job.evaluator().equals(Job.OWN_EVALUATOR)) {
      add(words, "--evaluator", job.evaluator());
    }
    return String.join(" ", words);
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
