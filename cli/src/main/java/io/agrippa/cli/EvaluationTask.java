package io.agrippa.cli;

import io.agrippa.engine.ModelDescription;
import io.agrippa.engine.analysis.Actual;
import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.analysis.Evaluation;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.run.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is held against what.
 *
 * @param name {@link AnalysisProvider#CLASSIFICATION} or {@link AnalysisProvider#REGRESSION}
 * @param actual what really was
 * @param prediction the result that is predicted; empty where the most probable class is meant
 * @param probabilities results that are probabilities, by class
 * @param positive the class that a condition means, or that curves are of
 */
record EvaluationTask(
    String name,
    String actual,
    Optional<String> prediction,
    Map<String, String> probabilities,
    Optional<String> positive) {
  private static final Set<String> USUALLY_POSITIVE = Set.of("true", "t", "yes", "y", "1");
  private static final String PREDICTED = "predictedValue";
  private static final String PROBABILITY = "probability";

  /** Finds in a model's results what is not named. */
  static EvaluationTask of(
      ModelDescription model,
      String actual,
      Optional<String> prediction,
      Map<String, String> probabilities,
      Optional<String> positive) {
    List<ResultField> results = model.results();
    Optional<String> predicted = prediction.or(() -> predicted(results));
    if (model.function() == ModelFrame.Function.REGRESSION) {
      if (predicted.isEmpty()) {
        throw new IllegalArgumentException(
            model.place() + ": none of its results is a predicted value; name one: --prediction");
      }
      return new EvaluationTask(
          AnalysisProvider.REGRESSION, actual, predicted, Map.of(), Optional.empty());
    }
    if (model.function() != ModelFrame.Function.CLASSIFICATION && predicted.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: a model for %s predicts neither classes nor numbers; name a result that does: --prediction"
              .formatted(model.place(), model.function()));
    }
    Map<String, String> byClass = probabilities.isEmpty() ? byClass(results) : probabilities;
    return new EvaluationTask(
        AnalysisProvider.CLASSIFICATION,
        actual,
        predicted,
        byClass,
        positive.or(() -> positive(byClass, predicted, actual)));
  }

  private static Optional<String> predicted(List<ResultField> results) {
    List<ResultField> values =
        results.stream().filter(result -> result.feature().equals(PREDICTED)).toList();
    return values.stream()
        .filter(result -> result.origin() == ResultField.Origin.TARGET)
        .findFirst()
        .or(() -> values.stream().findFirst())
        .map(ResultField::name);
  }

  private static Map<String, String> byClass(List<ResultField> results) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (ResultField result : results) {
      if (result.feature().equals(PROBABILITY) && result.value() != null) {
        columns.putIfAbsent(result.value(), result.name());
      }
    }
    return columns;
  }

  /** The positive one of two classes: what is usually so called, or called as the target. */
  private static Optional<String> positive(
      Map<String, String> byClass, Optional<String> predicted, String actual) {
    if (byClass.size() != 2) {
      return Optional.empty();
    }
    List<String> classes = List.copyOf(byClass.keySet());
    Optional<String> usual =
        classes.stream()
            .filter(label -> USUALLY_POSITIVE.contains(label.toLowerCase(Locale.ROOT)))
            .findFirst()
            .or(
                () ->
                    classes.stream()
                        .filter(label -> predicted.equals(Optional.of(label)))
                        .findFirst());
    boolean condition = Actual.parse(actual).condition().isPresent();
    if (usual.isEmpty() && condition) {
      throw new IllegalArgumentException(
          "--actual \"%s\" is a condition: name the class that it means: --positive with one of \"%s\""
              .formatted(actual, String.join("\", \"", classes)));
    }
    return usual.or(() -> Optional.of(classes.get(1)));
  }

  /** The analysis to run. */
  Job.Analysis analysis() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("actual", actual);
    prediction.ifPresent(column -> parameters.put("prediction", column));
    positive.ifPresent(label -> parameters.put("positive", label));
    probabilities.forEach((label, column) -> parameters.put("probability:" + label, column));
    return new Job.Analysis(name, parameters);
  }

  /**
   * Refuses what cannot have been meant: classes that the model never predicts.
   *
   * @throws IllegalArgumentException if no row is of a class that the model knows
   */
  void check(Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Classification classes && classes.rows().used() > 0) {
      boolean met =
          classes.measures().stream()
              .anyMatch(
                  measure ->
                      measure.actual() > 0
                          && (measure.predicted() > 0
                              || probabilities.containsKey(measure.label())));
      if (!met) {
        throw new IllegalArgumentException(
            "--actual %s has the classes %s, none of which the model predicts (%s); write a condition that means one of them, with --positive"
                .formatted(
                    actual,
                    labels(classes, measure -> measure.actual() > 0),
                    labels(classes, measure -> measure.predicted() > 0)));
      }
    }
  }

  private static String labels(
      Evaluation.Classification classes, Predicate<Evaluation.ClassMeasures> which) {
    List<String> labels =
        classes.measures().stream()
            .filter(which)
            .map(Evaluation.ClassMeasures::label)
            .limit(5)
            .toList();
    return String.join(", ", labels) + (labels.size() == 5 ? ", …" : "");
  }
}
