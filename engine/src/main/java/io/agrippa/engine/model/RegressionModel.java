package io.agrippa.engine.model;

import java.util.List;

/** A RegressionModel, or a Regression embedded in another model. */
public record RegressionModel(
    ModelFrame frame, Normalization normalization, List<RegressionTable> tables) implements Model {
  public RegressionModel {
    tables = List.copyOf(tables);
  }

  /** How a table's value becomes a result. */
  public enum Normalization {
    /** none. */
    NONE,
    /** simplemax. */
    SIMPLEMAX,
    /** softmax. */
    SOFTMAX,
    /** logit. */
    LOGIT,
    /** probit. */
    PROBIT,
    /** cloglog. */
    CLOGLOG,
    /** exp. */
    EXP,
    /** loglog. */
    LOGLOG,
    /** cauchit. */
    CAUCHIT
  }

  /** A RegressionTable; {@code targetCategory} null where absent. */
  public record RegressionTable(
      double intercept,
      String targetCategory,
      List<NumericPredictor> numeric,
      List<CategoricalPredictor> categorical,
      List<PredictorTerm> terms,
      int line) {
    public RegressionTable {
      numeric = List.copyOf(numeric);
      categorical = List.copyOf(categorical);
      terms = List.copyOf(terms);
    }
  }

  /** coefficient · field<sup>exponent</sup>. */
  public record NumericPredictor(String field, int exponent, double coefficient, int line) {}

  /** coefficient where the field equals the value. */
  public record CategoricalPredictor(String field, String value, double coefficient, int line) {}

  /** coefficient · product of the fields; a repeated field is a power. */
  public record PredictorTerm(double coefficient, List<String> fields, int line) {
    public PredictorTerm {
      fields = List.copyOf(fields);
    }
  }
}
