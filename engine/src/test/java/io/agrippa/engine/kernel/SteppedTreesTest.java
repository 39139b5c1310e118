package io.agrippa.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks end where comparisons one by one end. */
class SteppedTreesTest {
  private static final int[] SIZES = {1, 7, 8, 9, 63, 64, 65, 511, 513, 4095, 4096};

  /**
   * A balanced tree over the thresholds 0, 1, 2 …: outcome k where k thresholds are below.
   *
   * @param missing by decision: whether a missing value goes the way of yes
   */
  private record Balanced(int thresholds, boolean[] missing) implements SteppedTrees.Builder.Tree {
    @Override
    public int size() {
      return thresholds;
    }

    @Override
    public int root() {
      return decision(0, thresholds);
    }

    /** The decision between {@code from} and {@code to}: the middle, whose number it bears. */
    private static int decision(int from, int to) {
      return from == to ? ~from : (from + to) >>> 1;
    }

    @Override
    public int outcomeCount() {
      return thresholds + 1;
    }

    @Override
    public int none() {
      return -1;
    }

    @Override
    public int feature(int decision) {
      return 0;
    }

    @Override
    public double threshold(int decision) {
      return decision;
    }

    @Override
    public boolean missingHolds(int decision) {
      return missing[decision];
    }

    /** The range that a decision halves, found as a search finds it. */
    private int[] range(int decision) {
      int from = 0;
      int to = thresholds;
      while (decision(from, to) != decision) {
        int middle = decision(from, to);
        if (decision < middle) {
          to = middle;
        } else {
          from = middle + 1;
        }
      }
      return new int[] {from, to};
    }

    @Override
    public int yes(int decision) {
      return decision(range(decision)[0], decision);
    }

    @Override
    public int no(int decision) {
      return decision(decision + 1, range(decision)[1]);
    }

    /** Where a value ends. */
    int outcome(double x, boolean absent) {
      int at = root();
      while (at >= 0) {
        at = (absent ? missing[at] : x <= at) ? yes(at) : no(at);
      }
      return ~at;
    }
  }

  private static Balanced tree(Random random, int thresholds) {
    boolean[] missing = new boolean[thresholds];
    for (int d = 0; d < thresholds; d++) {
      missing[d] = random.nextBoolean();
    }
    return new Balanced(thresholds, missing);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 65534, 65535, 65536, 140000})
  void columns_of_any_number_of_thresholds(int thresholds) {
    Random random = new Random(thresholds);
    Balanced tree = tree(random, thresholds);
    Balanced other = tree(random, Math.min(thresholds, 1000));
    SteppedTrees.Builder builder = new SteppedTrees.Builder();
    builder.tree(tree);
    builder.tree(other);
    SteppedTrees trees = builder.build();
    assertThat(trees.nodeCount()).isEqualTo(2 * (thresholds + other.thresholds) + 2);
    for (int count : SIZES) {
      RowColumns columns = new RowColumns(1);
      columns.numbers[0] = new double[count];
      columns.missing[0] = new long[(count + 63) >>> 6];
      int[] rows = new int[count];
      for (int r = 0; r < count; r++) {
        rows[r] = r;
        double x = random.nextDouble() * (thresholds + 2) - 1;
        columns.numbers[0][r] = random.nextBoolean() ? x : Math.rint(x);
        if (random.nextInt(10) == 0) {
          columns.missing[0][r >>> 6] |= 1L << r;
          columns.numbers[0][r] = Double.NaN;
        }
      }
      compare(trees, new Balanced[] {tree, other}, columns, rows);
    }
  }

  private static void compare(
      SteppedTrees trees, Balanced[] expected, RowColumns columns, int[] rows) {
    SteppedTrees.Scratch scratch = trees.scratch(rows.length);
    int tile = Math.min(trees.tileRows(), rows.length);
    int[] outcomes = new int[tile];
    int[] byTree = new int[trees.size()];
    for (int from = 0; from < rows.length; from += tile) {
      int count = Math.min(tile, rows.length - from);
      trees.begin(scratch, columns, (c, r) -> false, rows, from, count);
      for (int t = 0; t < trees.size(); t++) {
        trees.walk(scratch, t, outcomes);
        for (int r = 0; r < count; r++) {
          assertThat(outcomes[r])
              .as("tree " + t + ", row " + (from + r) + " of " + rows.length)
              .isEqualTo(outcome(trees, expected, t, columns, from + r));
        }
      }
      trees.walkAll(scratch, count - 1, byTree);
      for (int t = 0; t < trees.size(); t++) {
        assertThat(byTree[t]).isEqualTo(outcome(trees, expected, t, columns, from + count - 1));
      }
    }
  }

  private static int outcome(
      SteppedTrees trees, Balanced[] expected, int tree, RowColumns columns, int row) {
    boolean absent = (columns.missing[0][row >>> 6] >>> row & 1) != 0;
    return trees.outcomeStart(tree) + expected[tree].outcome(columns.numbers[0][row], absent);
  }

  @Test
  void sums_of_any_width() {
    Random random = new Random(1);
    for (int width = 1; width <= 5; width++) {
      double[] table = random.doubles(20L * width).toArray();
      int[] outcomes = random.ints(100, 0, 20).toArray();
      double[] sums = random.doubles(100L * width).toArray();
      double[] expected = sums.clone();
      for (int r = 0; r < 100; r++) {
        for (int i = 0; i < width; i++) {
          expected[r * width + i] += table[outcomes[r] * width + i];
        }
      }
      SteppedTrees.add(outcomes, 100, table, width, sums);
      assertThat(sums).isEqualTo(expected);
    }
  }
}
