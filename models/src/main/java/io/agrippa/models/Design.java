package io.agrippa.models;

import io.agrippa.engine.model.RegressionModel.CategoricalPredictor;
import io.agrippa.engine.model.RegressionModel.NumericPredictor;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as the numbers that a linear equation takes: features that are numbers as they are, and one
 * 0 or 1 for each level of a category but the commonest. So a category that is missing or was not
 * there in training counts as the commonest, in training and in the PMML alike.
 */
final class Design {
  /** A column: a feature, and its level for a category (else −1). */
  private record Term(int feature, int level) {}

  private final List<Feature> features;
  private final List<Term> terms = new ArrayList<>();

  Design(List<Feature> features) {
    this.features = List.copyOf(features);
    for (int f = 0; f < features.size(); f++) {
      if (features.get(f) instanceof Feature.Categorical category) {
        for (int level = 0; level < category.levels().size(); level++) {
          if (level != category.commonest()) {
            terms.add(new Term(f, level));
          }
        }
      } else {
        terms.add(new Term(f, -1));
      }
    }
  }

  /** Number of columns. */
  int size() {
    return terms.size();
  }

  /** Whether a column holds a feature's numbers. */
  boolean isNumber(int column) {
    return terms.get(column).level < 0;
  }

  /** What a column is, for messages. */
  String describe(int column) {
    Term term = terms.get(column);
    Feature feature = features.get(term.feature);
    return feature instanceof Feature.Categorical category
        ? feature.name() + " = " + category.levels().get(term.level)
        : feature.name();
  }

  /** The numbers of a row: a new array. */
  double[] row(Samples samples, int row) {
    double[] values = new double[terms.size()];
    for (int i = 0; i < values.length; i++) {
      Term term = terms.get(i);
      values[i] =
          term.level < 0
              ? samples.numbers()[term.feature][row]
              : samples.codes()[term.feature][row] == term.level ? 1 : 0;
    }
    return values;
  }

  /**
   * The equation with these coefficients, one a column; columns with the coefficient 0 are left
   * out.
   */
  RegressionTable table(double intercept, double[] coefficients, String category) {
    List<NumericPredictor> numeric = new ArrayList<>();
    List<CategoricalPredictor> categorical = new ArrayList<>();
    for (int i = 0; i < coefficients.length; i++) {
      Term term = terms.get(i);
      Feature feature = features.get(term.feature);
      if (coefficients[i] == 0) {
        continue;
      }
      if (feature instanceof Feature.Categorical levels) {
        categorical.add(
            new CategoricalPredictor(
                feature.name(), levels.levels().get(term.level), coefficients[i], 0));
      } else {
        numeric.add(new NumericPredictor(feature.name(), 1, coefficients[i], 0));
      }
    }
    return new RegressionTable(intercept, category, numeric, categorical, List.of(), 0);
  }
}
