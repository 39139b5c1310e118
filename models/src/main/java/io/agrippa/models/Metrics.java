package io.agrippa.models;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import smile.validation.metric.AUC;
import smile.validation.metric.R2;
import smile.validation.metric.RMSE;

/** Measures predictions. */
final class Metrics {
  private Metrics() {}

  /**
   * Measures of predicted classes.
   *
   * @param truth the class of each row, at least one; −1 for a class that the model does not know
   * @param probabilities of each class the probabilities of all rows; there may be room for more
   */
  static List<TrainingReport.Metric> ofClasses(int[] truth, double[][] probabilities) {
    int right = 0;
    double loss = 0;
    int[] counts = new int[probabilities.length];
    double[] row = new double[probabilities.length];
    for (int i = 0; i < truth.length; i++) {
      for (int k = 0; k < row.length; k++) {
        row[k] = probabilities[k][i];
      }
      double probability = truth[i] < 0 ? 0 : row[truth[i]];
      // As usual, a probability counts as at least 1e-15, so that one row cannot make all infinite.
      loss -= StrictMath.log(Math.max(1e-15, probability));
      if (truth[i] >= 0) {
        counts[truth[i]]++;
        right += truth[i] == greatest(row) ? 1 : 0;
      }
    }
    List<TrainingReport.Metric> metrics = new ArrayList<>();
    if (counts.length == 2 && counts[0] > 0 && counts[1] > 0) {
      int[] known = IntStream.range(0, truth.length).filter(i -> truth[i] >= 0).toArray();
      metrics.add(
          new TrainingReport.Metric(
              "AUC",
              AUC.of(
                  IntStream.of(known).map(i -> truth[i]).toArray(),
                  IntStream.of(known).mapToDouble(i -> probabilities[1][i]).toArray())));
    }
    metrics.add(new TrainingReport.Metric("accuracy", right / (double) truth.length));
    metrics.add(
        new TrainingReport.Metric(
            "accuracy of the commonest class",
            IntStream.of(counts).max().orElse(0) / (double) truth.length));
    metrics.add(new TrainingReport.Metric("log loss", loss / truth.length));
    return metrics;
  }

  /** Measures of predicted numbers of at least one row. */
  static List<TrainingReport.Metric> ofAmounts(double[] truth, double[] predicted) {
    return List.of(
        new TrainingReport.Metric("RMSE", RMSE.of(truth, predicted)),
        new TrainingReport.Metric("R2", R2.of(truth, predicted)));
  }

  /** Position of the greatest number, the first of equal ones. */
  static int greatest(double[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[best]) {
        best = i;
      }
    }
    return best;
  }
}
