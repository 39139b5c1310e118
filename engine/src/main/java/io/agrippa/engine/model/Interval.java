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
  /** Whether the number lies within. */
  public boolean contains(double x) {
    return (leftOpen ? x > left : x >= left) && (rightOpen ? x < right : x <= right);
  }
}
