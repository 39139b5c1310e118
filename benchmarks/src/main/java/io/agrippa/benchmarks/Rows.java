package io.agrippa.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rows to score, by column. Immutable by contract.
 *
 * @param numbers numeric columns, by column, then row; NaN where missing
 * @param texts columns of categories, by column, then row; null where missing
 */
record Rows(int count, double[][] numbers, String[][] texts) {
  /** The name of a numeric column. */
  static String numberName(int column) {
    return "x" + column;
  }

  /** The name of a column of categories. */
  static String textName(int column) {
    return "c" + column;
  }

  /** The name of a category. */
  static String category(int index) {
    return "k" + index;
  }

  /** Values like those of particle physics: sums of few normals, all of them floats. */
  static Rows numeric(long seed, int count, int columns) {
    Random random = new Random(seed);
    double[][] numbers = new double[columns][count];
    for (int r = 0; r < count; r++) {
      double common = random.nextGaussian();
      for (int c = 0; c < columns; c++) {
        double x = common * (c % 5) / 8 + random.nextGaussian();
        // A third of the columns is skewed, as energies are.
        numbers[c][r] = (float) (c % 3 == 0 ? Math.exp(x / 2) : x);
      }
    }
    return new Rows(count, numbers, new String[0][]);
  }

  /** The same rows with further columns of categories. */
  Rows withTexts(long seed, int columns, int categories) {
    Random random = new Random(seed);
    String[][] added = new String[columns][count];
    for (String[] column : added) {
      for (int r = 0; r < count; r++) {
        column[r] = category(random.nextInt(categories));
      }
    }
    return new Rows(count, numbers, added);
  }

  /** The same rows with a share of the values missing. */
  Rows withMissing(long seed, double share) {
    if (share == 0) {
      return this;
    }
    Random random = new Random(seed);
    double[][] someNumbers = new double[numbers.length][];
    for (int c = 0; c < numbers.length; c++) {
      someNumbers[c] = numbers[c].clone();
      for (int r = 0; r < count; r++) {
        if (random.nextDouble() < share) {
          someNumbers[c][r] = Double.NaN;
        }
      }
    }
    String[][] someTexts = new String[texts.length][];
    for (int c = 0; c < texts.length; c++) {
      someTexts[c] = texts[c].clone();
      for (int r = 0; r < count; r++) {
        if (random.nextDouble() < share) {
          someTexts[c][r] = null;
        }
      }
    }
    return new Rows(count, someNumbers, someTexts);
  }

  /** Names of all columns, numbers first. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < numbers.length; c++) {
      names.add(numberName(c));
    }
    for (int c = 0; c < texts.length; c++) {
      names.add(textName(c));
    }
    return names;
  }

  /** The rows as maps from names to values, as services have them; what is missing is null. */
  List<Map<String, Object>> maps(boolean single) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int c = 0; c < numbers.length; c++) {
        row.put(numberName(c), number(c, r, single));
      }
      for (int c = 0; c < texts.length; c++) {
        row.put(textName(c), texts[c][r]);
      }
      maps.add(row);
    }
    return maps;
  }

  /** A number as an object, null where missing. */
  Object number(int column, int row, boolean single) {
    double x = numbers[column][row];
    if (Double.isNaN(x)) {
      return null;
    }
    return single ? (Object) (float) x : (Object) x;
  }

  /** One row of numbers. */
  double[] row(int row) {
    double[] values = new double[numbers.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = numbers[c][row];
    }
    return values;
  }
}
