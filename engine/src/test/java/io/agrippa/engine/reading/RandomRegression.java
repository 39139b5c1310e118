package io.agrippa.engine.reading;

import java.util.Random;

/** RegressionModels over {@link RandomFields}. */
final class RandomRegression {
  private final Random random;
  private final RandomFields fields;
  private final String[] labels; // null for a regression

  RandomRegression(Random random, RandomFields fields, String[] labels) {
    this.random = random;
    this.fields = fields;
    this.labels = labels;
  }

  /**
   * The opening tag's attributes, with a normalizationMethod that fits.
   *
   * @param ordinal whether the categories have an order
   */
  String attributes(boolean ordinal) {
    boolean single = random.nextInt(3) == 0;
    String method;
    if (labels == null) {
      method =
          fields.pick("none", "softmax", "logit", "exp", "probit", "cloglog", "loglog", "cauchit");
    } else if (ordinal || (labels.length == 2 && random.nextBoolean())) {
      method = fields.pick("none", "logit", "probit", "cloglog", "loglog", "cauchit");
    } else {
      method = fields.pick("none", "softmax", "simplemax", "logit");
    }
    return "functionName=\"%s\" normalizationMethod=\"%s\"%s"
        .formatted(
            labels == null ? "regression" : "classification",
            method,
            single && !method.equals("probit") ? " x-mathContext=\"float\"" : "");
  }

  /** The tables: one, or one for each category, some of them no more than an intercept. */
  String tables() {
    if (labels == null) {
      return table(null);
    }
    StringBuilder xml = new StringBuilder();
    for (String label : labels) {
      xml.append(
          random.nextInt(5) == 0
              ? "<RegressionTable intercept=\"%s\" targetCategory=\"%s\"/>"
                  .formatted(fields.pick("0", "1", "-0.3"), label)
              : table(label));
    }
    return xml.toString();
  }

  /** A table, for a category where one is given. */
  String table(String category) {
    StringBuilder xml =
        new StringBuilder(
            "<RegressionTable intercept=\"%s\"%s>"
                .formatted(
                    coefficient(), category == null ? "" : " targetCategory=\"" + category + "\""));
    for (int i = random.nextInt(4); i > 0; i--) {
      xml.append(
          "<NumericPredictor name=\"%s\" coefficient=\"%s\"%s/>"
              .formatted(
                  fields.number(),
                  coefficient(),
                  fields.pick(
                      "",
                      "",
                      "",
                      " exponent=\"1\"",
                      " exponent=\"2\"",
                      " exponent=\"3\"",
                      " exponent=\"-1\"",
                      " exponent=\"0\"")));
    }
    String field = fields.category();
    for (int i = random.nextInt(5); i > 0; i--) {
      field = random.nextInt(3) == 0 ? fields.category() : field;
      xml.append(
          "<CategoricalPredictor name=\"%s\" value=\"%s\" coefficient=\"%s\"/>"
              .formatted(field, fields.valueOf(field), coefficient()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      xml.append("<PredictorTerm coefficient=\"%s\">".formatted(coefficient()));
      for (int j = 1 + random.nextInt(3); j > 0; j--) {
        xml.append("<FieldRef field=\"%s\"/>".formatted(fields.number()));
      }
      xml.append("</PredictorTerm>");
    }
    return xml.append("</RegressionTable>").toString();
  }

  private String coefficient() {
    return fields.pick(
        "1", "-0.5", "0.1", "1e-3", Double.toString(random.nextInt(4000) / 999.0 - 2));
  }
}
