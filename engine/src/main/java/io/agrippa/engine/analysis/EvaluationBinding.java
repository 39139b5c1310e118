package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the columns that an evaluation names by its parameters. */
final class EvaluationBinding {
  static final String CLASSIFICATION = "classification";
  static final String REGRESSION = "regression";

  /** Parameter: what really was, as {@link Actual#parse} reads it. */
  static final String ACTUAL = "actual";

  /** Parameter: the column of the predicted class or number. */
  static final String PREDICTION = "prediction";

  /** Parameter: the positive class. */
  static final String POSITIVE = "positive";

  /** Parameters that start with this: the column of the probability of the class behind it. */
  static final String PROBABILITY = "probability:";

  private final Schema schema;

  private EvaluationBinding(Schema schema) {
    this.schema = schema;
  }

  static Aggregation regression(Map<String, String> parameters, Schema schema) {
    Parameters given = new Parameters(REGRESSION, parameters, List.of(ACTUAL, PREDICTION));
    EvaluationBinding binding = new EvaluationBinding(schema);
    Actual actual = Actual.parse(given.require(ACTUAL));
    if (actual.condition().isPresent()) {
      throw new IllegalArgumentException(
          "analysis regression: actual \"%s\" is a condition, but numbers are predicted; name the column"
              .formatted(given.require(ACTUAL)));
    }
    return new RegressionAggregation(
        schema, binding.first(actual.column()), binding.last(given.require(PREDICTION)));
  }

  static Aggregation classification(Map<String, String> parameters, Schema schema) {
    Map<String, String> plain = new TreeMap<>();
    EvaluationBinding binding = new EvaluationBinding(schema);
    List<ClassColumns.Probability> probabilities = new ArrayList<>();
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith(PROBABILITY)) {
            probabilities.add(
                new ClassColumns.Probability(
                    name.substring(PROBABILITY.length()), binding.last(value)));
          } else {
            plain.put(name, value);
          }
        });
    probabilities.sort(Comparator.comparing(ClassColumns.Probability::label, ClassOrder.ASCENDING));
    Parameters given = new Parameters(CLASSIFICATION, plain, List.of(ACTUAL, PREDICTION, POSITIVE));
    Actual actual = Actual.parse(given.require(ACTUAL));
    Optional<String> positive = given.text(POSITIVE);
    requirePositive(actual, positive, probabilities);
    if (probabilities.isEmpty()) {
      given.require(PREDICTION);
    }
    return new ClassificationAggregation(
        new ClassColumns(
            schema,
            binding.first(actual.column()),
            actual.condition(),
            given.text(PREDICTION).map(binding::last),
            probabilities,
            positive));
  }

  private static void requirePositive(
      Actual actual, Optional<String> positive, List<ClassColumns.Probability> probabilities) {
    List<String> labels = probabilities.stream().map(ClassColumns.Probability::label).toList();
    if (actual.condition().isPresent() && positive.isEmpty()) {
      throw new IllegalArgumentException(
          "analysis classification: actual is a condition, but the positive class is not named;"
              + " name the class that it means, one of "
              + labels);
    }
    if (positive.isPresent() && !labels.isEmpty() && !labels.contains(positive.get())) {
      throw new IllegalArgumentException(
          "analysis classification: the positive class \"%s\" has no probabilities; those that have are %s"
              .formatted(positive.get(), labels));
    }
  }

  /** A kept column, which stands in front of results of the same name. */
  private int first(String name) {
    return require(name, schema.indexOf(name));
  }

  /** A result, which stands behind kept columns of the same name. */
  private int last(String name) {
    return require(name, schema.names().lastIndexOf(name));
  }

  private int require(String name, int position) {
    if (position < 0) {
      throw new IllegalArgumentException(
          "there is no column \"%s\" in %s; correct the name".formatted(name, schema));
    }
    return position;
  }
}
