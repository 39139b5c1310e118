package io.agrippa.models;

import java.util.List;

/**
 * Rows as an algorithm sees them: the values of the features, one array each.
 *
 * @param rows number of rows
 * @param features the features
 * @param numbers values of the features that are numbers, null at the others
 * @param codes levels of the features that are categories, null at the others
 */
record Samples(int rows, List<Feature> features, double[][] numbers, int[][] codes) {
  /** The features of a table's rows. */
  static Samples of(List<Feature> features, Table table) {
    double[][] numbers = new double[features.size()][];
    int[][] codes = new int[features.size()][];
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      if (feature instanceof Feature.Numeric number) {
        numbers[f] = number.values(table);
      } else if (feature instanceof Feature.Categorical category) {
        codes[f] = category.codes(table);
      }
    }
    return new Samples(table.rows(), features, numbers, codes);
  }
}
