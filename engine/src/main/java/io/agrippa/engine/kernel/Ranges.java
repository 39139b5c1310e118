package io.agrippa.engine.kernel;

/**
 * Looks through runs of numbers for those that are outside a range, without a branch a number: the
 * answer for a whole run is nearly always "none", and where it is not, guessing wrong would cost
 * more than looking.
 */
public final class Ranges {
  private static final long MAGNITUDE = Long.MAX_VALUE;
  private static final long INFINITY = 0x7FF0000000000000L;

  private Ranges() {}

  /** Whether any {@code x[r]} with {@code from ≤ r < to} is NaN. */
  public static boolean anyNaN(double[] x, int from, int to) {
    // Only NaN has a magnitude whose bits are above those of infinity; the sign of the difference
    // says so.
    long any = 0;
    for (int r = from; r < to; r++) {
      any |= INFINITY - (Double.doubleToRawLongBits(x[r]) & MAGNITUDE);
    }
    return any < 0;
  }

  /**
   * The bits of up to 64 numbers that may be outside a range: all that are NaN, below or above, and
   * perhaps infinities within.
   *
   * @param least of the range
   * @param most of the range
   */
  public static long outside(double[] x, double least, double most, int from, int to) {
    long bits = 0;
    for (int r = from; r < to; r++) {
      bits |= (sign(x[r], least, most) >>> 63) << (r - from);
    }
    return bits;
  }

  /** Whether {@link #outside} has any bits; faster. */
  public static boolean anyOutside(double[] x, double least, double most, int from, int to) {
    long any = 0;
    for (int r = from; r < to; r++) {
      any |= sign(x[r], least, most);
    }
    return any < 0;
  }

  /** Negative if the number is outside; differences of what is equal have no sign. */
  private static long sign(double x, double least, double most) {
    return Double.doubleToRawLongBits(x - least)
        | Double.doubleToRawLongBits(most - x)
        | (INFINITY - (Double.doubleToRawLongBits(x) & MAGNITUDE));
  }
}
