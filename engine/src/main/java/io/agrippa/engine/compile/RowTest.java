package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled predicate for one row. Immutable; equal tests are equal objects, so that those that
 * occur often can be shared.
 *
 * <p>Numbers compare as PMML's do, with NaN above all others: {@code x > t} is {@code !(x <= t)}.
 */
sealed interface RowTest {
  int FALSE = 0;
  int TRUE = 1;
  int UNKNOWN = 2;

  /** A field that was needed could not be computed. */
  int ERROR = 3;

  /** What is wrong with a value of an ordinal field that has no place in the order. */
  String UNLISTED = "the ordinal field lists no such value; add it to the DataField";

  /** The truth of the test for a row of the block that the reader has loaded. */
  int test(FeatureReader in, int row);

  /** Always the same. */
  record Constant(boolean value) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      return value ? TRUE : FALSE;
    }
  }

  /** Orders of a number to a threshold. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(double x, double threshold) {
      return switch (this) {
        case EQUAL -> x == threshold;
        case NOT_EQUAL -> x != threshold;
        case LESS -> x < threshold;
        case LESS_OR_EQUAL -> x <= threshold;
        case GREATER -> !(x <= threshold);
        case GREATER_OR_EQUAL -> !(x < threshold);
      };
    }
  }

  /** A number field against a threshold. */
  record Numeric(int feature, Comparison comparison, double threshold) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      if (Bits.get(in.missing[feature], row)) {
        return absent(in, feature, row);
      }
      return comparison.holds(in.numbers[feature][row], threshold) ? TRUE : FALSE;
    }
  }

  /** A number field among some values; {@code sorted} ascending. */
  record NumericSet(int feature, List<Double> sorted, boolean inside) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      if (Bits.get(in.missing[feature], row)) {
        return absent(in, feature, row);
      }
      double x = in.numbers[feature][row] + 0.0; // −0 is 0
      boolean found = java.util.Collections.binarySearch(sorted, x) >= 0;
      return found == inside ? TRUE : FALSE;
    }
  }

  /**
   * A number field whose values the document puts in an order of its own.
   *
   * @param listed the ordered values, ascending as numbers
   * @param members those of them for which the test holds, too
   */
  record NumericRank(int feature, List<Double> listed, List<Double> members) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      if (Bits.get(in.missing[feature], row)) {
        return absent(in, feature, row);
      }
      double x = in.numbers[feature][row] + 0.0; // −0 is 0
      if (java.util.Collections.binarySearch(listed, x) < 0) {
        in.explain(feature, row, UNLISTED);
        return ERROR;
      }
      return java.util.Collections.binarySearch(members, x) >= 0 ? TRUE : FALSE;
    }
  }

  /**
   * A text field by its class. Classes past the end of {@code members} were first mentioned by
   * later tests, so they are among the others here.
   *
   * @param members one entry a class: whether the test holds
   * @param listed whether class {@link Features#OTHER} is a mistake of the data: an ordinal value
   *     that the document does not list has no order
   */
  record TextClass(int feature, boolean[] members, boolean listed) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      if (in.codes[feature][row] < 0) {
        return absent(in, feature, row);
      }
      int textClass = in.textClass(feature, row);
      if (textClass == Features.OTHER && listed) {
        in.explain(feature, row, UNLISTED);
        return ERROR;
      }
      return members[textClass < members.length ? textClass : Features.OTHER] ? TRUE : FALSE;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof TextClass that
          && feature == that.feature
          && listed == that.listed
          && Arrays.equals(members, that.members);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * feature + Boolean.hashCode(listed)) + Arrays.hashCode(members);
    }
  }

  /** A text field in natural order against a text. */
  record TextOrder(int feature, Comparison comparison, String threshold) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      int code = in.codes[feature][row];
      if (code < 0) {
        return absent(in, feature, row);
      }
      int order = in.dictionaries[feature].value(code).compareTo(threshold);
      return comparison.holds(order, 0) ? TRUE : FALSE;
    }
  }

  /** Whether a field has a value. */
  record Presence(int feature, boolean present) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      if (Bits.get(in.errors[feature], row)) {
        return ERROR;
      }
      return Bits.get(in.missing[feature], row) != present ? TRUE : FALSE;
    }
  }

  /** All hold. Stops at the first that does not. */
  record And(List<RowTest> tests) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      int result = TRUE;
      for (RowTest test : tests) {
        int one = test.test(in, row);
        if (one == FALSE || one == ERROR) {
          return one;
        }
        result = one == UNKNOWN ? UNKNOWN : result;
      }
      return result;
    }
  }

  /** Any holds. Stops at the first that does. */
  record Or(List<RowTest> tests) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      int result = FALSE;
      for (RowTest test : tests) {
        int one = test.test(in, row);
        if (one == TRUE || one == ERROR) {
          return one;
        }
        result = one == UNKNOWN ? UNKNOWN : result;
      }
      return result;
    }
  }

  /** An odd number holds. */
  record Xor(List<RowTest> tests) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      int result = FALSE;
      for (RowTest test : tests) {
        int one = test.test(in, row);
        if (one == UNKNOWN || one == ERROR) {
          return one;
        }
        result ^= one;
      }
      return result;
    }
  }

  /** The first that is not unknown decides. */
  record Surrogate(List<RowTest> tests) implements RowTest {
    @Override
    public int test(FeatureReader in, int row) {
      for (int i = 0; i < tests.size(); i++) {
        int one = tests.get(i).test(in, row);
        if (one != UNKNOWN) {
          in.surrogates += i > 0 ? 1 : 0;
          return one;
        }
      }
      return UNKNOWN;
    }
  }

  private static int absent(FeatureReader in, int feature, int row) {
    return Bits.get(in.errors[feature], row) ? ERROR : UNKNOWN;
  }
}
