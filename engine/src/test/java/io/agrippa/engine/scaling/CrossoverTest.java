package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Studies of partitions of 100 rows that take 1 s serially, 0.5 s on two threads, and 1.1 s and 0.1
 * s of overhead on a cluster that has to start for 4 s.
 */
class CrossoverTest {
  private static final String CLUSTER = "spark:spark://host:7077";

  private final List<Configuration> configurations = new ArrayList<>();
  private final List<StudyRun> runs = new ArrayList<>();

  private void run(
      String runner, int partitions, int workers, double before, double each, double overhead) {
    List<StudyRun.Span> spans = new ArrayList<>();
    double end = 0;
    for (int i = 0; i < partitions; i++) {
      int turn = i / workers;
      double start = before + turn * (each + overhead);
      end = start + each + overhead;
      spans.add(new StudyRun.Span(i, i % workers, 100, start, end, each));
    }
    List<StudyRun.Worker> own = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      own.add(
          new StudyRun.Worker(
              partitions * each / workers,
              0,
              0,
              0,
              OptionalDouble.of(partitions * each / workers),
              partitions * 100L / workers));
    }
    Configuration configuration =
        new Configuration(runner, new Partitioning.Natural(), OptionalLong.of(partitions * 100L));
    configurations.add(configuration);
    runs.add(
        new StudyRun(
            configurations.size() - 1,
            0,
            runs.size(),
            end,
            partitions * 100L,
            0,
            0,
            "digest",
            Map.of(Phase.SCHEDULE, partitions * overhead),
            own,
            partitions,
            partitions * each,
            each,
            OptionalDouble.empty(),
            OptionalDouble.of(before + partitions * (each + overhead)),
            List.of(),
            OptionalLong.empty(),
            spans));
  }

  private StudyAnalysis analysis() {
    return StudyAnalysis.of(
        new StudyResult(
            "command",
            "model",
            "input",
            "none",
            new Provenance("test", "java", "os", 2, 1, "digest", "command"),
            1,
            1,
            0,
            StudyResult.End.COMPLETE,
            OptionalDouble.empty(),
            configurations,
            runs));
  }

  private static Map<String, OptionalLong> curve(Crossover crossover) {
    return crossover.points().stream()
        .collect(
            Collectors.toMap(
                point -> point.workers() + " at " + point.times(), Crossover.Point::rows));
  }

  @Test
  void theCurveIsTheHandWorkedOne() {
    run("serial", 4, 1, 0, 1, 0);
    run("threads:2", 4, 2, 0, 1, 0);
    run(CLUSTER, 4, 2, 4, 1.1, 0.1);
    SimulationReport report =
        SimulationReport.of(analysis(), SimulationRequest.parse(Map.of("workers", "4")));
    Crossover crossover = report.crossovers().get(0);
    assertThat(crossover.cluster().startUp()).isCloseTo(4, within(1e-9));
    assertThat(crossover.cluster().slowdown()).isCloseTo(1.1, within(1e-9));
    assertThat(crossover.cluster().overhead()).isCloseTo(0.1, within(1e-9));
    assertThat(crossover.local()).isEqualTo("threads:2");
    assertThat(crossover.rowCost()).isCloseTo(0.01, within(1e-9));
    // Of k partitions: 4 + 1.2·⌈k/4⌉ < k/2 first for k = 23; at four times the cost
    // 4 + 4.5·⌈k/4⌉ < 2·k first for k = 7. Two tasks at once gain nothing on two threads.
    assertThat(curve(crossover))
        .containsEntry("4 at 1.0", OptionalLong.of(2300))
        .containsEntry("4 at 4.0", OptionalLong.of(700))
        .containsEntry("2 at 1.0", OptionalLong.empty());
  }

  @Test
  void severalSizesTellWarmingUpFromSlowness() {
    run("serial", 4, 1, 0, 1, 0);
    run("serial", 8, 1, 0, 1, 0);
    run("threads:2", 8, 2, 0, 1, 0);
    run(CLUSTER, 4, 2, 4, 1.5, 0); // 4.4 s of work at 1.1, and each worker loses 0.8 once
    run(CLUSTER, 8, 2, 4, 1.3, 0);
    ClusterCosts costs =
        SimulationReport.of(analysis(), SimulationRequest.DEFAULT).crossovers().get(0).cluster();
    assertThat(costs.slowdown()).isCloseTo(1.1, within(1e-9));
    assertThat(costs.warmUp()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void aStudyWithoutAClusterHasNoCurve() {
    run("serial", 4, 1, 0, 1, 0);
    run("threads:2", 4, 2, 0, 1, 0);
    assertThat(SimulationReport.of(analysis(), SimulationRequest.DEFAULT).crossovers()).isEmpty();
  }

  @Test
  void processorTimeOfMoreRowsIsWithoutStartUp() {
    run("serial", 4, 1, 0, 1, 0);
    run("serial", 8, 1, 0, 1, 0);
    run("threads:2", 4, 2, 0, 1, 0);
    run("threads:2", 8, 2, 0, 1, 0);
    run(CLUSTER, 4, 2, 4, 1.1, 0.1);
    run(CLUSTER, 8, 2, 4, 1.1, 0.1);
    StudyAnalysis analysis = analysis();
    ProcessorTime cluster = analysis.processorTimes().get(2);
    assertThat(cluster.steady()).isTrue();
    assertThat(cluster.perRow().median()).isCloseTo(0.012, within(1e-9));
    assertThat(cluster.ratio().orElseThrow().median()).isCloseTo(1.2, within(1e-9));
    assertThat(analysis.processorTimes().get(1).ratio()).as("the base").isEmpty();
    assertThat(analysis.findings())
        .extracting(StudyAnalysis.Finding::topic)
        .contains("Processor time");
  }

  @Test
  void processorTimeOfOneSizeIsWithStartUp() {
    run("serial", 4, 1, 0, 1, 0);
    run(CLUSTER, 4, 2, 4, 1.1, 0.1);
    ProcessorTime cluster = analysis().processorTimes().get(1);
    assertThat(cluster.steady()).isFalse();
    assertThat(cluster.ratio().orElseThrow().median()).isCloseTo(8.8 / 4, within(1e-9));
  }
}
