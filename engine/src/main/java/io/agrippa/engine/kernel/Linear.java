package io.agrippa.engine.kernel;

/**
 * Columnar sums of products. Each row's sum is accumulated in the order of the columns, so the bits
 * are those of a loop over one row; columns are taken four at a time only to read and write the
 * sums less often.
 */
public final class Linear {
  private Linear() {}

  /**
   * {@code sums[r] += Σ coefficients[j] · columns[j][r]} for {@code from ≤ r < to}.
   *
   * @param columns the first {@code count} are used
   * @param coefficients the first {@code count} are used
   */
  public static void add(
      double[] sums, double[][] columns, double[] coefficients, int count, int from, int to) {
    int j = 0;
    for (; j + 4 <= count; j += 4) {
      add4(
          sums,
          columns[j],
          columns[j + 1],
          columns[j + 2],
          columns[j + 3],
          coefficients[j],
          coefficients[j + 1],
          coefficients[j + 2],
          coefficients[j + 3],
          from,
          to);
    }
    for (; j < count; j++) {
      add1(sums, columns[j], coefficients[j], from, to);
    }
  }

  private static void add4(
      double[] sums,
      double[] x0,
      double[] x1,
      double[] x2,
      double[] x3,
      double c0,
      double c1,
      double c2,
      double c3,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      sums[r] = (((sums[r] + c0 * x0[r]) + c1 * x1[r]) + c2 * x2[r]) + c3 * x3[r];
    }
  }

  private static void add1(double[] sums, double[] x, double c, int from, int to) {
    for (int r = from; r < to; r++) {
      sums[r] += c * x[r];
    }
  }

  /** As {@link #add}, each operation rounded to single precision; all numbers are floats. */
  public static void addSingle(double[] sums, double[] x, double coefficient, int from, int to) {
    float c = (float) coefficient;
    for (int r = from; r < to; r++) {
      sums[r] = (float) sums[r] + c * (float) x[r];
    }
  }

  /**
   * {@code sums[r] += table[codes[r] + 1]} for {@code from ≤ r < to}.
   *
   * @param codes −1 or more
   * @param table at 0 what is added for −1
   */
  public static void addCoded(double[] sums, int[] codes, double[] table, int from, int to) {
    for (int r = from; r < to; r++) {
      sums[r] += table[codes[r] + 1];
    }
  }

  /** As {@link #addCoded}, rounded to single precision. */
  public static void addCodedSingle(double[] sums, int[] codes, double[] table, int from, int to) {
    for (int r = from; r < to; r++) {
      sums[r] = (float) (sums[r] + table[codes[r] + 1]);
    }
  }
}
