package io.agrippa.models;

import io.agrippa.engine.model.Decimals;

/** Numbers as text, the same on every Java. */
final class Decimal {
  /** Beyond it {@code Decimals} writes exponents, which are shorter. */
  private static final double LONG = 1e15;

  private Decimal() {}

  /** The shortest text that reads back as the number; whole numbers without a point. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < LONG
        ? Long.toString((long) value)
        : Decimals.text(value);
  }
}
