package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.ModelDescription;
import io.agrippa.engine.analysis.Actual;
import io.agrippa.engine.analysis.Evaluation;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how good a model's predictions are. */
@Command(
    name = "evaluate",
    description = "Scores rows of which the truth is known and says how good the predictions are.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa evaluate -m model:flights-delay -i dataset:flights --actual 'delay > 15' \\",
      "      --report flights.html",
      "  agrippa evaluate -m churn.pmml -i kept-back.csv --actual churned --positive yes --json",
      "  agrippa evaluate -m price.pmml -i sales.parquet --actual price --on threads:4",
      "",
      "Rows without actual value or prediction are counted apart and not measured."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "M",
      description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Mixin private ScoringOptions scoring;

  @Mixin private InputOptions input;

  @Option(
      names = "--actual",
      required = true,
      paramLabel = "A",
      description =
          "what really was: a column, or a condition on one, such as 'delay > 15' or 'grade != A'"
              + " (operators <, <=, >, >=, =, !=)")
  private String actual;

  @Option(
      names = "--prediction",
      paramLabel = "COLUMN",
      description = "the result that is held against it (default: the model's predicted value)")
  private String prediction;

  @Option(
      names = "--probability",
      paramLabel = "CLASS=COLUMN",
      description = "results that are probabilities of classes (default: as the model says)")
  private Map<String, String> probabilities = new LinkedHashMap<>();

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description =
          "the class that a condition means and that curves are drawn of (default: of two classes"
              + " true, yes, 1 or the one called as the target)")
  private String positive;

  @Option(
      names = "--report",
      paramLabel = "OUT.html",
      description = "also write a page with plots, which needs nothing but itself")
  private Path report;

  @Option(names = "--overwrite", description = "replace the page if it exists")
  private boolean overwrite;

  @Mixin private RunOptions running;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (report != null && !overwrite && Files.exists(report)) {
      throw new FileAlreadyExistsException(report.toString());
    }
    ModelDescription described = Agrippa.describe(scoring.model(model));
    EvaluationTask task =
        EvaluationTask.of(
            described,
            actual,
            Optional.ofNullable(prediction),
            probabilities,
            Optional.ofNullable(positive));
    Job job =
        running.of(
            scoring
                .job(model, input.dataset())
                .keeping(List.of(Actual.parse(actual).column()))
                .with(task.analysis()),
            spec);
    JobRun run = new JobRun(spec, running.report());
    RunResult result = run.run(job, running.runner());
    Evaluation evaluation = JobRun.reduced(result, Evaluation.class);
    task.check(evaluation);
    if (running.report() == JobRun.Report.TEXT) {
      EvaluationText.print(evaluation, spec.commandLine().getOut());
    }
    if (report != null) {
      WholeFile.write(report, EvaluationPage.html(task, evaluation, model, job.input().place()));
    }
    run.tell(job, result.measurement(), Map.of("evaluation", EvaluationJson.of(task, evaluation)));
    return 0;
  }
}
