package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Optional;

/** Processor time of a whole process: of all its threads, the virtual machine's own among them. */
public final class ProcessCpu {
  private ProcessCpu() {}

  /**
   * What this process has used since it began, to the platform's tick (10 ms on Linux); empty where
   * the platform does not tell. Safe for use by many threads.
   */
  public static Optional<Duration> now() {
    return ProcessHandle.current().info().totalCpuDuration();
  }

  /** What this process has used since an earlier reading. */
  public static Optional<Duration> since(Optional<Duration> earlier) {
    return earlier.flatMap(before -> now().map(after -> after.minus(before)));
  }
}
