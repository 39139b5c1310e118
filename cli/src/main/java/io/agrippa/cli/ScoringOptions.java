package io.agrippa.cli;

import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
      names = "--nan-as-missing",
      description =
          "take NaN in a numeric field for a missing value (default: it is an invalid value)")
  private boolean nanAsMissing;

  @Option(
      names = "--unseen-as-missing",
      description =
          "take categories that the model does not list for missing values (default: they are"
              + " invalid values)")
  private boolean unseenAsMissing;

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
    Set<TakenAsMissing> taken = EnumSet.noneOf(TakenAsMissing.class);
    if (nanAsMissing) {
      taken.add(TakenAsMissing.NAN);
    }
    if (unseenAsMissing) {
      taken.add(TakenAsMissing.UNSEEN);
    }
    return Job.score(model(place), input).with(badRows).taking(taken).by(evaluator);
  }
}
