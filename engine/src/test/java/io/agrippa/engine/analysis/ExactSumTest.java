package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  /** Doubles of all exponents, signs and patterns, subnormal ones too. */
  private static double any(Random random) {
    while (true) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        return random.nextInt(8) == 0 ? value * Double.MIN_NORMAL : value;
      }
    }
  }

  @Test
  void sumsAsBigDecimalsDo() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      ExactSum sum = new ExactSum();
      ExactSum squares = new ExactSum();
      BigDecimal expected = BigDecimal.ZERO;
      BigDecimal expectedSquares = BigDecimal.ZERO;
      for (int i = 0; i < 300; i++) {
        double value = any(random);
        BigDecimal exact = new BigDecimal(value);
        sum.add(value);
        squares.addSquare(value);
        expected = expected.add(exact);
        expectedSquares = expectedSquares.add(exact.multiply(exact));
      }
      assertThat(sum.value()).as("seed %d", seed).isEqualByComparingTo(expected);
      assertThat(squares.value()).as("seed %d", seed).isEqualByComparingTo(expectedSquares);
    }
  }

  @Test
  void sumsTheExtremes() {
    double[] extremes = {
      Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, 0.0, -0.0, 1, 0x1p53
    };
    for (double one : extremes) {
      for (double other : extremes) {
        ExactSum sum = new ExactSum();
        sum.add(one);
        sum.add(other);
        assertThat(sum.value())
            .isEqualByComparingTo(new BigDecimal(one).add(new BigDecimal(other)));
        ExactSum squares = new ExactSum();
        squares.addSquare(one);
        squares.addSquare(other);
        assertThat(squares.value())
            .isEqualByComparingTo(new BigDecimal(one).pow(2).add(new BigDecimal(other).pow(2)));
      }
    }
  }

  @Test
  void sumsWholeNumbersOfAllSizes() {
    long[] numbers = {
      0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, -(1L << 32), 4_294_967_295L
    };
    ExactSum sum = new ExactSum();
    ExactSum squares = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    BigDecimal expectedSquares = BigDecimal.ZERO;
    for (int round = 0; round < 100; round++) {
      for (long number : numbers) {
        sum.add(number);
        squares.addSquare(number);
        expected = expected.add(BigDecimal.valueOf(number));
        expectedSquares = expectedSquares.add(BigDecimal.valueOf(number).pow(2));
      }
    }
    assertThat(sum.value()).isEqualByComparingTo(expected);
    assertThat(squares.value()).isEqualByComparingTo(expectedSquares);
  }

  @Test
  void manyOfTheLargestDoNotOverflow() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 10_000; i++) {
      sum.addSquare(Double.MAX_VALUE);
    }
    assertThat(sum.value())
        .isEqualByComparingTo(new BigDecimal(Double.MAX_VALUE).pow(2).movePointRight(4));
  }

  @Test
  void equalSumsHaveEqualBytesHoweverTheyCameAbout() throws IOException {
    ExactSum one = new ExactSum();
    one.add(1e300);
    one.add(0.1);
    one.add(-1e300);
    ExactSum other = new ExactSum();
    ExactSum part = new ExactSum();
    part.add(0.3);
    other.add(0.1);
    other.merge(part);
    other.add(-0.3);
    assertThat(bytes(other)).isEqualTo(bytes(one));
    assertThat(ExactSum.read(in(bytes(one))).value().doubleValue()).isEqualTo(0.1);
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] bytes = new byte[8];
    bytes[0] = 1;
    assertThatThrownBy(() -> ExactSum.read(in(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void varianceOfLargeNumbersThatHardlyDifferIsRight() {
    Moments moments = new Moments();
    for (double value : new double[] {1e9 + 4.25, 1e9 + 7.25, 1e9 + 13.25, 1e9 + 16.25}) {
      moments.add(value);
    }
    assertThat(moments.mean()).isEqualTo(1e9 + 10.25);
    assertThat(moments.variance()).isEqualTo(30.0);
  }

  @Test
  void momentsOfWholeNumbersAreThoseOfTheSameDoubles() {
    double[] values = {3, -7, 1L << 24, 1L << 26, -0x1p62, 0x1p63, 0x1p64, -0x1p63, 0.5};
    Moments moments = new Moments();
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      moments.add(value);
      sum = sum.add(new BigDecimal(value));
      squares = squares.add(new BigDecimal(value).pow(2));
    }
    assertThat(moments.sum()).isEqualByComparingTo(sum);
    assertThat(moments.squares()).isEqualByComparingTo(squares);
  }

  private static byte[] bytes(ExactSum sum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
