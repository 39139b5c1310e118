package io.agrippa.benchmarks;

import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.Tuple;

/** Smile's forest on its tuples, which are made before timing. */
final class SmileForestContender implements Contender {
  private final RandomForest forest;
  private final Tuple[] tuples;

  SmileForestContender(RandomForest forest, Rows rows) {
    this.forest = forest;
    DataFrame frame = DeepForest.frame(rows);
    tuples = new Tuple[rows.count()];
    for (int r = 0; r < tuples.length; r++) {
      tuples[r] = Tuple.of(rows.row(r), frame.schema());
    }
  }

  @Override
  public Object score() {
    double[][] results = new double[tuples.length][DeepForest.LABELS.length];
    for (int r = 0; r < results.length; r++) {
      forest.predict(tuples[r], results[r]);
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    return (double[][]) scored;
  }
}
