package io.agrippa.engine.scaling;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a runner's name says: {@code threads:4:dynamic:8} is of kind {@code threads}, has 4 workers
 * and the schedule {@code dynamic:8}.
 *
 * @param kind what stands in front of the first colon
 * @param workers how many, where the name says it; 1 for {@code serial}
 * @param schedule who gets which partition, where the name says it
 */
public record RunnerName(String kind, OptionalInt workers, Optional<String> schedule) {
  /** The baseline of every study. */
  public static final String SERIAL = "serial";

  private static final String THREADS = "threads";

  public RunnerName {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(schedule, "schedule");
  }

  /** Takes a name apart. What stands behind the kind of a runner that counts no workers is kept. */
  public static RunnerName parse(String name) {
    String[] parts = name.split(":", 3);
    if (parts[0].isEmpty()) {
      throw new IllegalArgumentException(
          "runner \"" + name + "\": it has no kind; use for example serial or threads:2");
    }
    if (name.equals(SERIAL)) {
      return new RunnerName(SERIAL, OptionalInt.of(1), Optional.empty());
    }
    if (parts.length == 1) {
      return new RunnerName(name, OptionalInt.empty(), Optional.empty());
    }
    if (!parts[1].matches("[0-9]{1,9}")) {
      return new RunnerName(
          parts[0], OptionalInt.empty(), Optional.of(name.substring(name.indexOf(':') + 1)));
    }
    return new RunnerName(
        parts[0],
        OptionalInt.of(Integer.parseInt(parts[1])),
        parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
  }

  /** Whether it is the baseline. */
  public boolean isSerial() {
    return kind.equals(SERIAL);
  }

  /** Whether a schedule may be asked for behind the name. */
  public boolean takesSchedule() {
    return kind.equals(THREADS) && schedule.isEmpty();
  }

  /** The kind with the schedule, without the number of workers: {@code threads dynamic:8}. */
  public String family() {
    return schedule.map(words -> kind + " " + words).orElse(kind);
  }
}
