package io.agrippa.engine.scaling;

import io.agrippa.engine.measure.Provenance;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * All that a study measured. Every figure of its report is a function of this value.
 *
 * @param command what was asked for, as the user would type it
 * @param model the place of the model
 * @param input the place of the input
 * @param output what became of the rows: where they were only hashed, {@code none}, else their
 *     format
 * @param provenance of the first run; its command is that of the run
 * @param seed decided the order of the runs
 * @param repeats measured runs of each configuration that were asked for
 * @param warmups runs of each configuration before
 * @param end whether all of it ran
 * @param loadBefore how many threads wanted a processor just before the study began, averaged over
 *     a minute, where the platform tells: an idle machine has none
 * @param configurations the grid
 * @param runs what was measured, in the order in which it ran
 */
public record StudyResult(
    String command,
    String model,
    String input,
    String output,
    Provenance provenance,
    long seed,
    int repeats,
    int warmups,
    End end,
    OptionalDouble loadBefore,
    List<Configuration> configurations,
    List<StudyRun> runs) {
  /** How a study ended. */
  public enum End {
    /** All runs were made. */
    COMPLETE,
    /** It was cancelled; what was measured until then is there. */
    CANCELLED
  }

  public StudyResult {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(loadBefore, "loadBefore");
    configurations = List.copyOf(configurations);
    runs = List.copyOf(runs);
    for (StudyRun run : runs) {
      if (run.configuration() < 0 || run.configuration() >= configurations.size()) {
        throw new IllegalArgumentException(
            "run %d is of configuration %d, but there are %d"
                .formatted(run.position(), run.configuration(), configurations.size()));
      }
    }
  }

  /** The measured runs of a configuration, in the order in which they ran. */
  public List<StudyRun> runsOf(int configuration) {
    return runs.stream().filter(run -> run.configuration() == configuration).toList();
  }

  /**
   * The run of a configuration whose time is the (lower) median; the configuration has to have run.
   */
  public StudyRun medianRun(int configuration) {
    List<StudyRun> sorted =
        runsOf(configuration).stream()
            .sorted(Comparator.comparingDouble(StudyRun::wall).thenComparingInt(StudyRun::position))
            .toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** This result with the timelines of the median runs only: the others would fill the report. */
  StudyResult withMedianSpans() {
    List<StudyRun> kept =
        runs.stream()
            .map(
                run ->
                    run.position() == medianRun(run.configuration()).position()
                        ? run
                        : run.withoutSpans())
            .toList();
    return new StudyResult(
        command,
        model,
        input,
        output,
        provenance,
        seed,
        repeats,
        warmups,
        end,
        loadBefore,
        configurations,
        kept);
  }
}
