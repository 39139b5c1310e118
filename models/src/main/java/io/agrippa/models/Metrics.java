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
   * @param truth the class of each row; −1 for one that the model does not know
   * @param probabilities of each row the probabilities of all classes
   */
  static List<TrainingReport.Metric> ofClasses(int[] truth, double[][] probabilities) {
    List<TrainingReport.Metric> metrics = new ArrayList<>();
    if (truth.length == 0) {
      return metrics;
    }
    int right = 0;
    double loss = 0;
    int[] counts = new int[probabilities[0].length];
    for (int row = 0; row < truth.length; row++) {
      double probability = truth[row] < 0 ? 0 : probabilities[row][truth[row]];
      // As usual, a probability counts as at least 1e-15, so that one row cannot make all infinite.
      loss -= StrictMath.log(Math.max(1e-15, probability));
      if (truth[row] >= 0) {
        counts[truth[row]]++;
        right += truth[row] == greatest(probabilities[row]) ? 1 : 0;
      }
    }
    if (counts.length == 2 && counts[0] > 0 && counts[1] > 0) {
      int[] known = IntStream.range(0, truth.length).filter(row -> truth[row] >= 0).toArray();
      metrics.add(
          new TrainingReport.Metric(
              "AUC",
              AUC.of(
                  IntStream.of(known).map(row -> truth[row]).toArray(),
                  IntStream.of(known).mapToDouble(row -> probabilities[row][1]).toArray())));
    }
    metrics.add(new TrainingReport.Metric("accuracy", right / (double) truth.length));
    metrics.add(
        new TrainingReport.Metric(
            "accuracy of the commonest class",
            IntStream.of(counts).max().orElse(0) / (double) truth.length));
    metrics.add(new TrainingReport.Metric("log loss", loss / truth.length));
    return metrics;
  }

  /** Measures of predicted numbers. */
  static List<TrainingReport.Metric> ofAmounts(double[] truth, double[] predicted) {
    if (truth.length == 0) {
      return List.of();
    }
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
