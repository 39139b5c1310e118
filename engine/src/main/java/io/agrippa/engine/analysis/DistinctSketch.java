package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Estimates how many different hashes it was given, from the {@link #KEPT} smallest of them: if the
 * k-th smallest of n random points of [0, 1) lies at u, (k − 1)/u estimates n without bias, with a
 * relative standard error of 1/√(k − 2) (Bar-Yossef et al., "Counting distinct elements in a data
 * stream", 2002; Beyer et al., "On synopses for distinct-value estimation", SIGMOD 2007).
 *
 * <p>Which hashes are the smallest depends on the set of hashes alone, so the estimate is the same
 * in any grouping.
 */
final class DistinctSketch {
  /** How many hashes decide the estimate. */
  static final int KEPT = 8192;

  /** One standard deviation of estimate / truth. */
  static final double RELATIVE_ERROR = 1 / Math.sqrt(KEPT - 2.0);

  private static final double HASHES = 0x1p64;

  private LongTable hashes = new LongTable(1);
  private long bound = -1; // unsigned: hashes above it are not among the smallest any more

  void add(long hash) {
    if (Long.compareUnsigned(hash, bound) <= 0
        && hashes.add(hash, 0, 1)
        && hashes.size() >= 2 * KEPT) {
      trim();
    }
  }

  /** Keeps the smallest. */
  private void trim() {
    if (hashes.size() <= KEPT) {
      return;
    }
    LongTable smallest = new LongTable(1);
    long[] sorted = sorted();
    for (int i = 0; i < KEPT; i++) {
      smallest.add(sorted[i], 0, 1);
    }
    hashes = smallest;
    bound = sorted[KEPT - 1];
  }

  /** The hashes, ascending as unsigned numbers. */
  private long[] sorted() {
    long[] keys = hashes.keys();
    for (int i = 0; i < keys.length; i++) {
      keys[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      keys[i] ^= Long.MIN_VALUE;
    }
    return keys;
  }

  void merge(DistinctSketch other) {
    for (long hash : other.hashes.keys()) {
      add(hash);
    }
  }

  /** How many different hashes there were: exact where no more than are kept. */
  double estimate() {
    trim();
    if (hashes.size() < KEPT) {
      return hashes.size();
    }
    long[] sorted = sorted();
    long last = sorted[KEPT - 1];
    double at = ((last >>> 1) * 2.0 + 1) / HASHES; // of unsigned, the last bit does not matter
    return (KEPT - 1) / at;
  }

  void write(DataOutput out) throws IOException {
    trim();
    long[] sorted = sorted();
    out.writeInt(sorted.length);
    for (long hash : sorted) {
      out.writeLong(hash);
    }
  }

  static DistinctSketch read(DataInput in) throws IOException {
    DistinctSketch sketch = new DistinctSketch();
    int count = Reading.count(in, KEPT, "hashes");
    for (int i = 0; i < count; i++) {
      sketch.add(in.readLong());
    }
    return sketch;
  }
}
