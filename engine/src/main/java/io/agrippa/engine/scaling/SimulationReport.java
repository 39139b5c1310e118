package io.agrippa.engine.scaling;

import io.agrippa.engine.measure.Phase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs that this machine has not the processors for, simulated with costs that it measured: each
 * partition costs what it cost in the median serial run, start-up what that run spent outside of
 * partitions, and starting workers what the median run of that family spent on it.
 *
 * @param request what was asked for
 * @param foretold simulated times
 * @param checked simulated times of configurations that were measured, with what they took
 * @param crossovers from how many rows on clusters that were measured beat this machine
 */
public record SimulationReport(
    SimulationRequest request,
    List<Foretold> foretold,
    List<Checked> checked,
    List<Crossover> crossovers) {
  /** Times that luck is drawn anew, where luck plays a part. */
  private static final int DRAWS = 21;

  /**
   * A simulated configuration.
   *
   * @param family kind and schedule of the runners
   * @param configuration the serial configuration whose costs were used
   * @param workers number of workers
   * @param seconds over draws of luck
   * @param speedup the serial run's median time over the median of these
   */
  public record Foretold(
      String family, Configuration configuration, int workers, Spread seconds, double speedup) {}

  /**
   * A simulated time with the measured one. Nothing of the simulation was fitted to it.
   *
   * @param configuration what was measured
   * @param measured median, seconds
   * @param simulated seconds, without hazards
   */
  public record Checked(Configuration configuration, double measured, double simulated) {
    /** Simulated over measured, less 1. */
    public double error() {
      return simulated / measured - 1;
    }
  }

  public SimulationReport {
    foretold = List.copyOf(foretold);
    checked = List.copyOf(checked);
    crossovers = List.copyOf(crossovers);
  }

  /** Simulates for a study; where it kept no timelines of serial runs, nothing can be. */
  public static SimulationReport of(StudyAnalysis analysis, SimulationRequest request) {
    List<Foretold> foretold = new ArrayList<>();
    List<Checked> checked = new ArrayList<>();
    long most =
        analysis.configurations().stream().mapToLong(ConfigurationSummary::rows).max().orElse(0);
    for (ConfigurationSummary serial : analysis.configurations()) {
      StudyRun run = analysis.study().medianRun(serial.index());
      if (!serial.configuration().name().isSerial() || run.spans().size() != run.partitions()) {
        continue; // a timeline that was cut short is no run to simulate
      }
      List<ConfigurationSummary> others =
          analysis.configurations().stream()
              .filter(s -> s.configuration().on(RunnerName.SERIAL).equals(serial.configuration()))
              .filter(s -> s.workers() > 1 && schedule(s).isPresent())
              .toList();
      for (ConfigurationSummary other : others) {
        if (analysis.waits() || other.workers() <= analysis.study().provenance().cores()) {
          Simulation simulation = simulation(analysis, run, other, 0, Simulation.Hazards.NONE);
          checked.add(
              new Checked(
                  other.configuration(),
                  other.wall().median(),
                  simulation.run(other.workers(), schedule(other).orElseThrow(), 0).seconds()));
        }
      }
      if (serial.rows() == most) {
        foretell(analysis, request, serial, run, others, foretold);
      }
    }
    return new SimulationReport(request, foretold, checked, Crossover.of(analysis, request));
  }

  private static void foretell(
      StudyAnalysis analysis,
      SimulationRequest request,
      ConfigurationSummary serial,
      StudyRun run,
      List<ConfigurationSummary> others,
      List<Foretold> foretold) {
    Set<String> seen = new LinkedHashSet<>();
    for (ConfigurationSummary other : others) {
      String family = other.configuration().name().family();
      if (!seen.add(family)) {
        continue;
      }
      Simulation simulation =
          simulation(analysis, run, other, request.transfer(), request.hazards());
      for (int workers : request.workers()) {
        List<Double> seconds = new ArrayList<>();
        for (int draw = 0; draw < (request.hazards().random() ? DRAWS : 1); draw++) {
          seconds.add(
              simulation
                  .run(workers, schedule(other).orElseThrow(), analysis.study().seed() + draw)
                  .seconds());
        }
        Spread spread = Spread.of(seconds);
        foretold.add(
            new Foretold(
                family,
                serial.configuration(),
                workers,
                spread,
                serial.wall().median() / spread.median()));
      }
    }
  }

  private static Optional<SimulatedSchedule> schedule(ConfigurationSummary summary) {
    try {
      return Optional.of(
          summary
              .configuration()
              .name()
              .schedule()
              .filter(words -> !summary.configuration().name().isCluster())
              .map(SimulatedSchedule::parse)
              .orElse(SimulatedSchedule.NEXT));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a runner whose words are not ours
    }
  }

  private static Simulation simulation(
      StudyAnalysis analysis,
      StudyRun serial,
      ConfigurationSummary family,
      double transfer,
      Simulation.Hazards hazards) {
    List<Double> costs = serial.spans().stream().map(StudyRun.Span::busy).toList();
    if (family.configuration().name().isCluster()) {
      Optional<ClusterCosts> cluster = Crossover.costs(analysis, family);
      if (cluster.isPresent()) {
        return cluster.get().simulation(costs, transfer, hazards);
      }
    }
    double inPartitions = costs.stream().mapToDouble(Double::doubleValue).sum();
    double start =
        analysis.study().medianRun(family.index()).phases().getOrDefault(Phase.START, 0.0);
    return new Simulation(
        costs, Math.max(0, serial.wall() - inPartitions), start, transfer, 0, hazards);
  }

  /** Median of the checked configurations' relative errors without sign, where there are any. */
  public Optional<Double> usualError() {
    return checked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Spread.median(checked.stream().mapToDouble(c -> Math.abs(c.error())).toArray()));
  }

  /** The largest of them. */
  public Optional<Double> worstError() {
    return checked.stream().map(c -> Math.abs(c.error())).max(Double::compare);
  }
}
