package io.agrippa.engine.process;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How workers are started and watched.
 *
 * @param workers how many there are at a time
 * @param command starts one: program and arguments
 * @param silence a worker of which nothing is heard for so long is given up; it gives a sign of
 *     life ten times in that
 * @param attempts so many workers may end in one partition, or in being started, before that is
 *     given up
 * @param budget about how many bytes of results may wait in the parent for their turn
 */
record WorkerSettings(
    int workers, List<String> command, Duration silence, int attempts, long budget) {
  /** Silence that is allowed where nothing else is said. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  static final int ATTEMPTS = 3;

  private static final long MIN_BUDGET = 8L << 20;
  private static final long MAX_BUDGET = 256L << 20;

  WorkerSettings {
    command = List.copyOf(command);
    Objects.requireNonNull(silence, "silence");
  }

  /** The usual settings for so many workers with so much heap each. */
  static WorkerSettings of(int workers, long heapBytes) {
    long heap = Runtime.getRuntime().maxMemory();
    return new WorkerSettings(
        workers,
        WorkerCommand.java(heapBytes),
        SILENCE,
        ATTEMPTS,
        Math.min(MAX_BUDGET, Math.max(MIN_BUDGET, heap / 8)));
  }

  WorkerSettings with(List<String> otherCommand) {
    return new WorkerSettings(workers, otherCommand, silence, attempts, budget);
  }

  WorkerSettings silentFor(Duration otherSilence) {
    return new WorkerSettings(workers, command, otherSilence, attempts, budget);
  }

  WorkerSettings withBudget(long bytes) {
    return new WorkerSettings(workers, command, silence, attempts, bytes);
  }

  /** Tasks that may be handed out and not wholly delivered. */
  int tasks() {
    return 3 * workers + 1;
  }

  /** Bytes of results of one task that a worker may send before they are delivered. */
  long window() {
    return Math.max(1, budget / tasks());
  }
}
