package io.agrippa.engine.scaling;

import java.util.List;
import java.util.Optional;

/**
 * All figures of a study, computed from its measurements alone.
 *
 * @param study what was measured
 * @param waits whether the serial runs waited more than they computed: then processors are not what
 *     the work is short of
 * @param configurations one summary for each configuration that has run
 * @param series the same work on more and more workers
 * @param costs cost models, one for each family of runners
 * @param processorTimes what a row costs in processor time, by runner and cut, where it is known
 * @param findings the answers in words, the first ones first
 */
public record StudyAnalysis(
    StudyResult study,
    boolean waits,
    List<ConfigurationSummary> configurations,
    List<ScalingSeries> series,
    List<CostFit> costs,
    List<ProcessorTime> processorTimes,
    List<Finding> findings) {
  /**
   * A share of processor time in working time below which the work counts as waiting. Low, because
   * others on the machine also keep threads off the processors.
   */
  private static final double WAITS_BELOW = 0.25;

  /**
   * An answer.
   *
   * @param topic what it is about, in a word or two
   * @param answer the answer, in a sentence or two
   * @param evidence the figures that it rests on
   */
  public record Finding(String topic, String answer, String evidence) {
    /** The topic of the caution that others used the machine. */
    public static final String SHARED_MACHINE = "Others on the machine";
  }

  public StudyAnalysis {
    configurations = List.copyOf(configurations);
    series = List.copyOf(series);
    costs = List.copyOf(costs);
    processorTimes = List.copyOf(processorTimes);
    findings = List.copyOf(findings);
  }

  /** Computes all figures. */
  public static StudyAnalysis of(StudyResult study) {
    List<ConfigurationSummary> summaries = ConfigurationSummary.of(study);
    int processors = study.provenance().cores();
    boolean waits = computing(study).filter(share -> share < WAITS_BELOW).isPresent();
    StudyAnalysis figures =
        new StudyAnalysis(
            study,
            waits,
            summaries,
            ScalingSeries.of(summaries, processors, waits),
            CostFit.of(summaries, waits ? Integer.MAX_VALUE : processors), // waiting needs none
            ProcessorTime.of(study, summaries),
            List.of());
    return new StudyAnalysis(
        study,
        waits,
        figures.configurations,
        figures.series,
        figures.costs,
        figures.processorTimes,
        new Advisor(figures).findings());
  }

  /** Share of the serial runs' working time that was spent on a processor, where known. */
  static Optional<Double> computing(StudyResult study) {
    double busy = 0;
    double cpu = 0;
    for (StudyRun run : study.runs()) {
      if (study.configurations().get(run.configuration()).name().isSerial()) {
        if (run.cpu().isEmpty()) {
          return Optional.empty();
        }
        busy += run.busy();
        cpu += run.cpu().getAsDouble();
      }
    }
    return busy == 0 ? Optional.empty() : Optional.of(cpu / busy);
  }

  /** The summary of a configuration, where it has run. */
  public Optional<ConfigurationSummary> summary(Configuration configuration) {
    return configurations.stream().filter(s -> s.configuration().equals(configuration)).findFirst();
  }
}
