package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is approximate beyond some thousand different values stays within what it states. */
class NumberCountsTest {
  private static final int MANY = 200_000;

  private static double[] numbers(long seed, int distribution) {
    Random random = new Random(seed);
    double[] numbers = new double[MANY];
    for (int i = 0; i < MANY; i++) {
      numbers[i] =
          switch (distribution) {
            case 0 -> random.nextGaussian();
            case 1 -> Math.exp(10 * random.nextGaussian());
            case 2 -> 9.8e14 + random.nextInt(1 << 30);
            default -> random.nextInt(3) == 0 ? -0.0 : random.nextDouble() - 0.5;
          };
    }
    return numbers;
  }

  @Test
  void quantilesAreWithinTheStatedError() {
    for (int distribution = 0; distribution < 4; distribution++) {
      double[] numbers = numbers(7 + distribution, distribution);
      NumberCounts counts = new NumberCounts();
      for (double number : numbers) {
        counts.add(number);
      }
      Arrays.sort(numbers);
      assertThat(counts.isExact()).isFalse();
      Staircase stairs = counts.staircase();
      for (double share : new double[] {0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 1}) {
        double expected = numbers[Math.max(0, (int) Math.ceil(share * MANY) - 1)];
        assertThat(stairs.quantile(share))
            .as("distribution %d, share %s", distribution, share)
            .isCloseTo(expected, within(Math.abs(expected) * counts.relativeError()));
      }
      assertThat(counts.relativeError()).isLessThan(1e-2);
    }
  }

  @Test
  void fewDifferentNumbersAreCountedExactly() {
    NumberCounts counts = new NumberCounts();
    for (int i = 0; i < 10; i++) {
      counts.add(i % 5);
    }
    counts.add(Double.POSITIVE_INFINITY);
    counts.add(-0.0);
    assertThat(counts.isExact()).isTrue();
    assertThat(counts.distinct()).isEqualTo(6);
    assertThat(counts.topError()).isZero();
    assertThat(counts.top(2))
        .containsExactly(new NumberCounts.Count(0, 3), new NumberCounts.Count(1, 2));
    assertThat(counts.staircase().quantile(0.5)).isEqualTo(2);
    assertThat(counts.staircase().quantile(1)).isInfinite();
  }

  @Test
  void theNumberOfDifferentOnesThatFitsIsExactAndOneMoreIsNot() {
    NumberCounts counts = new NumberCounts();
    for (int i = 0; i < NumberCounts.MOST_VALUES; i++) {
      counts.add(i - 5000);
    }
    assertThat(counts.isExact()).isTrue();
    assertThat(counts.distinct()).isEqualTo(NumberCounts.MOST_VALUES);
    counts.add(0.5);
    assertThat(counts.isExact()).isFalse();
    assertThat(counts.distinct())
        .isCloseTo(
            NumberCounts.MOST_VALUES + 1.0,
            within(4 * DistinctSketch.RELATIVE_ERROR * NumberCounts.MOST_VALUES));
  }

  @Test
  void infinitiesStayApartInCoarseBins() {
    NumberCounts counts = new NumberCounts();
    Random random = new Random(5);
    for (int i = 0; i < MANY; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        counts.add(value);
      }
    }
    counts.add(Double.MAX_VALUE);
    counts.add(Double.POSITIVE_INFINITY);
    counts.add(Double.NEGATIVE_INFINITY);
    Staircase stairs = counts.staircase();
    double[] numbers = stairs.numbers();
    assertThat(numbers[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(stairs.counts()[0]).isEqualTo(1);
    assertThat(numbers[numbers.length - 1]).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(stairs.counts()[numbers.length - 1]).isEqualTo(1);
    assertThat(numbers[numbers.length - 2]).isFinite();
    for (int i = 1; i < numbers.length; i++) {
      assertThat(numbers[i]).isGreaterThan(numbers[i - 1]);
    }
  }

  @Test
  void binsAndEstimatesAreTheSameInAnyGrouping() {
    for (int distribution = 0; distribution < 4; distribution++) {
      double[] numbers = numbers(distribution, distribution);
      NumberCounts whole = new NumberCounts();
      List<NumberCounts> parts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        parts.add(new NumberCounts());
      }
      Random random = new Random(31);
      for (double number : numbers) {
        whole.add(number);
        int part = random.nextInt(1 << random.nextInt(5));
        parts.get(part).add(number);
      }
      NumberCounts merged = new NumberCounts();
      parts.forEach(merged::merge);
      assertThat(merged.staircase().numbers()).containsExactly(whole.staircase().numbers());
      assertThat(merged.staircase().counts()).containsExactly(whole.staircase().counts());
      assertThat(merged.distinct()).isEqualTo(whole.distinct());
      assertThat(merged.relativeError()).isEqualTo(whole.relativeError());
    }
  }

  @Test
  void frequentNumbersAreWithinTheStatedError() {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      Map<Double, Long> truth = new HashMap<>();
      List<NumberCounts> parts =
          List.of(new NumberCounts(), new NumberCounts(), new NumberCounts());
      for (int i = 0; i < MANY; i++) {
        double number = Math.floor(20_000 * Math.pow(random.nextDouble(), 3));
        truth.merge(number, 1L, Long::sum);
        parts.get(random.nextInt(3)).add(number);
      }
      NumberCounts merged = parts.get(0);
      merged.merge(parts.get(1));
      merged.merge(parts.get(2));
      assertThat(merged.isExact()).as("seed %d", seed).isFalse();
      Map<Double, Long> found = new HashMap<>();
      merged.top(Integer.MAX_VALUE).forEach(c -> found.put(c.number(), c.count()));
      truth.forEach(
          (number, count) ->
              assertThat(count - found.getOrDefault(number, 0L))
                  .as("how much the count of %s is too low", number)
                  .isBetween(0L, merged.topError()));
      // Agarwal et al.: n over half the counters
      assertThat(merged.topError()).isLessThan(2L * MANY / NumberCounts.MOST_FREQUENT);
    }
  }

  @Test
  void estimatesOfDifferentOnesAreWithinFourStandardErrors() {
    for (int distinct : new int[] {0, 1, 8191, 8192, 20_000, 300_000}) {
      DistinctSketch sketch = new DistinctSketch();
      for (int i = 0; i < distinct; i++) {
        sketch.add(Hashes.of("value " + i));
        sketch.add(Hashes.of("value " + i));
      }
      double error = distinct < DistinctSketch.KEPT ? 0 : 4 * DistinctSketch.RELATIVE_ERROR;
      assertThat(sketch.estimate()).isCloseTo(distinct, within(distinct * error));
    }
  }

  @Test
  void sharesAreTakenInDecimal() {
    Staircase stairs = new Staircase(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, tenOnes());
    assertThat(stairs.quantile(0.7)).isEqualTo(7);
    assertThat(stairs.quantile(0.1)).isEqualTo(1);
    assertThat(stairs.quantile(0)).isEqualTo(1);
    assertThat(new Staircase(new double[0], new long[0]).quantile(0.5)).isNaN();
  }

  private static long[] tenOnes() {
    long[] ones = new long[10];
    Arrays.fill(ones, 1);
    return ones;
  }
}
