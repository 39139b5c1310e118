package io.agrippa.engine.scaling;

/**
 * Linear least squares with coefficients that must not be negative, for a handful of columns.
 *
 * <p>The laws and the cost model fitted here are linear in their coefficients once they are written
 * as times, so no iterative solver is needed. The best non-negative solution is the best among the
 * unconstrained solutions of all subsets of the columns that happen to be non-negative; with at
 * most {@value #MAX_COLUMNS} columns they are simply all tried.
 */
final class LeastSquares {
  static final int MAX_COLUMNS = 10;

  /**
   * A column counts as told by those before it when less than this share of its length is left
   * after taking out what they explain: then noise would decide its coefficient.
   */
  private static final double DEPENDENT = 1e-3;

  private LeastSquares() {}

  /** Coefficients ≥ 0 with the least sum of squares of {@code a·x − b}. */
  static double[] nonNegative(double[][] a, double[] b) {
    int columns = a.length == 0 ? 0 : a[0].length;
    if (columns > MAX_COLUMNS) {
      throw new IllegalArgumentException(columns + " columns are too many to try all subsets");
    }
    double[] best = new double[columns];
    double least = squares(a, b, best);
    for (int subset = 1; subset < 1 << columns; subset++) {
      double[] x = solve(a, b, subset);
      if (x != null) {
        double left = squares(a, b, x);
        if (left < least) {
          least = left;
          best = x;
        }
      }
    }
    return best;
  }

  /**
   * Which columns cannot be told from the columns before them: some mixture of those is (nearly)
   * the same.
   */
  static boolean[] dependent(double[][] a) {
    int columns = a.length == 0 ? 0 : a[0].length;
    boolean[] dependent = new boolean[columns];
    double[][] kept = new double[columns][];
    for (int j = 0; j < columns; j++) {
      double[] column = column(a, j);
      double length = norm(column);
      for (int pass = 0; pass < 2; pass++) { // the second pass takes out what rounding left
        for (int k = 0; k < j; k++) {
          if (kept[k] != null) {
            subtract(column, kept[k], dot(column, kept[k]));
          }
        }
      }
      double left = norm(column);
      if (length == 0 || left <= DEPENDENT * length) {
        dependent[j] = true;
      } else {
        scale(column, 1 / left);
        kept[j] = column;
      }
    }
    return dependent;
  }

  /** The unconstrained solution on a subset of the columns, or null if it is not feasible. */
  private static double[] solve(double[][] a, double[] b, int subset) {
    int columns = a[0].length;
    double[][] q = new double[columns][];
    double[][] r = new double[columns][columns];
    double[] right = new double[columns];
    double[] rest = b.clone();
    for (int j = 0; j < columns; j++) {
      if ((subset >> j & 1) == 0) {
        continue;
      }
      double[] column = column(a, j);
      double length = norm(column);
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          if (q[k] != null) {
            double along = dot(column, q[k]);
            r[k][j] += along;
            subtract(column, q[k], along);
          }
        }
      }
      double left = norm(column);
      if (length == 0 || left <= 1e-12 * length) {
        return null; // a smaller subset says the same
      }
      r[j][j] = left;
      scale(column, 1 / left);
      q[j] = column;
      right[j] = dot(rest, column);
      subtract(rest, column, right[j]);
    }
    double[] x = new double[columns];
    for (int j = columns - 1; j >= 0; j--) {
      if (q[j] == null) {
        continue;
      }
      double sum = right[j];
      for (int k = j + 1; k < columns; k++) {
        sum -= r[j][k] * x[k];
      }
      x[j] = sum / r[j][j];
      if (x[j] < 0) {
        return null;
      }
    }
    return x;
  }

  private static double squares(double[][] a, double[] b, double[] x) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double off = dot(a[i], x) - b[i];
      sum += off * off;
    }
    return sum;
  }

  private static double[] column(double[][] a, int j) {
    double[] column = new double[a.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = a[i][j];
    }
    return column;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void scale(double[] a, double by) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= by;
    }
  }

  private static void subtract(double[] from, double[] direction, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * direction[i];
    }
  }
}
