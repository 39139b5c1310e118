package io.agrippa.engine.reading;

import java.util.function.LongConsumer;

/**
 * Seeds of a property. {@code -Dagrippa.tries=20} tries twenty times as many as usual, {@code
 * -Dagrippa.seed=17} only that one. What fails says its seed.
 */
final class Tries {
  private static final int TIMES = Integer.getInteger("agrippa.tries", 1);
  private static final Long ONLY = Long.getLong("agrippa.seed");

  private Tries() {}

  static void of(int usual, LongConsumer property) {
    if (ONLY != null) {
      property.accept(ONLY);
      return;
    }
    for (long seed = 1; seed <= (long) usual * TIMES; seed++) {
      try {
        property.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dagrippa.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
