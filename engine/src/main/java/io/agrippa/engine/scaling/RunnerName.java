package io.agrippa.engine.scaling;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a runner's name says: {@code threads:4:dynamic:8} is of kind {@code threads}, has 4 workers
 * and the schedule {@code dynamic:8}.
 *
 * @param kind what stands in front of the first colon
 * @param workers how many, where the name says it; 1 for {@code serial}
 * @param schedule who gets which partition, where the name says it; for {@code spark} the master
 */
public record RunnerName(String kind, OptionalInt workers, Optional<String> schedule) {
  /** The baseline of every study. */
  public static final String SERIAL = "serial";

  /** The kind of the runners on a cluster. */
  static final String SPARK = "spark";

  private static final String THREADS = "threads";
  private static final Pattern LOCAL =
      Pattern.compile("(local|local-cluster)\\[([0-9]{1,4})(?:,([0-9]{1,4}))?(?:,[0-9]+)?\\](.*)");

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
    if (parts[0].equals(SPARK)) {
      return spark(name.substring(name.indexOf(':') + 1));
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

  /**
   * A master says how many work at once where the workers are its own: {@code local[4]}, {@code
   * local-cluster[2,1,1024]} (two workers of one core). They are one family, whatever the number.
   */
  private static RunnerName spark(String argument) {
    Matcher local = LOCAL.matcher(argument);
    if (local.matches()) {
      int workers = Integer.parseInt(local.group(2));
      int each = local.group(3) == null ? 1 : Integer.parseInt(local.group(3));
      return new RunnerName(
          SPARK, OptionalInt.of(workers * each), Optional.of(local.group(1) + local.group(4)));
    }
    return new RunnerName(SPARK, OptionalInt.empty(), Optional.of(argument));
  }

  /** Whether it is the baseline. */
  public boolean isSerial() {
    return kind.equals(SERIAL);
  }

  /** Whether it needs a cluster's time to start, and workers that are not of this machine. */
  public boolean isCluster() {
    return kind.equals(SPARK);
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
