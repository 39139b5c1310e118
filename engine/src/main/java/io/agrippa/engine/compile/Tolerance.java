package io.agrippa.engine.compile;

/**
 * How far a number may be from the expected one.
 *
 * @param relative largest difference as a share of the expected number's size
 * @param absolute two numbers that both lie this close to zero count as equal
 */
public record Tolerance(double relative, double absolute) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is negative or not a number
   */
  public Tolerance {
    if (!(relative >= 0) || !(absolute >= 0)) {
      throw new IllegalArgumentException(
          "tolerance relative %s, absolute %s: both must be 0 or more"
              .formatted(relative, absolute));
    }
  }

  /** Whether a number is close enough. NaN is close to NaN alone, an infinity to itself alone. */
  public boolean accepts(double expected, double actual) {
    if (Double.isNaN(expected) || Double.isNaN(actual)) {
      return Double.isNaN(expected) && Double.isNaN(actual);
    }
    if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
      return expected == actual;
    }
    return Math.abs(expected - actual) <= relative * Math.abs(expected)
        || (Math.abs(expected) <= absolute && Math.abs(actual) <= absolute);
  }
}
