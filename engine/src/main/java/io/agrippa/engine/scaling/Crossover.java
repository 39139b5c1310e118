package io.agrippa.engine.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * From how many rows on a cluster beats this machine. The cluster is simulated, with what a run on
 * it was measured to add to the work ({@link ClusterCosts}); this machine's times are a line
 * through its measured ones.
 *
 * @param cluster what the cluster costs
 * @param local the runner of this machine that was fastest on the largest input
 * @param localStart seconds that a run of it takes with no rows
 * @param localRow seconds that it takes for a row
 * @param rowCost seconds that a serial run needs for a row
 * @param points the curve
 */
public record Crossover(
    ClusterCosts cluster,
    String local,
    double localStart,
    double localRow,
    double rowCost,
    List<Point> points) {
  /** How many times as dear as the measured rows the rows of the curve are. */
  private static final double[] TIMES = {0.25, 1, 4, 16, 64, 256};

  /** Beyond so many partitions nothing is simulated: by then start-up counts for nothing. */
  private static final int MOST_PARTITIONS = 1 << 14;

  /**
   * A point of the curve.
   *
   * @param workers tasks that the cluster works on at once, each with a processor
   * @param times how many times as dear as the measured rows its rows are
   * @param rows from how many rows on the cluster is faster, to whole partitions; empty where it is
   *     not at any size that was simulated
   */
  public record Point(int workers, double times, OptionalLong rows) {
    public Point {
      Objects.requireNonNull(rows, "rows");
    }
  }

  public Crossover {
    points = List.copyOf(points);
  }

  /** One for each cluster that was measured, with the most workers that were measured of it. */
  static List<Crossover> of(StudyAnalysis analysis, SimulationRequest request) {
    List<Crossover> crossovers = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    analysis.configurations().stream()
        .filter(s -> s.configuration().name().isCluster())
        .sorted(
            Comparator.comparingLong(ConfigurationSummary::rows)
                .thenComparingInt(ConfigurationSummary::workers)
                .reversed())
        .filter(s -> seen.add(s.configuration().name().family()))
        .forEach(s -> of(analysis, s, request).ifPresent(crossovers::add));
    return crossovers;
  }

  private static Optional<Crossover> of(
      StudyAnalysis analysis, ConfigurationSummary cluster, SimulationRequest request) {
    Configuration asked = cluster.configuration();
    List<ConfigurationSummary> cut =
        analysis.configurations().stream()
            .filter(s -> s.configuration().partitioning().equals(asked.partitioning()))
            .toList();
    List<ConfigurationSummary> serials =
        cut.stream().filter(s -> s.configuration().name().isSerial()).toList();
    Optional<ClusterCosts> costs = costs(analysis, cluster);
    Optional<ConfigurationSummary> serial =
        serials.stream().filter(s -> s.rows() == cluster.rows()).findFirst();
    Optional<ConfigurationSummary> local =
        cut.stream()
            .filter(s -> !s.configuration().name().isCluster() && s.rows() == cluster.rows())
            .min(Comparator.comparingDouble(s -> s.wall().median()));
    if (costs.isEmpty() || serial.isEmpty() || local.isEmpty()) {
      return Optional.empty();
    }
    StudyRun serially = analysis.study().medianRun(serial.get().index());
    List<Double> partitions = serially.spans().stream().map(StudyRun.Span::busy).toList();
    if (partitions.size() != serially.partitions() || serially.rows() == 0) {
      return Optional.empty(); // a timeline that was cut short
    }
    double[] line = line(analysis, cut, local.get());
    double perPartition = (double) serially.rows() / partitions.size();
    TreeSet<Integer> workers = new TreeSet<>(request.workers());
    workers.add(cluster.workers());
    List<Point> points = new ArrayList<>();
    for (int count : workers) {
      for (double times : TIMES) {
        Search search =
            new Search(costs.get(), request, partitions, count, times, line, perPartition);
        points.add(new Point(count, times, search.rows()));
      }
    }
    return Optional.of(
        new Crossover(
            costs.get(),
            local.get().configuration().runner(),
            line[0],
            line[1],
            serially.partitionTotal() / serially.rows(),
            points));
  }

  /** What a cluster costs, from all input sizes that were measured with its runner and cut. */
  static Optional<ClusterCosts> costs(StudyAnalysis analysis, ConfigurationSummary cluster) {
    Configuration asked = cluster.configuration();
    List<ConfigurationSummary> cut =
        analysis.configurations().stream()
            .filter(s -> s.configuration().partitioning().equals(asked.partitioning()))
            .toList();
    return ClusterCosts.of(
        analysis.study(),
        cut.stream().filter(s -> s.configuration().runner().equals(asked.runner())).toList(),
        cut.stream().filter(s -> s.configuration().name().isSerial()).toList());
  }

  /** Start and seconds a row of a local runner, through its least and largest inputs. */
  private static double[] line(
      StudyAnalysis analysis, List<ConfigurationSummary> cut, ConfigurationSummary local) {
    ConfigurationSummary small =
        cut.stream()
            .filter(s -> s.configuration().runner().equals(local.configuration().runner()))
            .min(Comparator.comparingLong(ConfigurationSummary::rows))
            .orElseThrow();
    if (small.rows() < local.rows()) {
      double slope =
          (local.wall().median() - small.wall().median()) / (local.rows() - small.rows());
      double start = local.wall().median() - slope * local.rows();
      if (slope > 0 && start >= 0) {
        return new double[] {start, slope};
      }
    }
    double start = ClusterCosts.outside(analysis.study().medianRun(local.index()));
    return new double[] {start, (local.wall().median() - start) / local.rows()};
  }

  /** Looks for the least number of partitions from which on the cluster is faster. */
  private record Search(
      ClusterCosts cluster,
      SimulationRequest request,
      List<Double> partitions,
      int workers,
      double times,
      double[] line,
      double perPartition) {
    OptionalLong rows() {
      int most = 1;
      while (!isFaster(most)) {
        most *= 2;
        if (most > MOST_PARTITIONS) {
          return OptionalLong.empty();
        }
      }
      int least = most / 2; // not faster, or 0
      while (most - least > 1) {
        int middle = (least + most) / 2;
        if (isFaster(middle)) {
          most = middle;
        } else {
          least = middle;
        }
      }
      return OptionalLong.of(Math.round(most * perPartition));
    }

    private boolean isFaster(int count) {
      List<Double> costs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        costs.add(partitions.get(i % partitions.size()) * times);
      }
      double there =
          cluster
              .simulation(costs, request.transfer(), Simulation.Hazards.NONE)
              .run(workers, SimulatedSchedule.NEXT, 0)
              .seconds();
      return there < line[0] + line[1] * times * count * perPartition;
    }
  }
}
