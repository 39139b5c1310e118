package io.agrippa.benchmarks;

import java.util.Arrays;
import java.util.Random;
import smile.classification.LogisticRegression;
import smile.util.IntSet;

/** A logistic regression with numbers and categories; its coefficients are random. */
final class Logistic {
  static final int COLUMNS = 50;
  static final int TEXTS = 3;
  static final int CATEGORIES = 20;
  static final String[] LABELS = {"yes", "no"};

  /** What a missing number is replaced with. */
  static final double REPLACEMENT = 0.25;

  private static final double INTERCEPT = -0.5;

  private Logistic() {}

  /** Coefficients of the numbers, then of the categories, field by field. */
  private static double[] coefficients() {
    Random random = new Random(31);
    double[] coefficients = new double[COLUMNS + TEXTS * CATEGORIES];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = random.nextGaussian() / 8;
    }
    return coefficients;
  }

  static byte[] pmml() {
    PmmlText text =
        new PmmlText("benchmarks")
            .dictionary(COLUMNS, "double", TEXTS, CATEGORIES, LABELS)
            .add("<RegressionModel functionName=\"classification\" normalizationMethod=\"logit\">")
            .schema(COLUMNS, "missingValueReplacement=\"" + REPLACEMENT + "\"", TEXTS, true)
            .probabilities("yes")
            .add("<RegressionTable intercept=\"%s\" targetCategory=\"yes\">", INTERCEPT);
    double[] coefficients = coefficients();
    for (int c = 0; c < COLUMNS; c++) {
      text.add(
          "<NumericPredictor name=\"%s\" coefficient=\"%s\"/>",
          Rows.numberName(c), coefficients[c]);
    }
    for (int c = 0; c < TEXTS; c++) {
      for (int k = 0; k < CATEGORIES; k++) {
        text.add(
            "<CategoricalPredictor name=\"%s\" value=\"%s\" coefficient=\"%s\"/>",
            Rows.textName(c), Rows.category(k), coefficients[COLUMNS + c * CATEGORIES + k]);
      }
    }
    return text.add("</RegressionTable>")
        .add("<RegressionTable intercept=\"0\" targetCategory=\"no\"/></RegressionModel>")
        .bytes();
  }

  /** The same as Smile's model, whose last weight is the intercept; class 1 is yes. */
  static LogisticRegression.Binomial smile() {
    double[] weights = Arrays.copyOf(coefficients(), COLUMNS + TEXTS * CATEGORIES + 1);
    weights[weights.length - 1] = INTERCEPT;
    return new LogisticRegression.Binomial(weights, 0, 0, IntSet.of(2));
  }

  /** The rows as Smile takes them: a number for each category. */
  static double[][] encode(Rows rows) {
    double[][] encoded = new double[rows.count()][COLUMNS + TEXTS * CATEGORIES];
    for (int r = 0; r < encoded.length; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        encoded[r][c] = rows.numbers()[c][r];
      }
      for (int c = 0; c < TEXTS; c++) {
        int category = Integer.parseInt(rows.texts()[c][r].substring(1));
        encoded[r][COLUMNS + c * CATEGORIES + category] = 1;
      }
    }
    return encoded;
  }
}
