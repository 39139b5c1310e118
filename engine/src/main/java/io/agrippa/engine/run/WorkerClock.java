package io.agrippa.engine.run;

import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.WorkerTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where one worker's time goes. Made, started and stopped on the worker's own thread, because the
 * platform tells processor time and allocation of the current thread most cheaply; read by others
 * only after the thread has ended.
 */
final class WorkerClock {
  private static final int IDLE = Phase.values().length;

  private final long[] nanos = new long[IDLE + 1];
  private long mark;
  private long cpu = -1;
  private long allocated = -1;
  private long rows;
  private volatile boolean reading;

  /** Begins: time counts from here. */
  void start() {
    cpu = -cpuNow();
    allocated = -allocatedNow();
    mark = System.nanoTime();
  }

  /** A call of the source begins; it ends with the next lap. Time up to here counts as waiting. */
  void beginRead() {
    lap(IDLE);
    reading = true;
  }

  /** Whether the worker is in a call of the source. For all threads. */
  boolean isReading() {
    return reading;
  }

  /** Counts the time since the last mark for a phase, and returns it. */
  long lap(Phase phase) {
    reading = false;
    return lap(phase.ordinal());
  }

  /** Counts the time since the last mark as waiting. */
  void lapIdle() {
    lap(IDLE);
  }

  private long lap(int slot) {
    long now = System.nanoTime();
    long passed = now - mark;
    nanos[slot] += passed;
    mark = now;
    return passed;
  }

  /** Counts rows that were scored. */
  void scored(int count) {
    rows += count;
  }

  /** Ends, on the thread that started it. */
  void stop() {
    cpu = cpu > 0 ? -1 : cpuNow() + cpu;
    allocated = allocated > 0 ? -1 : allocatedNow() + allocated;
  }

  /** Adds the phases of this clock to those of others. */
  void addTo(Map<Phase, Duration> phases) {
    for (Phase phase : Phase.values()) {
      phases.merge(phase, Duration.ofNanos(nanos[phase.ordinal()]), Duration::plus);
    }
  }

  /** Working time so far in nanoseconds, up to the last mark. */
  long busy() {
    long busy = 0;
    for (int i = 0; i < IDLE; i++) {
      busy += nanos[i];
    }
    return busy;
  }

  /** All of it, after the end. */
  WorkerTime time() {
    return new WorkerTime(
        Duration.ofNanos(busy()),
        Duration.ofNanos(nanos[IDLE]),
        cpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(cpu)),
        allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated),
        rows);
  }

  /** Working time by phase of several workers. */
  static Map<Phase, Duration> phases(Iterable<WorkerClock> clocks) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    clocks.forEach(clock -> clock.addTo(phases));
    return phases;
  }

  private static long cpuNow() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? threads.getCurrentThreadCpuTime()
        : -1;
  }

  private static long allocatedNow() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
            && threads.isThreadAllocatedMemoryEnabled()
        ? threads.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
