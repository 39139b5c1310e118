package io.agrippa.cli;

import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

  @Mixin private ScoringOptions scoring;

  @Mixin private InputOptions input;

  @Mixin private OutputOptions output;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns of the input to keep, or * for all")
  private List<String> keep = List.of();

  @Mixin private RunOptions running;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JobRun run = new JobRun(spec, running.report());
    Job job = job();
    run.tell(job, run.run(job, running.runner()).measurement());
    return 0;
  }

  private Job job() {
    if (keep.contains(Job.ALL_COLUMNS) && keep.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--keep " + String.join(",", keep) + ": * means all columns and stands alone");
    }
    Job job = scoring.job(model, input.dataset()).keeping(keep);
    return running.of(job.into(Optional.of(output.dataset())), spec);
  }
}
