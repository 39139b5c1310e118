package io.agrippa.benchmarks;

import smile.classification.LogisticRegression;

/** Smile's logistic regression on rows that are encoded before timing. */
final class SmileLogisticContender implements Contender {
  private final LogisticRegression.Binomial model = Logistic.smile();
  private final double[][] rows;

  SmileLogisticContender(Rows rows) {
    this.rows = Logistic.encode(rows);
  }

  @Override
  public Object score() {
    double[][] results = new double[rows.length][2];
    for (int r = 0; r < rows.length; r++) {
      model.predict(rows[r], results[r]);
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    double[][] posteriori = (double[][]) scored;
    double[][] results = new double[posteriori.length][1];
    for (int r = 0; r < results.length; r++) {
      results[r][0] = posteriori[r][1];
    }
    return results;
  }
}
