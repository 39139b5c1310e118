package io.agrippa.engine.kernel;

/**
 * The four operations on columns and numbers. Each loop reads its operands' first {@code n} values
 * and writes {@code out}'s, which may be one of the operands. Plain loops, which the compiler turns
 * into vector instructions.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /** a + b. */
  public static void add(double[] a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] + b[i];
    }
  }

  /** a + b. */
  public static void add(double[] a, double b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] + b;
    }
  }

  /** a − b. */
  public static void subtract(double[] a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] - b[i];
    }
  }

  /** a − b. */
  public static void subtract(double[] a, double b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] - b;
    }
  }

  /** a − b. */
  public static void subtract(double a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a - b[i];
    }
  }

  /** a · b. */
  public static void multiply(double[] a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b[i];
    }
  }

  /** a · b. */
  public static void multiply(double[] a, double b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b;
    }
  }

  /** a / b. */
  public static void divide(double[] a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] / b[i];
    }
  }

  /** a / b. */
  public static void divide(double[] a, double b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] / b;
    }
  }

  /** a / b. */
  public static void divide(double a, double[] b, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = a / b[i];
    }
  }

  /** Drops the fractions, toward zero. Exact for quotients of whole numbers of 32 bits. */
  public static void truncate(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      double value = values[i];
      values[i] = value < 0 ? Math.ceil(value) + 0.0 : Math.floor(value);
    }
  }

  /** Rounds to single precision. */
  public static void roundToSingle(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = (float) values[i];
    }
  }
}
