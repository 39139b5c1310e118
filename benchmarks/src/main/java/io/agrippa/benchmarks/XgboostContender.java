package io.agrippa.benchmarks;

import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * XGBoost's native library on an array, in place: predicting on a DMatrix a second time would
 * measure its cache of predictions.
 */
final class XgboostContender implements Contender {
  private final Booster booster;
  private final float[] values;
  private final int rows;

  XgboostContender(Booster booster, Rows rows) {
    this.booster = booster;
    this.rows = rows.count();
    values = BoostedTrees.floats(rows);
    try {
      booster.setParam("nthread", 1);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost does not take its number of threads", e);
    }
  }

  @Override
  public Object score() {
    try {
      return booster.inplace_predict(values, rows, BoostedTrees.COLUMNS, Float.NaN);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost does not predict", e);
    }
  }

  @Override
  public double[][] results(Object scored) {
    float[][] margins = (float[][]) scored;
    double[][] results = new double[margins.length][1];
    for (int r = 0; r < results.length; r++) {
      results[r][0] = margins[r][0];
    }
    return results;
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
