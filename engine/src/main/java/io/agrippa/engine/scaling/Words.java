package io.agrippa.engine.scaling;

import java.util.Locale;

/** Figures as people read them. */
final class Words {
  private Words() {}

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Three digits that count, with the unit that suits. */
  static String seconds(double seconds) {
    double size = Math.abs(seconds);
    if (size >= 1) {
      return digits(seconds) + " s";
    }
    if (size >= 1e-3) {
      return digits(seconds * 1e3) + " ms";
    }
    return size >= 1e-6 || size == 0
        ? digits(seconds * 1e6) + " µs"
        : digits(seconds * 1e9) + " ns";
  }

  static String percent(double share) {
    double percent = share * 100;
    return format(Math.abs(percent) < 9.95 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** {@code 1.93 (1.90 to 1.95 in 5 repeats)}. */
  static String times(Spread spread) {
    return spread.count() == 1
        ? format("%.2f (one run)", spread.median())
        : format(
            "%.2f (%.2f to %.2f in %d repeats)",
            spread.median(), spread.min(), spread.max(), spread.count());
  }

  static String time(Spread spread) {
    return spread.count() == 1
        ? seconds(spread.median()) + " (one run)"
        : format(
            "%s (%s to %s in %d repeats)",
            seconds(spread.median()), seconds(spread.min()), seconds(spread.max()), spread.count());
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    if (size >= 100 || size == 0) {
      return format("%,.0f", value);
    }
    return format(size >= 10 ? "%.1f" : "%.2f", value);
  }
}
