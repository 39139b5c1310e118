package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of ordered keys, in bins as fine as memory allows: keys that agree in all but their last
 * {@code shift} bits share a bin, and the shift is the least with which no more than {@code most}
 * bins are occupied. As occupied bins never become fewer by adding, that shift, and so every count,
 * hangs on the keys alone and not on the order and grouping in which they came. With a shift of 0
 * every key has its own count.
 *
 * <p>Not safe for use by many threads.
 */
final class AdaptiveBins {
  private final int width;
  private final int most;
  private LongTable bins;
  private int shift;

  /**
   * @param width counts of a key, 1 or 2
   * @param most bins that may be occupied
   */
  AdaptiveBins(int width, int most) {
    this.width = width;
    this.most = most;
    this.bins = new LongTable(width);
  }

  /** Adds to a count of a key; true where bins had to become coarser. */
  boolean add(long key, int which, long more) {
    return bins.add(key >> shift, which, more) && coarsen(shift);
  }

  /** Makes bins as coarse as this shift at least, and coarser until there are few enough. */
  private boolean coarsen(int least) {
    int before = shift;
    while (shift < least || bins.size() > most) {
      LongTable coarser = new LongTable(width);
      bins.forEach((bin, which, count) -> coarser.add(bin >> 1, which, count));
      bins = coarser;
      shift++;
    }
    return shift > before;
  }

  /** Adds another's counts; true where bins had to become coarser. */
  boolean merge(AdaptiveBins other) {
    int before = shift;
    coarsen(other.shift);
    other.bins.forEach(
        (bin, which, count) -> {
          if (bins.add(bin >> (shift - other.shift), which, count)) {
            coarsen(shift);
          }
        });
    return shift > before;
  }

  /** How many bits of the keys are not told apart; 0 where all keys are. */
  int shift() {
    return shift;
  }

  /** The counts, by {@code key >> shift}. */
  LongTable table() {
    return bins;
  }

  /** The counts by {@code key >> coarser}, which is at least {@link #shift()}. */
  LongTable table(int coarser) {
    if (coarser == shift) {
      return bins;
    }
    LongTable table = new LongTable(width);
    bins.forEach((bin, which, count) -> table.add(bin >> (coarser - shift), which, count));
    return table;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(shift);
    Reading.writeTable(out, bins, width);
  }

  static AdaptiveBins read(DataInput in, int width, int most) throws IOException {
    AdaptiveBins read = new AdaptiveBins(width, most);
    read.shift = in.readUnsignedByte();
    if (read.shift >= Long.SIZE) {
      throw new IOException("bins of " + read.shift + " bits; the bytes are damaged");
    }
    read.bins = Reading.table(in, width, most);
    return read;
  }
}
