package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void fiveValuesGiveTheirRangeAndTheCoverageItHas() {
    Spread spread = Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0));
    assertThat(spread.median()).isEqualTo(3);
    assertThat(spread.low()).isEqualTo(1);
    assertThat(spread.high()).isEqualTo(5);
    assertThat(spread.coverage()).isCloseTo(0.9375, within(1e-12)); // 1 − 2/32
  }

  @Test
  void nineValuesDropTheOutermost() {
    Spread spread = Spread.of(IntStream.rangeClosed(1, 9).mapToObj(i -> (double) i).toList());
    assertThat(spread.low()).isEqualTo(2);
    assertThat(spread.high()).isEqualTo(8);
    assertThat(spread.coverage()).isCloseTo(1 - 20.0 / 512, within(1e-12)); // 2·(1 + 9)/2⁹
  }

  @Test
  void oneValueCoversNothing() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(1, 7, 7, 7, 7, 7, 0));
  }

  @Test
  void anEvenNumberHasItsMedianBetweenTheTwoInTheMiddle() {
    assertThat(Spread.median(4, 1, 3, 2)).isEqualTo(2.5);
  }

  @Test
  void noValueIsRefused() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theIntervalHoldsTheMedianAsOftenAsItSays() {
    long seed = 20_240_611;
    SplittableRandom random = new SplittableRandom(seed);
    int trials = 20_000;
    int held = 0;
    double coverage = 0;
    for (int i = 0; i < trials; i++) {
      Spread spread =
          Spread.of(DoubleStream.generate(random::nextDouble).limit(11).boxed().toList());
      coverage = spread.coverage();
      if (spread.low() <= 0.5 && 0.5 <= spread.high()) {
        held++;
      }
    }
    assertThat((double) held / trials).as("seed %d", seed).isCloseTo(coverage, within(0.01));
  }
}
