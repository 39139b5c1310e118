package io.agrippa.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Ranks are the number of thresholds below, however these are spread. */
class RankerTest {
  private static final double[] EDGES = {
    Double.NEGATIVE_INFINITY,
    -Double.MAX_VALUE,
    -1,
    -Double.MIN_VALUE,
    -0.0,
    0,
    Double.MIN_VALUE,
    1,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY
  };

  private static void check(String what, double... thresholds) {
    double[] sorted = DoubleStream.of(thresholds).map(t -> t + 0.0).sorted().distinct().toArray();
    Ranker ranker = new Ranker(sorted);
    assertThat(ranker.count()).isEqualTo(sorted.length);
    assertThat(ranker.rank(Double.NaN)).as(what + ", NaN").isEqualTo(sorted.length);
    for (int j = 0; j < sorted.length; j++) {
      double t = sorted[j];
      assertThat(ranker.indexOf(t)).isEqualTo(j);
      check(what, ranker, sorted, t);
      check(what, ranker, sorted, Math.nextUp(t));
      check(what, ranker, sorted, Math.nextDown(t));
    }
    for (double x : EDGES) {
      check(what, ranker, sorted, x);
    }
  }

  private static void check(String what, Ranker ranker, double[] sorted, double x) {
    int place = Arrays.binarySearch(sorted, x + 0.0);
    int below = place >= 0 ? place : ~place;
    assertThat(ranker.rank(x)).as(what + ", " + x).isEqualTo(below);
  }

  @Test
  void ranks_count_the_thresholds_below() {
    Random random = new Random(1);
    DoubleUnaryOperator[] spreads = {
      x -> x,
      x -> Math.exp(20 * x),
      x -> x * x * x * 1e300,
      x -> Math.rint(x * 10),
      x -> 1e15 + x,
      x -> x * 1e-320,
      x -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62))
    };
    for (int count : new int[] {0, 1, 2, 3, 4, 5, 31, 32, 33, 63, 64, 65, 255, 256, 1000, 20000}) {
      for (int s = 0; s < spreads.length; s++) {
        DoubleUnaryOperator spread = spreads[s];
        check(
            count + " thresholds, spread " + s,
            random.doubles(count).map(x -> spread.applyAsDouble(2 * x - 1)).toArray());
      }
    }
  }

  @Test
  void a_range_that_overflows_is_no_harm() {
    check("widest", -Double.MAX_VALUE, -1, -0.0, 1, Double.MAX_VALUE);
    check("far out", 1e300, 1, 1.5, 1.25, 1.125, -1e300);
  }
}
