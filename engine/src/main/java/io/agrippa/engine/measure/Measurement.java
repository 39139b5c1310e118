package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one run did and took.
 *
 * @param provenance what ran, and where
 * @param runner the runner as it is asked for: {@code threads:2}
 * @param rows rows of the output
 * @param badRows rows of the output that could not be scored
 * @param bytesIn bytes of the input that were given to be read
 * @param bytesOut bytes of the output
 * @param wall time from the start of the run to its output standing under its name, loading and
 *     compiling included
 * @param phases working time by phase; reading, scoring, reducing and writing are summed over the
 *     workers, so they may exceed {@code wall}
 * @param workers one entry a worker, by number; a worker that was stuck in a read when the run
 *     ended without it has none
 * @param partitions working time by partition, and who did which when
 * @param gc collections of garbage during the run, whoever caused them, in the virtual machine that
 *     the run was asked of, where it tells
 * @param processCpu processor time during the run of all processes that had a part in it, all their
 *     threads, compiling and collecting garbage included, where the platform tells; what else was
 *     done in the same processes meanwhile is in it, too
 * @param incidents what went wrong on the way and was made good, such as a worker that was lost and
 *     replaced, a sentence each; empty where nothing did
 * @param outputDigest row count and sum of the rows' hashes: equal for equal rows in any order and
 *     format
 * @param sequenceDigest hash of the rows in their order, from runners that keep it
 */
public record Measurement(
    Provenance provenance,
    String runner,
    long rows,
    long badRows,
    long bytesIn,
    long bytesOut,
    Duration wall,
    Map<Phase, Duration> phases,
    List<WorkerTime> workers,
    PartitionTimes partitions,
    Optional<GarbageCollection> gc,
    Optional<Duration> processCpu,
    List<String> incidents,
    String outputDigest,
    Optional<String> sequenceDigest) {
  public Measurement {
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(runner, "runner");
    Objects.requireNonNull(wall, "wall");
    Objects.requireNonNull(partitions, "partitions");
    Objects.requireNonNull(gc, "gc");
    Objects.requireNonNull(processCpu, "processCpu");
    incidents = List.copyOf(incidents);
    Objects.requireNonNull(outputDigest, "outputDigest");
    Objects.requireNonNull(sequenceDigest, "sequenceDigest");
    workers = List.copyOf(workers);
    Map<Phase, Duration> inOrder = new EnumMap<>(Phase.class);
    inOrder.putAll(phases);
    phases = Collections.unmodifiableMap(inOrder);
  }

  /** Rows of the output a second of {@link #wall}; 0 where no time passed. */
  public double rowsPerSecond() {
    long nanos = wall.toNanos();
    return nanos == 0 ? 0 : rows * 1e9 / nanos;
  }

  /** Bytes that the workers allocated, where the platform tells for all of them. */
  public OptionalLong allocatedBytes() {
    long sum = 0;
    for (WorkerTime worker : workers) {
      if (worker.allocatedBytes().isEmpty()) {
        return OptionalLong.empty();
      }
      sum += worker.allocatedBytes().getAsLong();
    }
    return workers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }
}
