package io.agrippa.models;

/**
 * Which rows are learnt from: a fixed function of the seed and a row's position, so that the choice
 * does not depend on how the rows are read.
 *
 * @param share share of the rows, above 0 and up to 1
 * @param seed seed of the choice
 */
record RowSample(double share, long seed) {
  private static final double UNIT = 0x1.0p-53;

  /** Whether the row at this position, from 0, is learnt from. */
  boolean learns(long row) {
    return share >= 1 || (mix(mix(seed) ^ row) >>> 11) * UNIT < share;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014) on the next step of its sequence. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
