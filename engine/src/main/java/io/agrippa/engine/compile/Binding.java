package io.agrippa.engine.compile;

import java.util.HashMap;
import java.util.Map;

/**
 * What the model elements of a document share while they are compiled and run: the features, and
 * for each depth of nesting the predictions that segments hand to their ensemble. Models of one
 * depth are never at work at the same time, so ten thousand segments get by with one prediction.
 */
final class Binding {
  private final Features features;
  private Binding inner;

  Binding(Features features) {
    this.features = features;
  }

  Features features() {
    return features;
  }

  /** For the models nested in a model of this depth. */
  Binding nested() {
    if (inner == null) {
      inner = new Binding(features);
    }
    return inner;
  }

  /** The worker's prediction for models of this depth and this shape (of so many categories). */
  Prediction prediction(Frame frame, PredictionShape shape) {
    return frame
        .shared(this, Pool::new)
        .predictions
        .computeIfAbsent(Outline.of(shape), outline -> new Prediction(shape, frame.capacity()));
  }

  private static final class Pool {
    private final Map<Outline, Prediction> predictions = new HashMap<>();
  }

  /** Which arrays a prediction has. */
  private record Outline(
      int labels, boolean hasProbabilities, boolean hasConfidences, boolean hasEntities) {
    static Outline of(PredictionShape shape) {
      return new Outline(
          shape.labels() == null ? -1 : shape.labels().size(),
          shape.hasProbabilities(),
          shape.hasConfidences(),
          !shape.entityIds().isEmpty());
    }
  }
}
