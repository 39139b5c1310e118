package io.agrippa.benchmarks;

import java.util.Map;

/** An engine with a model and rows, ready to score. Used by one thread. */
interface Contender extends AutoCloseable {
  /**
   * Scores all rows.
   *
   * @return whatever the engine gives; {@link #results} reads it
   */
  Object score();

  /** By row: the numbers to be compared with those of other engines; NaN where there is none. */
  double[][] results(Object scored);

  /** Gives back what the engine holds. */
  @Override
  default void close() {}

  /** By row: the named results as numbers; NaN where there is none. */
  static double[][] numbers(Map<?, ?>[] rows, String... names) {
    double[][] numbers = new double[rows.length][names.length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < names.length; i++) {
        numbers[r][i] = number(rows[r].get(names[i]));
      }
    }
    return numbers;
  }

  /** A result as a number; NaN if it is none. */
  static double number(Object result) {
    return result instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
