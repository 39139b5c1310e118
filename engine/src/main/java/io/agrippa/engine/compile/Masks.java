package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;

/** Rows as bits, with null for all rows of a block. */
final class Masks {
  private Masks() {}

  /** A word of a mask, without bits past the last row. */
  static long word(long[] mask, int word, int rows) {
    long all = (word + 1) << 6 <= rows ? -1L : (1L << rows) - 1;
    return mask == null ? all : mask[word] & all;
  }

  /** Number of rows in a mask. */
  static int count(long[] mask, int rows) {
    if (mask == null) {
      return rows;
    }
    int count = 0;
    for (int w = 0; w < Bits.words(rows); w++) {
      count += Long.bitCount(word(mask, w, rows));
    }
    return count;
  }

  /** Adds the bits of another mask, or nothing for null. */
  static void or(long[] mask, long[] more, int words) {
    if (more != null) {
      for (int w = 0; w < words; w++) {
        mask[w] |= more[w];
      }
    }
  }

  /** Whether a mask has rows with {@code from ≤ row < to}; {@code from} is a multiple of 64. */
  static boolean any(long[] mask, int from, int to) {
    if (mask == null) {
      return true;
    }
    for (int w = from >>> 6; w << 6 < to; w++) {
      if (word(mask, w, to) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Lists the rows of a mask, ascending; returns how many. */
  static int list(long[] mask, int rows, int[] out) {
    int count = 0;
    for (int w = 0; w < Bits.words(rows); w++) {
      for (long m = word(mask, w, rows); m != 0; m &= m - 1) {
        out[count++] = (w << 6) + Long.numberOfTrailingZeros(m);
      }
    }
    return count;
  }
}
