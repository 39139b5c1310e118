package io.agrippa.engine.measure;

import java.time.Duration;
import java.util.Objects;

/**
 * Collections of garbage.
 *
 * @param count how many there were
 * @param time what they took, as the virtual machine tells it: whole milliseconds, and for
 *     collectors that work beside the program not all of it stands still meanwhile
 */
public record GarbageCollection(long count, Duration time) {
  public GarbageCollection {
    Objects.requireNonNull(time, "time");
  }

  /** What came since an earlier reading. */
  public GarbageCollection since(GarbageCollection earlier) {
    return new GarbageCollection(count - earlier.count, time.minus(earlier.time));
  }
}
