package io.agrippa.engine.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Computes measures from a confusion matrix. */
final class ClassReport {
  private ClassReport() {}

  /**
   * The measures.
   *
   * @param confusion one row an actual class, one column a predicted one, in the order of classes
   * @param right rows on its diagonal
   */
  static Evaluation.Classification of(
      Evaluation.Rows rows,
      List<String> classes,
      List<List<Long>> confusion,
      long right,
      Optional<Evaluation.Probabilities> probabilities) {
    List<Evaluation.ClassMeasures> measures = new ArrayList<>();
    for (int k = 0; k < classes.size(); k++) {
      int column = k;
      long actual = confusion.get(k).stream().mapToLong(Long::longValue).sum();
      long predicted = confusion.stream().mapToLong(line -> line.get(column)).sum();
      long both = confusion.get(k).get(k);
      measures.add(
          new Evaluation.ClassMeasures(
              classes.get(k),
              actual,
              predicted,
              share(both, predicted),
              share(both, actual),
              share(2 * both, actual + predicted)));
    }
    return new Evaluation.Classification(
        rows,
        classes,
        confusion,
        share(right, rows.used()),
        measures,
        mean(measures, Evaluation.ClassMeasures::precision),
        mean(measures, Evaluation.ClassMeasures::recall),
        mean(measures, Evaluation.ClassMeasures::f1),
        probabilities);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : part / (double) whole;
  }

  private static double mean(
      List<Evaluation.ClassMeasures> measures, ToDoubleFunction<Evaluation.ClassMeasures> measure) {
    return measures.stream()
        .mapToDouble(measure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
