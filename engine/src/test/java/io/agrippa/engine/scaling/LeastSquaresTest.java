package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  @Test
  void aLineThroughThreePointsIsTheHandWorkedOne() {
    // y = 1, 2, 4 at x = 0, 1, 2: slope 3/2, intercept 5/6
    double[] x =
        LeastSquares.nonNegative(new double[][] {{1, 0}, {1, 1}, {1, 2}}, new double[] {1, 2, 4});
    assertThat(x[0]).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(x[1]).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void aCoefficientThatWouldBeNegativeIsZeroAndTheOthersMakeTheBestOfIt() {
    // The free line is 3 − x; without a slope the best is the mean.
    double[] x =
        LeastSquares.nonNegative(new double[][] {{1, 0}, {1, 1}, {1, 2}}, new double[] {3, 2, 1});
    assertThat(x[0]).isCloseTo(2, within(1e-12));
    assertThat(x[1]).isZero();
  }

  @Test
  void noSmallStepThatStaysNonNegativeIsBetter() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 200; trial++) {
      int rows = 4 + random.nextInt(5);
      int columns = 1 + random.nextInt(4);
      double[][] a = new double[rows][columns];
      double[] b = new double[rows];
      for (int i = 0; i < rows; i++) {
        b[i] = random.nextDouble() * 2 - 1;
        for (int j = 0; j < columns; j++) {
          a[i][j] = random.nextDouble() * 2 - 1;
        }
      }
      double[] x = LeastSquares.nonNegative(a, b);
      double least = squares(a, b, x);
      for (int j = 0; j < columns; j++) {
        assertThat(x[j]).isNotNegative();
        for (double step : new double[] {1e-3, -1e-3}) {
          double[] other = x.clone();
          other[j] = Math.max(0, other[j] + step);
          assertThat(squares(a, b, other))
              .as("seed %d, trial %d, column %d", seed, trial, j)
              .isGreaterThanOrEqualTo(least - 1e-12);
        }
      }
    }
  }

  @Test
  void aColumnThatOthersExplainIsFound() {
    double[][] a = {{1, 2, 3}, {1, 3, 4}, {1, 5, 6}, {1, 9, 10}}; // third = first + second
    assertThat(LeastSquares.dependent(a)).containsExactly(false, false, true);
  }

  @Test
  void aColumnOfZerosTellsNothing() {
    assertThat(LeastSquares.dependent(new double[][] {{0, 1}, {0, 2}}))
        .containsExactly(true, false);
  }

  private static double squares(double[][] a, double[] b, double[] x) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double off = -b[i];
      for (int j = 0; j < x.length; j++) {
        off += a[i][j] * x[j];
      }
      sum += off * off;
    }
    return sum;
  }
}
