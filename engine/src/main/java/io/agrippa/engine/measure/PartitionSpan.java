package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Objects;

/**
 * When one partition was worked on, and by whom. Start and end are since the start of the run, on a
 * clock that is never set.
 *
 * @param index number of the partition in row order, from 0
 * @param worker {@link WorkerTime#number} of the worker that opened it; others may have helped
 * @param rows its rows
 * @param start when a worker turned to it
 * @param end when its last row was computed and encoded: it may have waited for its turn afterwards
 * @param busy working time, summed over the workers that took part: more than {@code end - start}
 *     where several did, less where they did other things in between
 */
public record PartitionSpan(
    long index, int worker, long rows, Duration start, Duration end, Duration busy) {
  public PartitionSpan {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(busy, "busy");
  }
}
