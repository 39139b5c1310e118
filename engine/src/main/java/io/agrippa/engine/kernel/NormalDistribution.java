package io.agrippa.engine.kernel;

/** The normal distribution, the same bits on every Java. */
public final class NormalDistribution {
  private static final double ROOT_2PI = Math.sqrt(2 * Math.PI);
  private static final double ROOT_2 = Math.sqrt(2);

  private NormalDistribution() {}

  /** Density at x; NaN unless sigma is positive. */
  public static double density(double x, double mu, double sigma) {
    if (!(sigma > 0)) {
      return Double.NaN;
    }
    double z = (x - mu) / sigma;
    return StrictMath.exp(-0.5 * z * z) / (sigma * ROOT_2PI);
  }

  /** Probability of a value up to x; NaN unless sigma is positive. */
  public static double cumulative(double x, double mu, double sigma) {
    return sigma > 0 ? 0.5 * Erf.erfc(-(x - mu) / (sigma * ROOT_2)) : Double.NaN;
  }

  /**
   * The value below which the probability is p; NaN unless sigma is positive and p between 0 and 1.
   */
  public static double quantile(double p, double mu, double sigma) {
    return sigma > 0 ? mu + sigma * quantile(p) : Double.NaN;
  }

  /**
   * Quantile of the standard normal distribution: Wichura's algorithm AS 241 (PPND16, Applied
   * Statistics 37, 1988), rational functions good to about 1 part in 10<sup>16</sup>.
   */
  private static double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    if (p == 0 || p == 1) {
      return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      return q * ratio(0.180625 - q * q, CENTRE_OVER, CENTRE_UNDER);
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double z =
        r <= 5 ? ratio(r - 1.6, MIDDLE_OVER, MIDDLE_UNDER) : ratio(r - 5, TAIL_OVER, TAIL_UNDER);
    return q < 0 ? -z : z;
  }

  private static double ratio(double x, double[] over, double[] under) {
    return polynomial(x, over) / polynomial(x, under);
  }

  private static double polynomial(double x, double[] coefficients) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }

  private static final double[] CENTRE_OVER = {
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227
  };
  private static final double[] CENTRE_UNDER = {
    1.0, 42.31333070160091, 687.1870074920579, 5394.196021424751,
    21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854
  };
  private static final double[] MIDDLE_OVER = {
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414
  };
  private static final double[] MIDDLE_UNDER = {
    1.0, 2.053191626637759, 1.6763848301838038, 0.6897673349851,
    0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-09
  };
  private static final double[] TAIL_OVER = {
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-05, 2.0103343992922881e-07
  };
  private static final double[] TAIL_UNDER = {
    1.0, 0.599832206555888, 0.1369298809227358, 0.014875361290850615,
    0.0007868691311456133, 1.8463183175100548e-05, 1.421511758316446e-07, 2.0442631033899397e-15
  };
}
