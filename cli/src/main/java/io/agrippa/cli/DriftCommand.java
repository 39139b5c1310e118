package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.analysis.Drift;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how far rows are from a reference. */
@Command(
    name = "drift",
    description =
        "Says how far the columns of some rows, and a model's scores for them, are from those of a"
            + " reference.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa drift --reference january.parquet -i june.parquet",
      "  agrippa drift --reference learnt.csv -i today.csv -m churn.pmml --json",
      "  agrippa drift --reference 'q1/*.csv' -i 'q2/*.csv' --columns age,income",
      "",
      "PSI is the population stability index: below 0.1 is usually taken for no significant change,"
          + " from 0.25",
      "on for a significant one. KS is the greatest distance of the distribution functions."
    })
final class DriftCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "IN",
      description = "the rows to hold others against; read as --input is")
  private String reference;

  @Mixin private InputOptions input;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "M",
      description = "also score both with this model: PMML file, or model:NAME of the zoo")
  private String model;

  @Mixin private ScoringOptions scoring;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns to look at (default: all, or those that the model reads)")
  private List<String> columns;

  @Mixin private RunOptions running;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JobRun run = new JobRun(spec, running.report());
    RunResult before = run.run(job(input.dataset(reference)), running.runner());
    Job job = job(input.dataset());
    RunResult now = run.run(job, running.runner());
    Drift drift = Drift.between(state(before), state(now));
    if (running.report() == JobRun.Report.TEXT) {
      DriftText.print(drift, spec.commandLine().getOut());
    }
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("drift", DriftText.json(drift));
    findings.put("reference", MeasurementJson.of(before.measurement()));
    run.tell(job, now.measurement(), findings);
    return 0;
  }

  private Job job(Job.Dataset dataset) throws IOException {
    Job reading =
        model == null
            ? Job.read(dataset).keeping(columns == null ? List.of(Job.ALL_COLUMNS) : columns)
            : scoring.job(model, dataset).keeping(columns == null ? inputs() : columns);
    return running.of(
        reading.with(new Job.Analysis(AnalysisProvider.PROFILE, Map.of("top", "0"))), spec);
  }

  private List<String> inputs() throws IOException {
    return Agrippa.describe(scoring.model(model)).inputs().stream()
        .filter(field -> field.need() == InputField.Need.READ)
        .map(InputField::name)
        .toList();
  }

  private static Aggregation.State state(RunResult result) {
    return result
        .aggregated()
        .orElseThrow(() -> new IllegalStateException("the run reduced nothing"));
  }
}
