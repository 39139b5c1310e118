package io.agrippa.engine.reading;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model predicts for a row.
 *
 * @param value a number ({@code Double}), or a category of the target's type; null where missing
 * @param probabilities by category; null where the model gives none
 * @param confidences by category; null where the model gives none
 * @param entity node or segment that decided, or null
 * @param results what segments hand on, by name
 */
record Score(
    Object value,
    Map<Object, Double> probabilities,
    Map<Object, Double> confidences,
    String entity,
    Map<String, Variable> results) {
  /** No prediction. */
  static final Score NONE = new Score(null, null, null, null, Map.of());

  static Score number(double value) {
    return new Score(value, null, null, null, Map.of());
  }

  Score(
      Object value,
      Map<Object, Double> probabilities,
      Map<Object, Double> confidences,
      String entity) {
    this(value, probabilities, confidences, entity, Map.of());
  }

  Score with(Map<String, Variable> handed) {
    return new Score(value, probabilities, confidences, entity, handed);
  }

  boolean isMissing() {
    return value == null;
  }

  double number() {
    return (Double) value;
  }

  /** The probabilities; a model that gives none is sure of its category. */
  Map<Object, Double> shares() {
    return probabilities == null ? Map.of(value, 1.0) : probabilities;
  }

  /** The confidences; the probabilities where there are none apart. */
  Map<Object, Double> sureness() {
    return confidences == null ? probabilities : confidences;
  }

  /** The category with the largest number, the first among equals; null of none. */
  static Object best(Map<Object, Double> numbers) {
    Object best = null;
    for (Map.Entry<Object, Double> entry : numbers.entrySet()) {
      if (best == null || entry.getValue() > numbers.get(best)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** All categories with the same number, in an order. */
  static Map<Object, Double> all(Iterable<?> categories, double number) {
    Map<Object, Double> numbers = new LinkedHashMap<>();
    categories.forEach(category -> numbers.put(category, number));
    return numbers;
  }
}
