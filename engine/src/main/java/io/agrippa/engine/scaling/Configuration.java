package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One point of a study's grid.
 *
 * @param runner the runner as it is asked for, schedule included
 * @param partitioning how the input is cut
 * @param limit how many rows of the input; all where empty
 */
public record Configuration(String runner, Partitioning partitioning, OptionalLong limit) {
  public Configuration {
    Objects.requireNonNull(runner, "runner");
    Objects.requireNonNull(partitioning, "partitioning");
    Objects.requireNonNull(limit, "limit");
    RunnerName.parse(runner);
  }

  /** The runner's name, taken apart. */
  public RunnerName name() {
    return RunnerName.parse(runner);
  }

  /** This configuration on another runner. */
  Configuration on(String otherRunner) {
    return new Configuration(otherRunner, partitioning, limit);
  }

  /** Whether both score the same rows. */
  boolean sameRows(Configuration other) {
    return limit.equals(other.limit);
  }

  @Override
  public String toString() {
    return runner
        + " "
        + partitioning
        + (limit.isPresent()
            ? String.format(Locale.ROOT, " first %,d rows", limit.getAsLong())
            : "");
  }
}
