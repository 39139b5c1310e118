package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.Method;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layouts of the kernels give, bit for bit, what the plan in words gives. */
class ForestPlanTest {
  private static final int[] SIZES = {0, 1, 3, 4, 5, 63, 64, 65, 511, 512, 513, 4095, 4096};

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"SUM", "WEIGHTED_SUM", "AVERAGE", "WEIGHTED_AVERAGE"})
  void numbers_of_any_trees(Method method) {
    for (long seed = 1; seed <= 12; seed++) {
      compare(method, false, seed, 4, seed % 2 == 0, seed % 3 == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"MAJORITY_VOTE", "WEIGHTED_MAJORITY_VOTE", "AVERAGE", "WEIGHTED_AVERAGE"})
  void categories_of_any_trees(Method method) {
    for (long seed = 101; seed <= 112; seed++) {
      compare(method, true, seed, 4, seed % 2 == 0, seed % 3 == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deep_trees(boolean discrete) {
    for (long seed = 201; seed <= 206; seed++) {
      compare(Method.AVERAGE, discrete, seed, 11, seed % 2 == 0, true);
    }
  }

  private static void compare(
      Method method, boolean discrete, long seed, int levels, boolean single, boolean plain) {
    RandomModels models = new RandomModels(seed, plain);
    Random random = new Random(seed);
    MiningModel model = models.forest(method, discrete, 1 + random.nextInt(12), levels, single);
    StubScope scope = RandomModels.scope(discrete);
    ModelPlan plan = ModelPlans.plan(model, scope);
    String what = method + ", seed " + seed;
    assertThat(plan).as(what).isInstanceOf(ForestPlan.class);
    ForestPlan forest = (ForestPlan) plan;
    if (levels <= 4) {
      assertThat(forest.forest().sliced).as(what).isNotNull();
    }
    if (levels > 10) {
      assertThat(forest.forest().sliced).as(what).isNull();
    }
    ModelPlan.Scorer fast = plan.scorer();
    ModelPlan.Scorer words = forest.words().scorer();
    Prediction actual = new Prediction(plan.shape(), Block.MAX_ROWS);
    Prediction expected = new Prediction(plan.shape(), Block.MAX_ROWS);
    for (double missing : new double[] {0, 0.1, 1}) {
      for (int rows : SIZES) {
        models.rows(scope, rows, missing);
        Frame frame = scope.frame(rows);
        // The same scorers see frames of their own: nothing is kept between them.
        long[] active = rows % 2 == 0 ? null : mask(random, rows);
        fast.score(frame, active, actual);
        words.score(frame, active, expected);
        assertSame(
            what + ", " + rows + " rows, missing " + missing, active, rows, actual, expected);
      }
    }
  }

  private static long[] mask(Random random, int rows) {
    long[] mask = new long[Block.MAX_ROWS / 64];
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(3) > 0) {
        Bits.set(mask, row);
      }
    }
    return mask;
  }

  /** Compares rows in full; the first that differs is described. */
  static void assertSame(
      String what, long[] active, int rows, Prediction actual, Prediction expected) {
    for (int row = 0; row < rows; row++) {
      if (active == null || Bits.get(active, row)) {
        String difference = difference(row, actual, expected);
        if (difference != null) {
          assertThat(difference).as(what + ", row " + row).isNull();
        }
      }
    }
  }

  private static String difference(int row, Prediction actual, Prediction expected) {
    boolean missing = Bits.get(expected.missing, row);
    if (Bits.get(actual.missing, row) != missing) {
      return missing ? "should be missing" : "is missing";
    }
    if (Bits.get(actual.errors, row) != Bits.get(expected.errors, row)) {
      return "error";
    }
    if (expected.numbers != null && !missing) {
      String difference = difference("number", actual.numbers[row], expected.numbers[row]);
      if (difference != null) {
        return difference;
      }
    }
    if (expected.labels != null && actual.labels[row] != expected.labels[row]) {
      return "label " + actual.labels[row] + " for " + expected.labels[row];
    }
    if (expected.entities != null && actual.entities[row] != expected.entities[row]) {
      return "entity " + actual.entities[row] + " for " + expected.entities[row];
    }
    for (int i = 0; expected.probabilities != null && i < expected.probabilities.length; i++) {
      String difference =
          difference("probability", actual.probabilities[i][row], expected.probabilities[i][row]);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static String difference(String what, double actual, double expected) {
    return Double.doubleToLongBits(actual) == Double.doubleToLongBits(expected)
        ? null
        : what + " " + actual + " for " + expected;
  }
}
