package io.agrippa.engine.scaling;

import io.agrippa.engine.measure.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster adds to work whose costs are known of serial runs. All times are in seconds and
 * taken from runs: from when tasks ran and what they did, as the cluster told it.
 *
 * @param family the runners
 * @param startUp time of a run while no task ran: submitting, starting, finishing
 * @param warmUp what each worker loses once, because a virtual machine begins slowly; 0 where
 *     inputs of one size only were measured, and then it is part of the slowdown
 * @param overhead what each partition costs beyond the work in it
 * @param slowdown how many times as long the work in tasks takes as in the serial run
 */
public record ClusterCosts(
    String family, double startUp, double warmUp, double overhead, double slowdown) {

  /**
   * Of the runs of a family on the input whose serial runs are given; empty where no timelines were
   * kept.
   *
   * @param family the summaries of one runner and partitioning, of one or several input sizes
   * @param serials the serial summaries with that partitioning
   */
  static Optional<ClusterCosts> of(
      StudyResult study, List<ConfigurationSummary> family, List<ConfigurationSummary> serials) {
    Comparator<ConfigurationSummary> bySize = Comparator.comparingLong(ConfigurationSummary::rows);
    ConfigurationSummary largest = family.stream().max(bySize).orElseThrow();
    ConfigurationSummary smallest = family.stream().min(bySize).orElseThrow();
    Optional<ConfigurationSummary> serial =
        serials.stream().filter(s -> s.rows() == largest.rows()).findFirst();
    StudyRun run = study.medianRun(largest.index());
    if (serial.isEmpty() || run.spans().isEmpty() || run.rows() == 0) {
      return Optional.empty();
    }
    double serialBusy = study.medianRun(serial.get().index()).partitionTotal();
    double perRow = run.partitionTotal() / run.rows();
    double warmUp = 0;
    if (smallest.rows() < largest.rows()) {
      StudyRun small = study.medianRun(smallest.index());
      double slope = (run.partitionTotal() - small.partitionTotal()) / (run.rows() - small.rows());
      if (slope > 0 && slope <= perRow) {
        warmUp = (run.partitionTotal() - slope * run.rows()) / largest.workers();
        perRow = slope;
      }
    }
    return Optional.of(
        new ClusterCosts(
            largest.configuration().name().family(),
            outside(run),
            warmUp,
            run.phases().getOrDefault(Phase.SCHEDULE, 0.0) / Math.max(1, run.partitions()),
            serialBusy == 0 ? 1 : perRow * run.rows() / serialBusy));
  }

  /** Time of a run while no partition was worked on. */
  static double outside(StudyRun run) {
    double first = run.spans().stream().mapToDouble(StudyRun.Span::start).min().orElse(0);
    double last = run.spans().stream().mapToDouble(StudyRun.Span::end).max().orElse(run.wall());
    return Math.max(0, run.wall() - (last - first));
  }

  /**
   * A simulation of work on such a cluster.
   *
   * @param costs of the partitions in a serial run
   */
  Simulation simulation(List<Double> costs, double transfer, Simulation.Hazards hazards) {
    return new Simulation(
        costs.stream().map(cost -> cost * slowdown).toList(),
        startUp,
        warmUp,
        transfer,
        overhead,
        hazards);
  }
}
