package io.agrippa.engine.kernel;

/**
 * Inverse link functions, the same bits on every Java: {@code StrictMath} where the JDK's {@code
 * Math} may use the processor's own.
 */
public final class Links {
  private static final double SINGLE_PI = (float) Math.PI;

  private Links() {}

  /** 1 / (1 + e<sup>−y</sup>). */
  public static double logistic(double y) {
    return 1 / (1 + StrictMath.exp(-y));
  }

  /** 1 − e<sup>−e<sup>y</sup></sup>. */
  public static double cloglog(double y) {
    return 1 - StrictMath.exp(-StrictMath.exp(y));
  }

  /** e<sup>−e<sup>−y</sup></sup>. */
  public static double loglog(double y) {
    return StrictMath.exp(-StrictMath.exp(-y));
  }

  /** ½ + atan(y) / π. */
  public static double cauchit(double y) {
    return 0.5 + StrictMath.atan(y) / Math.PI;
  }

  /** Φ(y), the distribution function of the standard normal distribution. */
  public static double probit(double y) {
    return 0.5 * Erf.erfc(-y / Math.sqrt(2));
  }

  /** e<sup>y</sup> in single precision. */
  public static double expSingle(double y) {
    return (float) StrictMath.exp(y);
  }

  /** {@link #logistic} in single precision. */
  public static double logisticSingle(double y) {
    return 1f / (1f + (float) expSingle(-y));
  }

  /** {@link #cloglog} in single precision. */
  public static double cloglogSingle(double y) {
    return 1f - (float) expSingle(-expSingle(y));
  }

  /** {@link #loglog} in single precision. */
  public static double loglogSingle(double y) {
    return expSingle(-expSingle(-y));
  }

  /** {@link #cauchit} in single precision. */
  public static double cauchitSingle(double y) {
    return 0.5f + (float) StrictMath.atan(y) / (float) SINGLE_PI;
  }
}
