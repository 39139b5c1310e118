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
 * @param spans the first {@value #LISTED} partitions one by one, in row order
 */
public record PartitionTimes(
    long count, Duration total, Duration longest, List<PartitionSpan> spans) {
  /**
   * Partitions that are listed one by one: a run may have more of them than memory has room for.
   */
  public static final int LISTED = 16_384;

  public PartitionTimes {
    spans = List.copyOf(spans);
  }

  /** Longest over mean, at least 1; 1 also where nothing was measured. */
  public double imbalance() {
    long nanos = total.toNanos();
    return nanos == 0 ? 1 : (double) longest.toNanos() * count / nanos;
  }

  /** Collects partitions in row order. For one thread at a time. */
  public static final class Builder {
    private final List<PartitionSpan> spans = new ArrayList<>();
    private long count;
    private Duration total = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /** Number of partitions so far: the index of the next. */
    public long count() {
      return count;
    }

    /** Adds the next partition. */
    public void add(PartitionSpan span) {
      if (span.index() != count) {
        throw new IllegalArgumentException(
            "partition %d comes where partition %d should".formatted(span.index(), count));
      }
      count++;
      total = total.plus(span.busy());
      longest = longest.compareTo(span.busy()) < 0 ? span.busy() : longest;
      if (spans.size() < LISTED) {
        spans.add(span);
      }
    }

    /** What was added. */
    public PartitionTimes build() {
      return new PartitionTimes(count, total, longest, spans);
    }
  }
}
