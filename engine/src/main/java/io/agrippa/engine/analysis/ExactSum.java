package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of finite doubles, of products of two of them, and of whole numbers, whatever their
 * order and grouping.
 *
 * <p>A superaccumulator after Kulisch (see also Neal, "Fast exact summation using small and large
 * superaccumulators", arXiv:1505.05571): a fixed-point number wide enough for every product of two
 * doubles, from 2<sup>−2148</sup> to 2<sup>2048</sup>, and for 2<sup>63</sup> of the largest. It is
 * kept in words of 32 bits, each in a signed long, so that carries can wait: every addition changes
 * a word by less than 2<sup>32</sup>, so up to 2<sup>30</sup> additions fit before carries must be
 * propagated.
 */
final class ExactSum {
  private static final int WORD_BITS = 32;
  private static final long WORD_MASK = 0xFFFF_FFFFL;

  /** What bit 0 of the first word stands for, as a power of two: at most −2148, a whole word. */
  private static final int LOWEST = -68 * WORD_BITS;

  /** Up to 2^2048, 64 bits for the number of additions, one word for the sign. */
  private static final int WORDS = 68 + 64 + 3;

  private static final int WAITING_LIMIT = 1 << 30;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7FF;

  /**
   * The power of two that the last bit of a double of biased exponent 0 or 1 stands for, less 1.
   */
  private static final int EXPONENT_BIAS = 1075;

  private final long[] words = new long[WORDS];
  private int waiting; // additions since carries were propagated

  /** Adds a finite double. */
  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    addMagnitude(0, mantissa(bits), exponent(bits), bits < 0);
  }

  /** Adds the exact square of a finite double. */
  void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits);
    addMagnitude(
        Math.multiplyHigh(mantissa, mantissa), mantissa * mantissa, 2 * exponent(bits), false);
  }

  /** Adds a whole number. */
  void add(long value) {
    addMagnitude(0, Math.abs(value), 0, value < 0); // |Long.MIN_VALUE| as unsigned is right
  }

  /** Adds the exact square of a whole number. */
  void addSquare(long value) {
    // The high half of an unsigned product; |Long.MIN_VALUE| is 2^63 as unsigned.
    long magnitude = Math.abs(value);
    long high = value == Long.MIN_VALUE ? 1L << 62 : Math.multiplyHigh(magnitude, magnitude);
    addMagnitude(high, magnitude * magnitude, 0, false);
  }

  private static long mantissa(long bits) {
    long mantissa = bits & MANTISSA_MASK;
    return biased(bits) == 0 ? mantissa : mantissa | 1L << MANTISSA_BITS;
  }

  private static int exponent(long bits) {
    return Math.max(1, biased(bits)) - EXPONENT_BIAS;
  }

  private static int biased(long bits) {
    return (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
  }

  /** Adds ±(high·2^64 + low)·2^exponent, both halves unsigned. */
  private void addMagnitude(long high, long low, int exponent, boolean negative) {
    int position = exponent - LOWEST;
    int word = position >>> 5;
    int shift = position & 31;
    long first = low << shift;
    long second = shift == 0 ? high : high << shift | low >>> (64 - shift);
    long third = shift == 0 ? 0 : high >>> (64 - shift);
    if (negative) {
      words[word] -= first & WORD_MASK;
      words[word + 1] -= first >>> WORD_BITS;
      words[word + 2] -= second & WORD_MASK;
      words[word + 3] -= second >>> WORD_BITS;
      words[word + 4] -= third;
    } else {
      words[word] += first & WORD_MASK;
      words[word + 1] += first >>> WORD_BITS;
      words[word + 2] += second & WORD_MASK;
      words[word + 3] += second >>> WORD_BITS;
      words[word + 4] += third;
    }
    if (++waiting == WAITING_LIMIT) {
      propagate();
    }
  }

  /** Brings every word but the last into 0 … 2^32 − 1. Equal sums then have equal words. */
  private void propagate() {
    for (int i = 0; i < WORDS - 1; i++) {
      words[i + 1] += words[i] >> WORD_BITS;
      words[i] &= WORD_MASK;
    }
    waiting = 0;
  }

  /** Adds another sum, which stays as it is. */
  void merge(ExactSum other) {
    propagate();
    other.propagate();
    for (int i = 0; i < WORDS; i++) {
      words[i] += other.words[i];
    }
    waiting = 1;
  }

  /** The sum, exactly. */
  BigDecimal value() {
    propagate();
    BigInteger sum = BigInteger.ZERO;
    for (int i = WORDS - 1; i >= 0; i--) {
      sum = sum.shiftLeft(WORD_BITS).add(BigInteger.valueOf(words[i]));
    }
    if (sum.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int zeros = sum.getLowestSetBit();
    int exponent = LOWEST + zeros;
    BigInteger odd = sum.shiftRight(zeros);
    return exponent >= 0
        ? new BigDecimal(odd.shiftLeft(exponent))
        // n·2^−k is n·5^k·10^−k
        : new BigDecimal(odd.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }

  /** The same bytes for the same sum. */
  void write(DataOutput out) throws IOException {
    propagate();
    int first = 0;
    int end = WORDS;
    while (first < WORDS && words[first] == 0) {
      first++;
    }
    while (end > first && words[end - 1] == 0) {
      end--;
    }
    out.writeInt(first);
    out.writeInt(end - first);
    for (int i = first; i < end; i++) {
      out.writeLong(words[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  static ExactSum read(DataInput in) throws IOException {
    int first = in.readInt();
    int count = in.readInt();
    if (first < 0 || count < 0 || first > WORDS - count) {
      throw new IOException(
          "an exact sum of %d words from word %d on; the bytes are damaged"
              .formatted(count, first));
    }
    ExactSum sum = new ExactSum();
    for (int i = first; i < first + count; i++) {
      sum.words[i] = in.readLong();
    }
    return sum;
  }

  @Override
  public String toString() {
    return "ExactSum " + value().doubleValue();
  }
}
