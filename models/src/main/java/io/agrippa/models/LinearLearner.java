package io.agrippa.models;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.RegressionModel;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.stat.regression.MillerUpdatingRegression;

/**
 * Fits ordinary least squares by orthogonal decomposition, row by row.
 *
 * <p>This one is not Smile's: its least squares want the native OpenBLAS, whose last bits depend on
 * the processor, so that no model could be rebuilt to the byte. (A test compares the two.)
 */
final class LinearLearner {
  private final LinearRegression options;
  private final String place;

  /**
   * A learner.
   *
   * @param place the data's name, for messages
   */
  LinearLearner(LinearRegression options, String place) {
    this.options = options;
    this.place = place;
  }

  Fitted fit(Samples samples, Labels.Amounts amounts) {
    Design design = new Design(samples.features());
    MillerUpdatingRegression regression = new MillerUpdatingRegression(design.size(), true);
    for (int row = 0; row < samples.rows(); row++) {
      regression.addObservation(design.row(samples, row), response(amounts.values()[row]));
    }
    double[] estimates = estimates(regression, samples.rows(), design);
    double intercept = estimates[0];
    double[] coefficients = new double[design.size()];
    for (int i = 0; i < coefficients.length; i++) {
      // A column that follows from others has no coefficient of its own: they carry it.
      coefficients[i] = Double.isNaN(estimates[i + 1]) ? 0 : estimates[i + 1];
    }
    return new Fitted() {
      @Override
      public Model model(PmmlFrame frame) {
        RegressionModel.Normalization normalization =
            switch (options.response()) {
              case IDENTITY -> RegressionModel.Normalization.NONE;
              case LOG -> RegressionModel.Normalization.EXP;
            };
        return new RegressionModel(
            frame.outer("RegressionModel"),
            normalization,
            List.of(design.table(intercept, coefficients, null)));
      }

      @Override
      public Predictor predictor(Samples predicted) {
        return row -> {
          double[] values = design.row(predicted, row);
          double y = intercept;
          for (int i = 0; i < values.length; i++) {
            y += coefficients[i] * values[i];
          }
          return new double[] {
            switch (options.response()) {
              case IDENTITY -> y;
              case LOG -> StrictMath.exp(y);
            }
          };
        };
      }
    };
  }

  private double response(double value) {
    return switch (options.response()) {
      case IDENTITY -> value;
      case LOG -> {
        if (value <= 0) {
          throw new TrainingException(
              "%s: the logarithm of the target is asked for but it holds %s; use response=identity"
                  .formatted(place, value));
        }
        yield StrictMath.log(value);
      }
    };
  }

  private double[] estimates(MillerUpdatingRegression regression, int rows, Design design) {
    try {
      return regression.regress().getParameterEstimates();
    } catch (MathIllegalArgumentException e) {
      throw new TrainingException(
          "%s: %d rows are too few for %d coefficients; give more rows or fewer inputs"
              .formatted(place, rows, design.size() + 1),
          e);
    }
  }
}
