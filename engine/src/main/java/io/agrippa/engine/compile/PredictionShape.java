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
 * @param hasConfidences whether each category has a confidence of its own
 * @param entityIds what {@link Prediction#entities} count, empty if the model names no entity
 */
record PredictionShape(
    ModelFrame.Function function,
    String targetField,
    FieldType targetType,
    Labels labels,
    boolean hasProbabilities,
    boolean hasConfidences,
    List<String> entityIds) {
  PredictionShape {
    entityIds = List.copyOf(entityIds);
  }
}
