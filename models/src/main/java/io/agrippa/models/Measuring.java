package io.agrippa.models;

import java.util.Arrays;
import java.util.List;

/** Measures a model on rows with known targets. */
final class Measuring {
  private final Training.Learnt learnt;

  Measuring(Training.Learnt learnt) {
    this.learnt = learnt;
  }

  /**
   * The metrics on the rows of a table, none of which misses its target. A row whose class was not
   * there in training counts as a class of its own, which no prediction meets.
   */
  List<TrainingReport.Metric> metrics(Table table, TrainingTarget target, String place) {
    if (table.rows() == 0) {
      return List.of();
    }
    Fitted.Predictor predictor = learnt.fitted().predictor(Samples.of(learnt.features(), table));
    Labels truth = new LabelReader(target).labels(table, place);
    if (truth instanceof Labels.Amounts amounts) {
      double[] predicted = new double[table.rows()];
      Arrays.setAll(predicted, row -> predictor.predict(row)[0]);
      return Metrics.ofAmounts(amounts.values(), predicted);
    }
    Labels.Classes classes = (Labels.Classes) truth;
    List<String> levels = ((Labels.Classes) learnt.labels()).levels();
    double[][] probabilities = new double[table.rows()][];
    Arrays.setAll(probabilities, predictor::predict);
    int[] codes =
        Arrays.stream(classes.codes()).map(c -> levels.indexOf(classes.levels().get(c))).toArray();
    return Metrics.ofClasses(codes, probabilities);
  }
}
