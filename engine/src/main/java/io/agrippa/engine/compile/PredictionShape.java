package io.agrippa.engine.compile;

import io.agrippa.engine.model.ModelFrame;
import java.util.List;

/**
 * What a model's predictions hold, known at bind.
 *
 * @param function what is predicted: REGRESSION fills numbers, CLASSIFICATION (and CLUSTERING)
 *     fills labels
 * @param targetField name of the target, or null for a model without one
 * @param targetType type of the predicted value
 * @param labels categories, null for a regression
 * @param hasProbabilities whether each category has a probability
 * @param hasConfidences whether each category has a confidence apart from its probability
 * @param entityIds what {@link Prediction#entities} count, empty if the model names no entity;
 *     immutable (not copied: a tree's list is a view of its nodes)
 */
record PredictionShape(
    ModelFrame.Function function,
    String targetField,
    FieldType targetType,
    Labels labels,
    boolean hasProbabilities,
    boolean hasConfidences,
    List<String> entityIds) {
  /**
   * The shape for a consumer who wants but the predicted value. A scorer fills only the arrays that
   * a {@link Prediction} has, so what nobody wants costs nothing.
   */
  PredictionShape bare() {
    return new PredictionShape(function, targetField, targetType, labels, false, false, List.of());
  }

  /** The shape for a consumer who wants the predicted value and the probabilities, if there are. */
  PredictionShape withProbabilitiesOnly() {
    return new PredictionShape(
        function, targetField, targetType, labels, hasProbabilities, false, List.of());
  }
}
