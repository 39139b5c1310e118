package io.agrippa.engine.analysis;

import java.util.Arrays;

/**
 * Counts by key: an open-addressing table of longs with one or two positive counts a key. An entry
 * is there when one of its counts is not zero. Not safe for use by many threads.
 */
final class LongTable {
  private static final int SMALLEST = 16;

  private final int width;
  private long[] keys = new long[SMALLEST];
  private long[] counts;
  private int size;

  /**
   * @param width counts of a key: 1 or 2
   */
  LongTable(int width) {
    this.width = width;
    this.counts = new long[SMALLEST * width];
  }

  /** Number of keys. */
  int size() {
    return size;
  }

  /** Adds to a count of a key, {@code more} at least 1; true where the key was not there. */
  boolean add(long key, int which, long more) {
    int slot = slot(key);
    boolean fresh = isEmpty(slot);
    if (fresh) {
      if (2 * (size + 1) > keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      size++;
    }
    counts[slot * width + which] += more;
    return fresh;
  }

  /** A count of a key; 0 where it is not there. */
  long count(long key, int which) {
    int slot = slot(key);
    return isEmpty(slot) ? 0 : counts[slot * width + which];
  }

  private boolean isEmpty(int slot) {
    for (int i = slot * width; i < (slot + 1) * width; i++) {
      if (counts[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) Hashes.mix(key) & mask;
    while (!isEmpty(slot) && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    LongTable larger = new LongTable(width);
    larger.keys = new long[2 * keys.length];
    larger.counts = new long[2 * counts.length];
    for (int slot = 0; slot < keys.length; slot++) {
      if (!isEmpty(slot)) {
        int to = larger.slot(keys[slot]);
        larger.keys[to] = keys[slot];
        System.arraycopy(counts, slot * width, larger.counts, to * width, width);
      }
    }
    keys = larger.keys;
    counts = larger.counts;
  }

  /** The keys, ascending. */
  long[] keys() {
    long[] all = new long[size];
    int next = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (!isEmpty(slot)) {
        all[next++] = keys[slot];
      }
    }
    Arrays.sort(all);
    return all;
  }

  /** Adds all counts of another table of the same width, which stays as it is. */
  void addAll(LongTable other) {
    other.forEach((key, which, count) -> add(key, which, count));
  }

  /** Visits all counts that are not zero, in no order. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < keys.length; slot++) {
      for (int which = 0; which < width; which++) {
        long count = counts[slot * width + which];
        if (count != 0) {
          visitor.visit(keys[slot], which, count);
        }
      }
    }
  }

  /** Takes counts. */
  @FunctionalInterface
  interface Visitor {
    void visit(long key, int which, long count);
  }
}
