package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Working time (reading, scoring, encoding; summed over the workers that took part) of each
 * partition.
 *
 * @param count number of partitions
 * @param total working time of all
 * @param longest working time of the longest
 * @param each working time of the first {@value #LISTED} partitions, in row order
 */
public record PartitionTimes(long count, Duration total, Duration longest, List<Duration> each) {
  /**
   * Partitions that are listed one by one: a run may have more of them than memory has room for.
   */
  public static final int LISTED = 16_384;

  public PartitionTimes {
    each = List.copyOf(each);
  }

  /** Longest over mean, at least 1; 1 also where nothing was measured. */
  public double imbalance() {
    long nanos = total.toNanos();
    return nanos == 0 ? 1 : (double) longest.toNanos() * count / nanos;
  }

  /** Collects durations in row order. For one thread at a time. */
  public static final class Builder {
    private final List<Duration> each = new ArrayList<>();
    private long count;
    private long total;
    private long longest;

    /** Adds the next partition. */
    public void add(long nanos) {
      count++;
      total += nanos;
      longest = Math.max(longest, nanos);
      if (each.size() < LISTED) {
        each.add(Duration.ofNanos(nanos));
      }
    }

    /** What was added. */
    public PartitionTimes build() {
      return new PartitionTimes(count, Duration.ofNanos(total), Duration.ofNanos(longest), each);
    }
  }
}
