package io.agrippa.models;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.List;

/**
 * Fits logistic regressions with Smile. Numbers are standardised for it (mean 0, deviation 1), so
 * that its penalty treats them alike; the PMML's coefficients are those of the plain numbers.
 *
 * <p>Smile gives the second class the probability 1 / (1 + exp(−y)), and the class itself from one
 * half on; PMML's logit with the second class's equation first is the same.
 */
final class LogisticLearner {
  private final LogisticRegression options;

  LogisticLearner(LogisticRegression options) {
    this.options = options;
  }

  Fitted fit(Samples samples, Labels.Classes classes) {
    Design design = new Design(samples.features());
    double[][] rows = new double[samples.rows()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = design.row(samples, row);
    }
    Scale scale = Scale.of(design, rows);
    for (double[] row : rows) {
      scale.apply(row);
    }
    smile.classification.LogisticRegression.Binomial regression =
        Reproducible.call(
            () ->
                smile.classification.LogisticRegression.binomial(
                    rows,
                    classes.codes(),
                    options.penalty(),
                    options.tolerance(),
                    options.iterations()));
    return new Fitted() {
      @Override
      public Model model(PmmlFrame frame) {
        double[] weights = regression.coefficients(); // the intercept is the last one
        RegressionTable second =
            design.table(
                scale.intercept(weights), scale.coefficients(weights), classes.levels().get(1));
        RegressionTable first =
            new RegressionTable(0, classes.levels().get(0), List.of(), List.of(), List.of(), 0);
        return new RegressionModel(
            frame.outer("RegressionModel"),
            RegressionModel.Normalization.LOGIT,
            List.of(second, first));
      }

      @Override
      public Predictor predictor(Samples predicted) {
        return row -> {
          double[] values = design.row(predicted, row);
          scale.apply(values);
          double[] probabilities = new double[2];
          regression.predict(values, probabilities);
          return probabilities;
        };
      }
    };
  }

  /** Mean and deviation of the columns; 0 and 1 for those that are not standardised. */
  private record Scale(double[] means, double[] deviations) {
    static Scale of(Design design, double[][] rows) {
      double[] means = new double[design.size()];
      double[] deviations = new double[design.size()];
      for (int i = 0; i < means.length; i++) {
        deviations[i] = 1;
        if (design.isNumber(i)) {
          double sum = 0;
          for (double[] row : rows) {
            sum += row[i];
          }
          means[i] = sum / rows.length;
          double squares = 0;
          for (double[] row : rows) {
            squares += (row[i] - means[i]) * (row[i] - means[i]);
          }
          if (squares > 0) {
            deviations[i] = Math.sqrt(squares / rows.length);
          }
        }
      }
      return new Scale(means, deviations);
    }

    void apply(double[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (row[i] - means[i]) / deviations[i];
      }
    }

    double[] coefficients(double[] weights) {
      double[] coefficients = new double[means.length];
      for (int i = 0; i < coefficients.length; i++) {
        coefficients[i] = weights[i] / deviations[i];
      }
      return coefficients;
    }

    double intercept(double[] weights) {
      double intercept = weights[means.length];
      for (int i = 0; i < means.length; i++) {
        intercept -= weights[i] / deviations[i] * means[i];
      }
      return intercept;
    }
  }
}
