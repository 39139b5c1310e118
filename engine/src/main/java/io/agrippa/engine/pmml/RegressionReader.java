package io.agrippa.engine.pmml;

import io.agrippa.engine.model.RegressionModel;
import java.util.ArrayList;
import java.util.List;

/** Reads regression models, embedded ones included. */
final class RegressionReader {
  private final Cursor cursor;
  private final ExpressionReader expressions;

  RegressionReader(Cursor cursor, ExpressionReader expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** The RegressionModel or Regression at whose start the cursor stands. */
  RegressionModel read(FrameReader frame) {
    RegressionModel.Normalization normalization = normalization();
    cursor.ignore("modelType", "targetFieldName");
    List<RegressionModel.RegressionTable> tables = new ArrayList<>();
    while (cursor.nextChild()) {
      if (frame.read()) {
        continue;
      }
      if (!cursor.name().equals("RegressionTable")) {
        cursor.refuse();
        continue;
      }
      cursor.part(() -> tables.add(table()));
    }
    if (tables.isEmpty()) {
      throw frame.missing("RegressionTable");
    }
    return new RegressionModel(frame.frame(), normalization, tables);
  }

  private RegressionModel.Normalization normalization() {
    return cursor.word(
        "normalizationMethod", Vocabulary.NORMALIZATION, RegressionModel.Normalization.NONE);
  }

  private RegressionModel.RegressionTable table() {
    int line = cursor.line();
    double intercept = cursor.requiredNumber("intercept");
    String targetCategory = cursor.optional("targetCategory");
    List<RegressionModel.NumericPredictor> numeric = new ArrayList<>();
    List<RegressionModel.CategoricalPredictor> categorical = new ArrayList<>();
    List<RegressionModel.PredictorTerm> terms = new ArrayList<>();
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "NumericPredictor" -> cursor.part(() -> numeric.add(numeric()));
        case "CategoricalPredictor" -> cursor.part(() -> categorical.add(categorical()));
        case "PredictorTerm" -> cursor.part(() -> terms.add(term()));
        default -> cursor.refuse();
      }
    }
    return new RegressionModel.RegressionTable(
        intercept, targetCategory, numeric, categorical, terms, line);
  }

  private RegressionModel.NumericPredictor numeric() {
    cursor.ignore("mean"); // until 3.2
    RegressionModel.NumericPredictor predictor =
        new RegressionModel.NumericPredictor(
            cursor.required("name"),
            cursor.integer("exponent", 1),
            cursor.requiredNumber("coefficient"),
            cursor.line());
    cursor.end();
    return predictor;
  }

  private RegressionModel.CategoricalPredictor categorical() {
    RegressionModel.CategoricalPredictor predictor =
        new RegressionModel.CategoricalPredictor(
            cursor.required("name"),
            cursor.required("value"),
            cursor.requiredNumber("coefficient"),
            cursor.line());
    cursor.end();
    return predictor;
  }

  private RegressionModel.PredictorTerm term() {
    int line = cursor.line();
    cursor.ignore("name");
    double coefficient = cursor.requiredNumber("coefficient");
    List<String> fields = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("FieldRef")) {
        cursor.refuse();
        continue;
      }
      fields.add(expressions.fieldRef().field());
    }
    if (fields.isEmpty()) {
      throw cursor.error(line, "PredictorTerm has no FieldRef; add one");
    }
    return new RegressionModel.PredictorTerm(coefficient, fields, line);
  }
}
