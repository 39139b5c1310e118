package io.agrippa.cli;

import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how to score with a model. */
final class ScoringOptions {
  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "which model of a document that holds several (default: the first)")
  private String modelName;

  @Option(
      names = "--bad-rows",
      paramLabel = "POLICY",
      converter = Converters.OfRowPolicy.class,
      description =
          "what to do with rows that cannot be scored: fail (default), null (no result), status (no"
              + " result, and a column that says why)")
  private RowPolicy badRows = RowPolicy.FAIL;

  @Option(
      names = "--evaluator",
      paramLabel = "E",
      description =
          "who computes: agrippa (default), or pmml4s, a second opinion with known faults"
              + " (docs/interpretation.md)")
  private String evaluator = Job.OWN_EVALUATOR;

  /** The model at a place. */
  Job.ModelPlace model(String place) {
    return new Job.ModelPlace(place, Optional.empty(), Optional.ofNullable(modelName));
  }

  /** A job that scores an input with the model at a place. */
  Job job(String place, Job.Dataset input) {
    return Job.score(model(place), input).with(badRows).by(evaluator);
  }
}
