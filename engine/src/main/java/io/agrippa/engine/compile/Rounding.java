package io.agrippa.engine.compile;

/**
 * Arithmetic in double or in single precision, on doubles. Sum, product and quotient of two floats,
 * computed in double and then rounded, are those of single precision: a double has more than twice
 * as many bits plus two.
 */
final class Rounding {
  private Rounding() {}

  static double add(double a, double b, boolean single) {
    return single ? (float) (a + b) : a + b;
  }

  static double multiply(double a, double b, boolean single) {
    return single ? (float) (a * b) : a * b;
  }

  static double divide(double a, double b, boolean single) {
    return single ? (float) (a / b) : a / b;
  }

  /** The number in the model's precision. */
  static double round(double a, boolean single) {
    return single ? (float) a : a;
  }
}
