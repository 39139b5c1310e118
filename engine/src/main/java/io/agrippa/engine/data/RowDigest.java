package io.agrippa.engine.data;

/**
 * What a dataset holds, in three numbers that add up: digests of parts give the digest of the
 * whole. Made by {@link RowHasher}.
 *
 * <p>{@code sum} does not depend on the order of the rows. {@code order} does: it is the polynomial
 * Σ hash<sub>i</sub> · K<sup>rows−1−i</sup> over the field of 2<sup>61</sup> − 1 elements, so
 * exchanging two rows of different hashes always changes it, and two parts are joined without
 * looking at their rows again.
 *
 * @param rows number of rows
 * @param sum sum of the rows' 64-bit hashes, modulo 2<sup>64</sup>
 * @param order hash of the rows in their order, 0 to 2<sup>61</sup> − 2
 */
public record RowDigest(long rows, long sum, long order) {
  /** The digest of no rows. */
  public static final RowDigest EMPTY = new RowDigest(0, 0, 0);

  /** The prime 2^61 − 1: products reduce with shifts and adds. */
  private static final long PRIME = (1L << 61) - 1;

  /**
   * The base of the polynomial; any number whose powers repeat only after far more rows than there
   * are would do.
   */
  private static final long BASE = 0x0F39_CC06_05CE_DC83L;

  /** The digest of these rows with those of {@code next} behind them. */
  public RowDigest then(RowDigest next) {
    return new RowDigest(
        rows + next.rows, sum + next.sum, plus(times(order, power(next.rows)), next.order));
  }

  /** Row count and sum of hashes as text: equal for equal rows in any order. */
  public String content() {
    return "%d-%016x".formatted(rows, sum);
  }

  /** The order hash as text: equal for equal rows in the same order. */
  public String sequence() {
    return "%016x".formatted(order);
  }

  /** The order hash of rows with one more row behind them. */
  static long extend(long order, long rowHash) {
    return plus(times(order, BASE), reduce(rowHash));
  }

  private static long power(long exponent) {
    long result = 1;
    long square = BASE;
    for (long e = exponent; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        result = times(result, square);
      }
      square = times(square, square);
    }
    return result;
  }

  private static long plus(long a, long b) {
    long c = a + b;
    return c >= PRIME ? c - PRIME : c;
  }

  private static long times(long a, long b) {
    // a, b < 2^61, so the product is high · 2^64 + low < 2^122, and 2^61 ≡ 1.
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return plus(low & PRIME, (high << 3) | (low >>> 61));
  }

  private static long reduce(long bits) {
    long folded = (bits & PRIME) + (bits >>> 61);
    return folded >= PRIME ? folded - PRIME : folded;
  }
}
