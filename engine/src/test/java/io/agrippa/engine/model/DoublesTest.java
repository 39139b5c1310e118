package io.agrippa.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DoublesTest {
  @Test
  void numbersComeBackWhateverTheyAre() {
    check();
    check(Double.NaN);
    check(Double.NaN, Double.NaN);
    check(0, 1, -1, Integer.MAX_VALUE, Double.NaN);
    check(Integer.MIN_VALUE, Double.NaN);
    check(-0.0, 1);
    check(1L << 32, 0.5);
    check(Double.POSITIVE_INFINITY, 1, Double.NaN);
  }

  private static void check(double... numbers) {
    double[] spare = new double[numbers.length + 3];
    System.arraycopy(numbers, 0, spare, 0, numbers.length);
    Doubles doubles = Doubles.of(spare, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(Double.valueOf(doubles.at(i))).isEqualTo(Double.valueOf(numbers[i]));
    }
  }
}
