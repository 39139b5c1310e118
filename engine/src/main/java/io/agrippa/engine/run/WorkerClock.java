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
 * Where one worker's time goes. Started, used and stopped on the worker's own thread, because the
 * platform tells processor time and allocation of the current thread most cheaply; read by others
 * only after the thread has ended. A lap costs one reading of the steady clock; the platform's
 * counters are read at the start and the end only.
 *
 * <p>Public for runners in other packages of the engine.
 */
public final class WorkerClock {
  /** What a worker may wait for. */
  public enum Wait {
    /** For another worker to read, or to find the next partition. */
    INPUT,
    /** For finished rows to take their turn, because they use up the memory. */
    ROOM,
    /** For the locks by which workers agree who does what. */
    OTHER
  }

  private static final int PHASES = Phase.values().length;

  private final int number;
  private final long runStart;
  private final long[] nanos = new long[PHASES + Wait.values().length];
  private long start;
  private long mark;
  private long cpu = -1;
  private long allocated = -1;
  private long rows;
  private volatile boolean reading;

  /**
   * A clock that stands still.
   *
   * @param number the worker's number, from 0
   * @param runStart {@link System#nanoTime} at the start of the run
   */
  public WorkerClock(int number, long runStart) {
    this.number = number;
    this.runStart = runStart;
  }

  /** The worker's number. */
  public int number() {
    return number;
  }

  /** Begins: the worker is ready, and time counts from here. */
  public void start() {
    cpu = -cpuNow();
    allocated = -allocatedNow();
    mark = System.nanoTime();
    start = mark;
  }

  /** A call of the source begins; it ends with the next lap. Time up to here counts as waiting. */
  public void beginRead(Wait waited) {
    lap(waited);
    reading = true;
  }

  /** Whether the worker is in a call of the source. For all threads. */
  boolean isReading() {
    return reading;
  }

  /** Counts the time since the last mark for a phase, and returns it in nanoseconds. */
  public long lap(Phase phase) {
    reading = false;
    return lap(phase.ordinal());
  }

  /** Counts the time since the last mark as waiting. */
  public void lap(Wait wait) {
    lap(PHASES + wait.ordinal());
  }

  private long lap(int slot) {
    long now = System.nanoTime();
    long passed = now - mark;
    nanos[slot] += passed;
    mark = now;
    return passed;
  }

  /** Counts rows that were scored. */
  public void scored(int count) {
    rows += count;
  }

  /** Ends, on the thread that started it. */
  public void stop() {
    cpu = cpu > 0 ? -1 : cpuNow() + cpu;
    allocated = allocated > 0 ? -1 : allocatedNow() + allocated;
  }

  /** Working time so far in nanoseconds, up to the last mark. */
  public long busy() {
    long busy = 0;
    for (int i = 0; i < PHASES; i++) {
      busy += nanos[i];
    }
    return busy;
  }

  /** The last mark, in nanoseconds since the start of the run. */
  public long marked() {
    return mark - runStart;
  }

  /** Working time by phase, after the end. */
  public Map<Phase, Duration> phases() {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, Duration.ofNanos(nanos[phase.ordinal()]));
    }
    return phases;
  }

  /** All of it, after the end. */
  public WorkerTime time() {
    return new WorkerTime(
        number,
        Duration.ofNanos(start - runStart),
        Duration.ofNanos(busy()),
        waited(Wait.INPUT),
        waited(Wait.ROOM),
        waited(Wait.OTHER),
        cpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(cpu)),
        allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated),
        Optional.empty(),
        Optional.empty(),
        rows);
  }

  private Duration waited(Wait wait) {
    return Duration.ofNanos(nanos[PHASES + wait.ordinal()]);
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
