package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one worker spent its time.
 *
 * @param busy reading, scoring and writing
 * @param idle waiting for input, for others, or for room
 * @param cpu processor time of its thread, where the platform tells
 * @param allocatedBytes bytes its thread allocated, where the platform tells
 * @param rows rows it scored
 */
public record WorkerTime(
    Duration busy, Duration idle, Optional<Duration> cpu, OptionalLong allocatedBytes, long rows) {
  public WorkerTime {
    Objects.requireNonNull(busy, "busy");
    Objects.requireNonNull(idle, "idle");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(allocatedBytes, "allocatedBytes");
  }
}
