package io.agrippa.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns tests with three truths into conditions with two. Most are {@code x ≤ t} on a number, where
 * a missing value makes it hold or not; all others are kept in a list and referred to by number.
 * Filled while the trees of one model are compiled.
 */
final class Conditions {
  /** Which truths of a test a condition stands for. */
  enum Truth {
    TRUE,
    UNKNOWN,
    TRUE_OR_UNKNOWN
  }

  /** A condition that is no comparison of a number. */
  record Other(RowTest test, Truth truth) {
    /** Whether it holds for a row. */
    boolean holds(FeatureReader in, int row) {
      int value = test.test(in, row);
      return switch (truth) {
        case TRUE -> value == RowTest.TRUE;
        case UNKNOWN -> value == RowTest.UNKNOWN;
        case TRUE_OR_UNKNOWN -> value == RowTest.TRUE || value == RowTest.UNKNOWN;
      };
    }
  }

  /**
   * A condition.
   *
   * @param constant null unless it always or never holds
   * @param feature number field, or {@code ~number} of another condition
   * @param inverted whether the test has the truth where the condition does not hold
   */
  record Condition(
      Boolean constant, int feature, double threshold, boolean missingHolds, boolean inverted) {}

  /** A test whose errors or order only the walker can do. */
  static final class Inexpressible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Inexpressible() {
      super("only the walker can do this test", null, false, false);
    }
  }

  private static final Condition ALWAYS = new Condition(true, 0, 0, false, false);
  private static final Condition NEVER = new Condition(false, 0, 0, false, false);

  private final List<Other> others = new ArrayList<>();
  private final Map<Other, Integer> numbers = new HashMap<>();

  /** The conditions that are no comparisons. */
  List<Other> others() {
    return others;
  }

  /** The condition that a test has this truth. */
  Condition of(RowTest test, Truth truth) {
    if (test instanceof RowTest.Constant constant) {
      return constant.value() && truth != Truth.UNKNOWN ? ALWAYS : NEVER;
    }
    if (test instanceof RowTest.Numeric numeric && truth != Truth.UNKNOWN) {
      Condition comparison = comparison(numeric, truth == Truth.TRUE_OR_UNKNOWN);
      if (comparison != null) {
        return comparison;
      }
    }
    if (truth == Truth.UNKNOWN && !mayBeUnknown(test)) {
      return NEVER;
    }
    requireExpressible(test);
    // Whether a field is missing is one condition, whatever the field is compared with.
    RowTest as =
        truth == Truth.UNKNOWN && test instanceof RowTest.Numeric numeric
            ? new RowTest.Presence(numeric.feature(), false)
            : test;
    Other other = new Other(as, as == test ? truth : Truth.TRUE);
    Integer known = numbers.putIfAbsent(other, others.size());
    if (known == null) {
      known = others.size();
      others.add(other);
    }
    return new Condition(null, ~known, 0, false, false);
  }

  /**
   * A comparison as {@code x ≤ t}; null if it is none. Thresholds and their neighbours are finite,
   * which spares kernels the cases of infinity less infinity.
   */
  private static Condition comparison(RowTest.Numeric test, boolean missingHolds) {
    double t = test.threshold();
    double below = Math.nextDown(t);
    if (!(Math.abs(t) < Double.MAX_VALUE)) {
      return null;
    }
    return switch (test.comparison()) {
      case LESS -> new Condition(null, test.feature(), below, missingHolds, false);
      case LESS_OR_EQUAL -> new Condition(null, test.feature(), t, missingHolds, false);
      // x > t is what x ≤ t is not, so a missing value changes sides.
      case GREATER -> new Condition(null, test.feature(), t, !missingHolds, true);
      case GREATER_OR_EQUAL -> new Condition(null, test.feature(), below, !missingHolds, true);
      case EQUAL, NOT_EQUAL -> null;
    };
  }

  private static void requireExpressible(RowTest test) {
    if (test instanceof RowTest.NumericRank
        || (test instanceof RowTest.TextClass texts && texts.listed())) {
      throw new Inexpressible(); // it may fail
    }
    for (RowTest part : parts(test)) {
      requireExpressible(part);
    }
  }

  /** The tests that a compound one is made of. */
  static List<RowTest> parts(RowTest test) {
    if (test instanceof RowTest.And and) {
      return and.tests();
    }
    if (test instanceof RowTest.Or or) {
      return or.tests();
    }
    if (test instanceof RowTest.Xor xor) {
      return xor.tests();
    }
    if (test instanceof RowTest.Surrogate surrogate) {
      return surrogate.tests();
    }
    return List.of();
  }

  /** Whether a test may be unknown. */
  boolean mayBeUnknown(RowTest test) {
    if (test instanceof RowTest.Constant || test instanceof RowTest.Presence) {
      return false;
    }
    List<RowTest> parts = parts(test);
    return parts.isEmpty() || parts.stream().anyMatch(this::mayBeUnknown);
  }

  /** Whether the second test holds exactly where the first is false. */
  static boolean areComplements(RowTest first, RowTest second) {
    if (first instanceof RowTest.Numeric a && second instanceof RowTest.Numeric b) {
      return a.feature() == b.feature()
          && a.threshold() == b.threshold()
          && opposite(a.comparison()) == b.comparison();
    }
    if (first instanceof RowTest.NumericSet a && second instanceof RowTest.NumericSet b) {
      return a.feature() == b.feature()
          && a.inside() != b.inside()
          && a.sorted().equals(b.sorted());
    }
    if (first instanceof RowTest.TextClass a && second instanceof RowTest.TextClass b) {
      return a.feature() == b.feature() && areComplements(a.members(), b.members());
    }
    if (first instanceof RowTest.Presence a && second instanceof RowTest.Presence b) {
      return a.feature() == b.feature() && a.present() != b.present();
    }
    return false;
  }

  private static boolean areComplements(boolean[] a, boolean[] b) {
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      if (a[i < a.length ? i : Features.OTHER] == b[i < b.length ? i : Features.OTHER]) {
        return false;
      }
    }
    return true;
  }

  private static RowTest.Comparison opposite(RowTest.Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> RowTest.Comparison.NOT_EQUAL;
      case NOT_EQUAL -> RowTest.Comparison.EQUAL;
      case LESS -> RowTest.Comparison.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> RowTest.Comparison.GREATER;
      case GREATER -> RowTest.Comparison.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> RowTest.Comparison.LESS;
    };
  }
}
