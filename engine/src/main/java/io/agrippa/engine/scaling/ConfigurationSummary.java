package io.agrippa.engine.scaling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the repeats of one configuration say.
 *
 * @param index index of the configuration
 * @param configuration the configuration
 * @param workers how many workers it had
 * @param rows rows of the output
 * @param partitions number of partitions
 * @param wall seconds
 * @param rowsPerSecond rows over the median time
 * @param speedup the serial run's time over this one's, of the runs of the same round; empty where
 *     no round has both
 * @param efficiency speed-up over workers
 * @param karpFlatt serial fraction that the median speed-up shows; empty for one worker
 * @param losses where the time of the median run went, against the median serial run
 * @param processors processors that were busy with it on average in the median run, where known
 * @param workerImbalance longest over mean of the workers' busy times, in the median run
 * @param partitionImbalance longest over mean of the partitions' times, in the median run
 * @param lastToFinish who kept the others waiting at the end of the median run, where a timeline
 *     was kept and there were several workers
 */
public record ConfigurationSummary(
    int index,
    Configuration configuration,
    int workers,
    long rows,
    long partitions,
    Spread wall,
    double rowsPerSecond,
    Optional<Spread> speedup,
    Optional<Spread> efficiency,
    OptionalDouble karpFlatt,
    Optional<LossAccount> losses,
    OptionalDouble processors,
    double workerImbalance,
    double partitionImbalance,
    Optional<LastToFinish> lastToFinish) {

  /**
   * The end of a run: who was last, and what the others waited.
   *
   * @param worker the worker that finished last
   * @param partition what it worked on
   * @param waited seconds between the end of each other worker and its end, summed
   */
  public record LastToFinish(int worker, long partition, double waited) {
    static Optional<LastToFinish> of(List<StudyRun.Span> spans) {
      Map<Integer, StudyRun.Span> ends = new HashMap<>();
      for (StudyRun.Span span : spans) {
        ends.merge(span.worker(), span, (a, b) -> a.end() >= b.end() ? a : b);
      }
      if (ends.size() < 2) {
        return Optional.empty();
      }
      StudyRun.Span last =
          ends.values().stream().reduce((a, b) -> a.end() >= b.end() ? a : b).orElseThrow();
      double waited = ends.values().stream().mapToDouble(span -> last.end() - span.end()).sum();
      return Optional.of(new LastToFinish(last.worker(), last.partition(), waited));
    }
  }

  /** The summaries of all configurations that have run, in the order of the grid. */
  static List<ConfigurationSummary> of(StudyResult study) {
    List<ConfigurationSummary> summaries = new ArrayList<>();
    for (int i = 0; i < study.configurations().size(); i++) {
      if (!study.runsOf(i).isEmpty()) {
        summaries.add(of(study, i));
      }
    }
    return summaries;
  }

  private static ConfigurationSummary of(StudyResult study, int index) {
    Configuration configuration = study.configurations().get(index);
    List<StudyRun> runs = study.runsOf(index);
    StudyRun median = study.medianRun(index);
    int workers = configuration.name().workers().orElse(Math.max(1, median.workers().size()));
    int serial = study.configurations().indexOf(configuration.on(RunnerName.SERIAL));
    List<StudyRun> base = serial < 0 ? List.of() : study.runsOf(serial);
    List<Double> speedups = new ArrayList<>();
    List<Double> efficiencies = new ArrayList<>();
    for (StudyRun run : runs) {
      for (StudyRun other : base) {
        if (other.repeat() == run.repeat()) {
          speedups.add(other.wall() / run.wall());
          efficiencies.add(other.wall() / run.wall() / workers);
        }
      }
    }
    Optional<Spread> speedup =
        speedups.isEmpty() ? Optional.empty() : Optional.of(Spread.of(speedups));
    Spread wall = Spread.of(runs.stream().map(StudyRun::wall).toList());
    OptionalDouble cpu = median.cpu();
    return new ConfigurationSummary(
        index,
        configuration,
        workers,
        median.rows(),
        median.partitions(),
        wall,
        median.rows() / wall.median(),
        speedup,
        efficiencies.isEmpty() ? Optional.empty() : Optional.of(Spread.of(efficiencies)),
        speedup.isPresent() && workers > 1
            ? OptionalDouble.of(ScalingLaw.karpFlatt(speedup.get().median(), workers))
            : OptionalDouble.empty(),
        speedups.isEmpty()
            ? Optional.empty()
            : Optional.of(LossAccount.of(study.medianRun(serial), median, workers)),
        cpu.isPresent() ? OptionalDouble.of(cpu.getAsDouble() / median.wall()) : cpu,
        median.workerImbalance(),
        median.partitionImbalance(),
        LastToFinish.of(median.spans()));
  }
}
