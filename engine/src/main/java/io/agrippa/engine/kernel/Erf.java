package io.agrippa.engine.kernel;

/**
 * The error function, to some units in the 15th digit and the same bits on every Java. Near zero
 * the series {@code erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!}, whose terms are all of one
 * sign; in the tail the continued fraction of {@code erfc} (Abramowitz and Stegun, 7.1.6 and
 * 7.1.14).
 */
public final class Erf {
  private static final double TWO_BY_ROOT_PI = 2 / Math.sqrt(Math.PI);

  /**
   * Where the series gives way to the continued fraction: soon, because 1 − erf x loses digits of a
   * small erfc x, and not too soon, because near zero the fraction takes ever more terms.
   */
  private static final double TAIL = 1;

  private Erf() {}

  /** The error function. */
  public static double erf(double x) {
    if (x < 0) {
      return -erf(-x);
    }
    return x < TAIL ? series(x) : 1 - fraction(x);
  }

  /** 1 − erf x, precise in the tail too. */
  public static double erfc(double x) {
    if (x < TAIL) {
      return x < -TAIL ? 2 - fraction(-x) : 1 - (x < 0 ? -series(-x) : series(x));
    }
    return fraction(x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_BY_ROOT_PI * StrictMath.exp(-x * x) * sum;
  }

  private static double fraction(double x) {
    if (Double.isNaN(x) || x > 28) {
      return x > 28 ? 0 : x; // below the least double
    }
    // Backwards from a depth at which nothing changes any more: what n terms leave over falls as
    // e^(−2x√(2n)).
    double below = 0;
    for (int k = 20 + (int) (200 / (x * x)); k >= 1; k--) {
      below = k / 2.0 / (x + below);
    }
    return StrictMath.exp(-x * x) / (Math.sqrt(Math.PI) * (x + below));
  }
}
