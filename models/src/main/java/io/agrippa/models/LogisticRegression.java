package io.agrippa.models;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Logistic regression with an L2 penalty on standardised inputs; for a target of two classes.
 *
 * @param penalty factor on half the sum of the squared coefficients, 0 or more
 * @param tolerance the iteration ends when the gradient is as small as this, above 0
 * @param iterations greatest number of iterations, 1 or more
 */
public record LogisticRegression(double penalty, double tolerance, int iterations)
    implements Algorithm {
  static final String LABEL = "logistic-regression";
  static final AlgorithmGuide GUIDE =
      AlgorithmGuide.of(
          new LogisticRegression(),
          "logistic regression, for two classes",
          Map.of(
              "penalty", "factor on half the sum of the squared coefficients, 0 or more",
              "tolerance", "the iteration ends when the gradient is as small as this",
              "iterations", "greatest number of iterations"));

  public LogisticRegression {
    OptionReader.require(
        penalty >= 0 && Double.isFinite(penalty), LABEL, "penalty", penalty, "0 or more");
    OptionReader.require(
        tolerance > 0 && Double.isFinite(tolerance), LABEL, "tolerance", tolerance, "above 0");
    OptionReader.require(iterations >= 1, LABEL, "iterations", iterations, "at least 1");
  }

  /** The defaults. */
  public LogisticRegression() {
    this(1.0, 1e-5, 500);
  }

  static LogisticRegression of(OptionReader options) {
    return new LogisticRegression(
        options.number("penalty"), options.number("tolerance"), options.whole("iterations"));
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("penalty", Decimal.text(penalty));
    options.put("tolerance", Decimal.text(tolerance));
    options.put("iterations", Integer.toString(iterations));
    return options;
  }
}
