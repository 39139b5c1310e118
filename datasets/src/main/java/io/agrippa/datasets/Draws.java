package io.agrippa.datasets;

/**
 * Random numbers by position instead of by turn: a draw depends on seed, column, purpose and row
 * alone, so any part of a generated dataset can be computed without the rows before it.
 *
 * <p>One stream is the sequence of SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom
 * number generators, OOPSLA 2014) from a start that is hashed from seed, column and purpose; its
 * i-th number needs no state because the i-th state is the start plus i times a constant.
 */
final class Draws {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-52;

  private final long start;

  /**
   * A stream.
   *
   * @param seed seed of the dataset
   * @param column position of the column
   * @param purpose tells apart the streams of one column
   */
  Draws(long seed, int column, int purpose) {
    start = mix(mix(mix(seed) + (column + 1) * GOLDEN) + (purpose + 1) * GOLDEN);
  }

  /** 64 random bits. */
  long bits(long row) {
    return mix(start + (row + 1) * GOLDEN);
  }

  /**
   * A number between 0 and 1, never either. 52 bits, so that the half that is added keeps it off
   * both ends.
   */
  double uniform(long row) {
    return ((bits(row) >>> 12) + 0.5) * UNIT;
  }

  /** A whole number from 0 to {@code bound} − 1. The bias, below bound / 2⁶³, cannot be seen. */
  int index(long row, int bound) {
    return (int) Math.multiplyHigh(bits(row) >>> 1, (long) bound << 1);
  }

  /** A number of the standard normal distribution. */
  double normal(long row) {
    return Normal.quantile(uniform(row));
  }

  /**
   * A positive, right-skewed number of mean 1: about a gamma distribution, by the cube of a normal
   * number (Wilson and Hilferty, The distribution of chi-square, PNAS 1931), which needs no
   * logarithm. Zero where the cube would be negative.
   *
   * @param shape the gamma distribution's shape; the variance is its inverse
   */
  double skewed(long row, double shape) {
    double ninth = 1 / (9 * shape);
    double root = Math.max(0, 1 - ninth + normal(row) * Math.sqrt(ninth));
    return root * root * root;
  }

  /**
   * Stafford's thirteenth mixer, as in SplitMix64: a bijection in which each input bit flips half
   * of the output bits.
   */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
