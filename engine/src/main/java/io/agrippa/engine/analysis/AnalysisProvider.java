package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.AggregationProvider;
import io.agrippa.engine.data.Schema;
import java.util.List;
import java.util.Map;

/** Makes the aggregations of this package. Immutable. */
public final class AnalysisProvider implements AggregationProvider {
  /** Reduces rows to a {@link Profile}; parameter {@code top}: how many frequent values to tell. */
  public static final String PROFILE = ProfileAggregation.NAME;

  /**
   * Reduces rows to an {@link Evaluation.Classification}; parameters {@code actual} (see {@link
   * Actual}), {@code prediction} (a column), {@code probability:CLASS} (a column, for each class)
   * and {@code positive} (a class).
   */
  public static final String CLASSIFICATION = EvaluationBinding.CLASSIFICATION;

  /**
   * Reduces rows to an {@link Evaluation.Regression}; parameters {@code actual} and {@code
   * prediction}, both columns.
   */
  public static final String REGRESSION = EvaluationBinding.REGRESSION;

  @Override
  public List<String> names() {
    return List.of(PROFILE, CLASSIFICATION, REGRESSION);
  }

  @Override
  public Aggregation bind(String name, Map<String, String> parameters, Schema schema) {
    return switch (name) {
      case ProfileAggregation.NAME -> ProfileAggregation.bind(parameters, schema);
      case EvaluationBinding.CLASSIFICATION -> EvaluationBinding.classification(parameters, schema);
      case EvaluationBinding.REGRESSION -> EvaluationBinding.regression(parameters, schema);
      default ->
          throw new IllegalArgumentException("analysis \"" + name + "\": use one of " + names());
    };
  }
}
