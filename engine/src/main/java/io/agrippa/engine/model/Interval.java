package io.agrippa.engine.model;

/**
 * A range of numbers.
 *
 * @param left lower margin, −∞ where absent
 * @param leftOpen whether the lower margin itself lies outside
 * @param right upper margin, +∞ where absent
 * @param rightOpen whether the upper margin itself lies outside
 */
public record Interval(double left, boolean leftOpen, double right, boolean rightOpen) {
  /** Whether the lower margin itself lies outside; −∞, which is no margin, does not. */
  public boolean excludesLeft() {
    return leftOpen && left != Double.NEGATIVE_INFINITY;
  }

  /** Whether the upper margin itself lies outside; +∞, which is no margin, does not. */
  public boolean excludesRight() {
    return rightOpen && right != Double.POSITIVE_INFINITY;
  }

  /** Whether the number lies within. */
  public boolean contains(double x) {
    return (excludesLeft() ? x > left : x >= left) && (excludesRight() ? x < right : x <= right);
  }
}
