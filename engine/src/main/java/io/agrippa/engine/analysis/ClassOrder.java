package io.agrippa.engine.analysis;

import java.util.Comparator;

/** The order of classes: numbers by size, before texts. */
final class ClassOrder {
  /** Numbers by size, then texts; equal numbers as texts. */
  static final Comparator<String> ASCENDING =
      Comparator.comparing(ClassOrder::isText)
          .thenComparingDouble(label -> isText(label) ? 0 : ValueText.parse(label))
          .thenComparing(Comparator.naturalOrder());

  private ClassOrder() {}

  private static boolean isText(String label) {
    return Double.isNaN(ValueText.parse(label));
  }
}
