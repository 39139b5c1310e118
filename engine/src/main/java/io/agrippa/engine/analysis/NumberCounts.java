package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How often which number occurred; NaN is not counted here, −0.0 counts as 0.0.
 *
 * <p>Up to {@link #MOST_VALUES} different numbers each has its own count. Beyond that, numbers that
 * agree in sign, exponent and the first bits of the mantissa share a bin (as in HdrHistogram and
 * DDSketch; Masson, Rim, Lee, "DDSketch", VLDB 2019), as many bits as {@link AdaptiveBins} can
 * afford: a number is within {@link #relativeError()} of its bin's middle. Bins hang on nothing but
 * the numbers, so they are the same in any grouping, where sketches that draw lots (KLL) differ
 * from run to run. How many different numbers there are is then estimated by {@link
 * DistinctSketch}.
 *
 * <p>The most frequent numbers are then followed as Misra and Gries do, in the form that merges
 * (Agarwal et al., "Mergeable summaries", PODS 2012): a number occurred at least as often as its
 * count says, and at most {@link #topError()} more often.
 */
final class NumberCounts {
  /** So many different numbers are counted one by one. */
  static final int MOST_VALUES = 16_384;

  /** So many of the most frequent ones are followed beyond that. */
  static final int MOST_FREQUENT = 8192;

  /** Half a bin of shift 1 is a unit in the last place: 2^−52 of a number, 2^−53 of half of it. */
  private static final int HALF_BIN_EXPONENT = -53;

  private AdaptiveBins bins = new AdaptiveBins(1, MOST_VALUES); // by ordered(number)

  // From the first number beyond MOST_VALUES on; null before.
  private LongTable frequent;
  private DistinctSketch distinct;
  private long topError; // what counts of the frequent may lack

  void add(double value) {
    add(ordered(value), 1);
  }

  private void add(long key, long count) {
    if (frequent != null) {
      addFrequent(key, count);
      bins.add(key, 0, count);
    } else if (bins.table().size() < MOST_VALUES) {
      bins.add(key, 0, count);
    } else {
      addToFull(key, count);
    }
  }

  /** Every number has its own count, and there is no room for another one. */
  private void addToFull(long key, long count) {
    if (bins.table().count(key, 0) == 0) {
      spill();
      addFrequent(key, count);
    }
    bins.add(key, 0, count);
  }

  /** From here on, the most frequent and the different numbers are followed. */
  private void spill() {
    if (frequent == null) {
      frequent = new LongTable(1);
      distinct = new DistinctSketch();
      bins.table().forEach((key, which, count) -> addFrequent(key, count));
    }
  }

  private void addFrequent(long key, long count) {
    if (frequent.add(key, 0, count)) {
      distinct.add(Hashes.of(key));
      if (frequent.size() > MOST_FREQUENT) {
        purge();
      }
    }
  }

  /** Takes the count in the middle from all counts; at least half of them are gone then. */
  private void purge() {
    long[] counts = new long[frequent.size()];
    int[] next = {0};
    frequent.forEach((key, which, count) -> counts[next[0]++] = count);
    Arrays.sort(counts);
    long median = counts[counts.length / 2];
    LongTable rest = new LongTable(1);
    frequent.forEach(
        (key, which, count) -> {
          if (count > median) {
            rest.add(key, 0, count - median);
          }
        });
    frequent = rest;
    topError += median;
  }

  void merge(NumberCounts other) {
    if (other.frequent == null) {
      other.bins.table().forEach((key, which, count) -> add(key, count));
      return;
    }
    spill();
    topError += other.topError;
    distinct.merge(other.distinct);
    other.frequent.forEach((key, which, count) -> addFrequent(key, count));
    bins.merge(other.bins);
  }

  /** Whether every different number has its own count. */
  boolean isExact() {
    return frequent == null;
  }

  /** How far a number may be from the middle of its bin, relative to the number. */
  double relativeError() {
    return isExact() ? 0 : Math.scalb(1.0, bins.shift() + HALF_BIN_EXPONENT);
  }

  /** How many different numbers; see {@link DistinctSketch} where not exact. */
  double distinct() {
    return isExact() ? bins.table().size() : distinct.estimate();
  }

  /** By how much counts of the most frequent may be too low. */
  long topError() {
    return topError;
  }

  /** The most frequent numbers, descending by count, equal ones ascending by number. */
  List<Count> top(int most) {
    List<Count> all = new ArrayList<>();
    (isExact() ? bins.table() : frequent)
        .forEach((key, which, count) -> all.add(new Count(number(key), count)));
    all.sort(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::number));
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /** A number and how often it occurred. */
  record Count(double number, long count) {}

  /** All counts in the order of the numbers, each at the middle of its bin. */
  Staircase staircase() {
    return staircase(bins.shift());
  }

  /** As {@link #staircase()}, with the bins of this and of another where those are coarser. */
  Staircase staircase(NumberCounts other) {
    return staircase(Math.max(bins.shift(), other.bins.shift()));
  }

  private Staircase staircase(int shift) {
    LongTable table = bins.table(shift);
    long[] keys = table.keys();
    double[] numbers = new double[keys.length];
    long[] counts = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      numbers[i] = middle(keys[i], shift);
      counts[i] = table.count(keys[i], 0);
    }
    return new Staircase(numbers, counts);
  }

  /** A number's bits so that their order as a signed number is that of the numbers. */
  static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0); // −0.0 becomes 0.0
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static double number(long ordered) {
    return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
  }

  /**
   * The middle of a bin. An infinity shares its bin with NaN only, which is not counted: there are
   * always fewer bins than values allowed long before a shift would join it to a finite number.
   */
  private static double middle(long bin, int shift) {
    double first = number(bin << shift);
    if (shift == 0 || first == 0 || Double.isInfinite(first)) {
      return first;
    }
    double last = number((bin << shift) + ((1L << shift) - 1));
    return Double.isInfinite(last) ? last : number((bin << shift) + (1L << (shift - 1)));
  }

  void write(DataOutput out) throws IOException {
    bins.write(out);
    out.writeBoolean(frequent != null);
    if (frequent != null) {
      Reading.writeTable(out, frequent, 1);
      distinct.write(out);
      out.writeLong(topError);
    }
  }

  static NumberCounts read(DataInput in) throws IOException {
    NumberCounts counts = new NumberCounts();
    counts.bins = AdaptiveBins.read(in, 1, MOST_VALUES);
    if (in.readBoolean()) {
      counts.frequent = Reading.table(in, 1, MOST_FREQUENT);
      counts.distinct = DistinctSketch.read(in);
      counts.topError = in.readLong();
    }
    return counts;
  }
}
