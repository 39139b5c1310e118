package io.agrippa.cli.compare;

import static io.agrippa.cli.compare.StudyPage.format;

import io.agrippa.engine.scaling.Crossover;
import io.agrippa.engine.scaling.SimulationReport;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** A simulation in a sentence or two. */
public final class SimulationWords {
  private SimulationWords() {}

  /** What is to be expected of more workers. */
  public static String foretold(SimulationReport report) {
    if (report.foretold().isEmpty()) {
      return "Nothing could be simulated: the study has no runner of several workers that shares"
          + " the partitions of a serial run whose timeline was kept.";
    }
    SimulationReport.Foretold fastest =
        report.foretold().stream()
            .min(Comparator.comparingDouble(run -> run.seconds().median()))
            .orElseThrow();
    return format("With a processor each, %s on ", fastest.family())
        + report.foretold().stream()
            .filter(run -> run.family().equals(fastest.family()))
            .filter(run -> run.configuration().equals(fastest.configuration()))
            .map(
                run ->
                    format(
                        "%,d workers would take %s, %.1f times as fast as serial",
                        run.workers(), StudyPage.seconds(run.seconds().median()), run.speedup()))
            .collect(Collectors.joining("; "))
        + format(". Costs of %s.", fastest.configuration());
  }

  /** From when on a cluster pays; empty where none was measured. */
  public static Optional<String> crossover(SimulationReport report) {
    return report.crossovers().isEmpty()
        ? Optional.empty()
        : Optional.of(
            report.crossovers().stream()
                .map(SimulationWords::crossover)
                .collect(Collectors.joining(" ")));
  }

  private static String crossover(Crossover crossover) {
    String pays =
        crossover.points().stream()
            .filter(point -> point.times() == 1)
            .map(
                point ->
                    format("%,d tasks at once ", point.workers())
                        + (point.rows().isPresent()
                            ? format("from %,d rows on", point.rows().getAsLong())
                            : "at no size that was simulated"))
            .collect(Collectors.joining("; "));
    return format(
        "%s against %s, rows of %s: %s pays with %s.",
        crossover.cluster().family(),
        crossover.local(),
        StudyPage.seconds(crossover.rowCost()),
        crossover.cluster().family(),
        pays);
  }

  /** What the crossover rests on. */
  public static String costs(SimulationReport report) {
    return report.crossovers().stream()
        .map(
            crossover ->
                format(
                    "%s: %s while no task ran, %s a worker to warm up, %s a partition, work in"
                        + " tasks takes %.2f times as long as serially; %s: %s and %s a row.",
                    crossover.cluster().family(),
                    StudyPage.seconds(crossover.cluster().startUp()),
                    StudyPage.seconds(crossover.cluster().warmUp()),
                    StudyPage.seconds(crossover.cluster().overhead()),
                    crossover.cluster().slowdown(),
                    crossover.local(),
                    StudyPage.seconds(crossover.localStart()),
                    StudyPage.seconds(crossover.localRow())))
        .collect(Collectors.joining(" "));
  }

  /** How far the simulation may be trusted. */
  public static String checked(SimulationReport report) {
    return report
        .usualError()
        .map(
            error ->
                format(
                    "Of %d configurations that were measured, simulated times are off by %.1f %%"
                        + " (median), %.1f %% at most.",
                    report.checked().size(), 100 * error, 100 * report.worstError().orElseThrow()))
        .orElse("No configuration was measured that it could be checked against.");
  }
}
