package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.scaling.ScalingLaw.Point;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingLawTest {
  private static List<Point> points(double single, double sigma, double kappa, int... workers) {
    return IntStream.of(workers)
        .mapToObj(n -> new Point(n, single * (1 + sigma * (n - 1) + kappa * n * (n - 1)) / n))
        .toList();
  }

  @Test
  void amdahlsSerialFractionIsRecovered() {
    ScalingLaw law = ScalingLaw.amdahl(points(10, 0.2, 0, 1, 2, 4, 8)).law().orElseThrow();
    assertThat(law.single()).isCloseTo(10, within(1e-9));
    assertThat(law.contention()).isCloseTo(0.2, within(1e-9));
    assertThat(law.speedup(4)).isCloseTo(1 / (0.2 + 0.8 / 4), within(1e-9)); // 2.5
    assertThat(law.exact()).isFalse();
    assertThat(law.peak()).isEmpty();
  }

  @Test
  void contentionAndCoherenceAreRecovered() {
    ScalingLaw law =
        ScalingLaw.universal(points(3, 0.05, 0.002, 1, 2, 4, 8, 16, 32)).law().orElseThrow();
    assertThat(law.contention()).isCloseTo(0.05, within(1e-9));
    assertThat(law.coherence()).isCloseTo(0.002, within(1e-9));
    assertThat(law.worst()).isLessThan(1e-9);
    assertThat(law.peak()).hasValue(22); // √(0.95/0.002) = 21.8; 22 is faster than 21
  }

  @Test
  void fivePercentNoiseLeavesTheCoefficientsNear() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    List<Point> noisy =
        points(3, 0.05, 0.002, 1, 2, 4, 8, 16, 32).stream()
            .map(p -> new Point(p.workers(), p.seconds() * (0.95 + 0.1 * random.nextDouble())))
            .toList();
    ScalingLaw law = ScalingLaw.universal(noisy).law().orElseThrow();
    assertThat(law.contention()).as("seed %d", seed).isCloseTo(0.05, within(0.04));
    assertThat(law.coherence()).as("seed %d", seed).isCloseTo(0.002, within(0.001));
  }

  @Test
  void twoNumbersOfWorkersDoNotIdentifyTheUniversalLawAndItSaysSo() {
    ScalingLaw.Fit fit = ScalingLaw.universal(points(3, 0.05, 0.002, 1, 2, 2));
    assertThat(fit.law()).isEmpty();
    assertThat(fit.why()).startsWith("not identifiable from N=1,2");
  }

  @Test
  void twoNumbersOfWorkersDetermineAmdahlsLawWithNothingToCheckIt() {
    ScalingLaw.Fit fit = ScalingLaw.amdahl(points(3, 0.1, 0, 1, 2));
    assertThat(fit.law().orElseThrow().contention()).isCloseTo(0.1, within(1e-9));
    assertThat(fit.law().orElseThrow().exact()).isTrue();
    assertThat(fit.why()).contains("nothing to check");
  }

  @Test
  void speedUpBeyondTheWorkersIsNotANegativeSerialFraction() {
    ScalingLaw law =
        ScalingLaw.amdahl(List.of(new Point(1, 10), new Point(2, 4))).law().orElseThrow();
    assertThat(law.contention()).isZero();
    assertThat(law.worst()).isGreaterThan(0.05); // and the misfit shows
  }

  @Test
  void karpFlattOfAmdahlsSpeedUpIsTheSerialFraction() {
    for (int n : new int[] {2, 3, 8, 64}) {
      assertThat(ScalingLaw.karpFlatt(1 / (0.3 + 0.7 / n), n)).isCloseTo(0.3, within(1e-12));
    }
  }

  @Test
  void noPointsAreNotIdentifiable() {
    assertThat(ScalingLaw.amdahl(List.of()).law()).isEmpty();
  }
}
