package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Count, exact sum and exact sum of squares of finite numbers. Mean and variance are computed from
 * these as fractions and rounded once, so nothing cancels.
 */
final class Moments {
  /** Far more digits than a double has; the rounding that counts is the one to double. */
  private static final MathContext DIGITS = new MathContext(40);

  /**
   * Whole numbers below this in magnitude are summed in a long first: 4,096 squares of them stay
   * below 2^63.
   */
  private static final long SMALL = 1L << 25;

  private long count;
  private ExactSum sum = new ExactSum();
  private ExactSum squares = new ExactSum();

  // Sums of small whole numbers that are not in the exact ones yet.
  private long smallSum;
  private long smallSquares;
  private int small;

  void add(double value) {
    long whole = (long) value;
    if (whole == value && whole < Long.MAX_VALUE) { // what is 2^63 or more is cast to the largest
      add(whole); // many a double column holds whole numbers
    } else {
      count++;
      sum.add(value);
      squares.addSquare(value);
    }
  }

  void add(long value) {
    count++;
    if (value > -SMALL && value < SMALL) {
      smallSum += value;
      smallSquares += value * value;
      if (++small == 4096) {
        flush();
      }
    } else {
      sum.add(value);
      squares.addSquare(value);
    }
  }

  private void flush() {
    sum.add(smallSum);
    squares.add(smallSquares);
    smallSum = 0;
    smallSquares = 0;
    small = 0;
  }

  void merge(Moments other) {
    flush();
    other.flush();
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  long count() {
    return count;
  }

  BigDecimal sum() {
    flush();
    return sum.value();
  }

  BigDecimal squares() {
    flush();
    return squares.value();
  }

  /** The arithmetic mean; NaN of nothing. */
  double mean() {
    return count == 0 ? Double.NaN : ratio(sum(), BigDecimal.valueOf(count));
  }

  /** The mean of the squares; NaN of nothing. */
  double meanSquare() {
    return count == 0 ? Double.NaN : ratio(squares(), BigDecimal.valueOf(count));
  }

  /** The sample variance (divisor n − 1); NaN of fewer than two numbers. */
  double variance() {
    if (count < 2) {
      return Double.NaN;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    return ratio(scatter(), n.multiply(n.subtract(BigDecimal.ONE)));
  }

  /** n·Σx² − (Σx)², exactly: n times the sum of squares about the mean. */
  BigDecimal scatter() {
    BigDecimal total = sum();
    return squares().multiply(BigDecimal.valueOf(count)).subtract(total.multiply(total));
  }

  /** A quotient as a double. */
  static double ratio(BigDecimal numerator, BigDecimal denominator) {
    return numerator.divide(denominator, DIGITS).doubleValue();
  }

  void write(DataOutput out) throws IOException {
    flush();
    out.writeLong(count);
    sum.write(out);
    squares.write(out);
  }

  static Moments read(DataInput in) throws IOException {
    Moments moments = new Moments();
    moments.count = in.readLong();
    moments.sum = ExactSum.read(in);
    moments.squares = ExactSum.read(in);
    return moments;
  }
}
