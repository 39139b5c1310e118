package io.agrippa.engine.data;

import java.util.Arrays;

/**
 * Rows as bits: bit {@code row & 63} of word {@code row >>> 6}. Where an array of words marks
 * missing rows, {@code null} means that none is missing. Bits past the last row are zero.
 */
public final class Bits {
  private Bits() {}

  /** Words that hold {@code rows} bits. */
  public static int words(int rows) {
    return (rows + 63) >>> 6;
  }

  /** Whether the bit of a row is set; {@code null} has no bit set. */
  public static boolean get(long[] bits, int row) {
    return bits != null && (bits[row >>> 6] >>> row & 1L) != 0;
  }

  /** Sets the bit of a row. */
  public static void set(long[] bits, int row) {
    bits[row >>> 6] |= 1L << row;
  }

  /** Clears the bit of a row. */
  public static void clear(long[] bits, int row) {
    bits[row >>> 6] &= ~(1L << row);
  }

  /** Sets the first {@code rows} bits and clears the others. */
  public static void fill(long[] bits, int rows) {
    int whole = rows >>> 6;
    for (int i = 0; i < bits.length; i++) {
      bits[i] = i < whole ? -1L : 0L;
    }
    if ((rows & 63) != 0) {
      bits[whole] = (1L << rows) - 1;
    }
  }

  /** Number of bits set; {@code null} has none. */
  public static int count(long[] bits) {
    int count = 0;
    if (bits != null) {
      for (long word : bits) {
        count += Long.bitCount(word);
      }
    }
    return count;
  }

  /** Whether any bit is set; {@code null} has none. */
  public static boolean any(long[] bits) {
    if (bits != null) {
      for (long word : bits) {
        if (word != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A copy that holds the bits of rows {@code from} to {@code to} − 1; null for {@code null}, and
   * where none of them is set.
   */
  public static long[] slice(long[] bits, int from, int to) {
    if (bits == null) {
      return null;
    }
    long[] copy = new long[words(to - from)];
    boolean any = false;
    for (int row = from; row < to; row++) {
      if (get(bits, row)) {
        set(copy, row - from);
        any = true;
      }
    }
    return any ? copy : null;
  }

  /** A copy that holds the first {@code rows} bits; null for {@code null}. */
  public static long[] first(long[] bits, int rows) {
    if (bits == null) {
      return null;
    }
    long[] copy = Arrays.copyOf(bits, words(rows));
    if ((rows & 63) != 0) {
      copy[rows >>> 6] &= (1L << rows) - 1;
    }
    return copy;
  }
}
