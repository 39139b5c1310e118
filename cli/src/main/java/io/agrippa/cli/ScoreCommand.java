package io.agrippa.cli;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.Runner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores rows with a model. */
@Command(
    name = "score",
    description = "Scores rows with a model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa score -m model:flights-delay -i dataset:flights -o scores.parquet",
      "  agrippa score -m churn.pmml -i 'in/*.csv.gz' -o out.csv --keep customer --bad-rows status",
      "  cat in.csv | agrippa score -m churn.pmml > out.csv",
      "",
      "The output has the kept columns, then the model's results, in the order of the input. It"
          + " appears",
      "under its name only when it is whole."
    })
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "M",
      description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "which model of a document that holds several (default: the first)")
  private String modelName;

  @Mixin private InputOptions input;

  @Mixin private OutputOptions output;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns of the input to keep, or * for all")
  private List<String> keep = List.of();

  @Option(
      names = "--bad-rows",
      paramLabel = "POLICY",
      converter = Converters.OfRowPolicy.class,
      description =
          "what to do with rows that cannot be scored: fail (default), null (no result), status (no"
              + " result, and a column that says why)")
  private RowPolicy badRows = RowPolicy.FAIL;

  @Option(names = "--limit", paramLabel = "N", description = "score only the first rows")
  private Long limit;

  @Option(
      names = "--on",
      paramLabel = "RUNNER",
      defaultValue = "threads",
      converter = Converters.OfRunner.class,
      description = "where to run: serial, threads:N (default: threads, one a core)")
  private Runner runner;

  @Option(
      names = "--partition",
      paramLabel = "P",
      converter = Converters.OfPartitioning.class,
      description =
          "how to cut the input: rows:N, bytes:N, count:K or key:FIELD (default: as its format cuts"
              + " best)")
  private Partitioning partitioning = new Partitioning.Natural();

  @Option(names = "--evaluator", paramLabel = "E", description = "who computes (default: agrippa)")
  private String evaluator = Job.OWN_EVALUATOR;

  @Option(names = "--json", description = "tell what was done as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    new JobRun(spec, JobRun.Report.of(json)).run(job(), runner);
    return 0;
  }

  private Job job() {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit " + limit + ": the number of rows must not be negative");
    }
    if (keep.contains(Job.ALL_COLUMNS) && keep.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--keep " + String.join(",", keep) + ": * means all columns and stands alone");
    }
    return new Job(
        Optional.of(new Job.ModelPlace(model, Optional.empty(), Optional.ofNullable(modelName))),
        input.dataset(),
        Optional.of(output.dataset()),
        keep,
        badRows,
        evaluator,
        partitioning,
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
        Optional.empty());
  }
}
