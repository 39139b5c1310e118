package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one worker (a thread, a process) spent its time. From {@code start} to its end it was either
 * busy or waited for one of three things.
 *
 * @param number its number among the workers of the run, from 0
 * @param start when it was ready for work, since the start of the run
 * @param busy reading, scoring, reducing and writing
 * @param inputWait waiting for input: for another worker to read, or to find the next partition
 * @param roomWait waiting for room: as many finished rows as memory is given for waited for their
 *     turn, because some row before them was not finished or the output did not take more
 * @param otherWait waiting for the locks by which workers agree who does what
 * @param cpu processor time of its thread, where the platform tells; for virtual threads it never
 *     does, because they have no clock of their own
 * @param allocatedBytes bytes its thread allocated, where the platform tells; never for virtual
 *     threads
 * @param gc collections of garbage, for a worker with a virtual machine of its own; those that
 *     share one stand in {@link Measurement#gc}
 * @param processCpu processor time of all threads of the worker's process, compiling and collecting
 *     garbage included, for a worker that has a process of its own
 * @param rows rows it scored
 */
public record WorkerTime(
    int number,
    Duration start,
    Duration busy,
    Duration inputWait,
    Duration roomWait,
    Duration otherWait,
    Optional<Duration> cpu,
    OptionalLong allocatedBytes,
    Optional<GarbageCollection> gc,
    Optional<Duration> processCpu,
    long rows) {
  public WorkerTime {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(busy, "busy");
    Objects.requireNonNull(inputWait, "inputWait");
    Objects.requireNonNull(roomWait, "roomWait");
    Objects.requireNonNull(otherWait, "otherWait");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(allocatedBytes, "allocatedBytes");
    Objects.requireNonNull(gc, "gc");
    Objects.requireNonNull(processCpu, "processCpu");
  }

  /** All waiting. */
  public Duration idle() {
    return inputWait.plus(roomWait).plus(otherWait);
  }
}
