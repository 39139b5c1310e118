package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.scaling.Simulation.Hazards;
import io.agrippa.engine.scaling.Simulation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final SimulatedSchedule STATIC = SimulatedSchedule.parse("static");
  private static final SimulatedSchedule DYNAMIC = SimulatedSchedule.parse("dynamic");
  private static final SimulatedSchedule GUIDED = SimulatedSchedule.parse("guided");
  private static final SimulatedSchedule STEALING = SimulatedSchedule.parse("stealing");

  private static Simulation of(Double... costs) {
    return new Simulation(List.of(costs), 0, 0, 0, 0, Hazards.NONE);
  }

  @Test
  void threeAlikePartitionsOnTwoWorkersTakeTwoTurns() {
    assertThat(of(1.0, 1.0, 1.0).run(2, DYNAMIC, 1).seconds()).isEqualTo(2);
  }

  @Test
  void startUpIsOnceAndWorkersStartSideBySide() {
    Simulation simulation = new Simulation(List.of(1.0, 1.0), 10, 3, 0, 0.5, Hazards.NONE);
    assertThat(simulation.run(2, DYNAMIC, 1).seconds()).isEqualTo(10 + 3 + 1.5);
  }

  @Test
  void aLongLastPartitionKeepsTheOthersWaiting() {
    // Worker 0: 1, then 4 from 1 to 5. Worker 1: 1, then nothing.
    Outcome outcome = of(1.0, 1.0, 4.0).run(2, DYNAMIC, 1);
    assertThat(outcome.seconds()).isEqualTo(5);
    assertThat(ConfigurationSummary.LastToFinish.of(outcome.spans()).orElseThrow())
        .isEqualTo(new ConfigurationSummary.LastToFinish(0, 2, 4));
  }

  @Test
  void staticGoesRoundAndDynamicAndStealingDoNotWaitForTheSlow() {
    // Round the two workers: 0 has 5 + 5, 1 has 1 + 1.
    Simulation simulation = of(5.0, 1.0, 5.0, 1.0);
    assertThat(simulation.run(2, STATIC, 1).seconds()).isEqualTo(10);
    // Worker 1: 1, then 5; worker 0: 5, then 1.
    assertThat(simulation.run(2, DYNAMIC, 1).seconds()).isEqualTo(6);
    // Worker 1: 1 and its own 1, then steals the 5 that worker 0 has not begun: 2 + 5.
    assertThat(simulation.run(2, STEALING, 1).seconds()).isEqualTo(7);
  }

  @Test
  void chunksAreHandedOutTogether() {
    // Chunks {1, 1} and {1, 1} and {1}: two workers need 3 turns at most, chunks of 3 need 3.
    assertThat(of(1.0, 1.0, 1.0, 1.0).run(2, SimulatedSchedule.parse("dynamic:3"), 1).seconds())
        .isEqualTo(3);
    assertThat(of(1.0, 1.0, 1.0, 1.0).run(2, SimulatedSchedule.parse("static:2"), 1).seconds())
        .isEqualTo(2);
  }

  @Test
  void guidedChunksAreHalfOfAnEvenShare() {
    // 8 partitions, 2 workers: chunks of 2, 1, 1, 1 …; all alike, so it is 4 each.
    Outcome outcome = of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0).run(2, GUIDED, 1);
    assertThat(outcome.seconds()).isEqualTo(4);
    assertThat(outcome.spans())
        .filteredOn(span -> span.partition() <= 1)
        .extracting(StudyRun.Span::worker)
        .containsExactly(0, 0);
  }

  @Test
  void aChannelThatServesOneAtATimeIsTheLimit() {
    // Hand-over 1, work 1, three workers: hand-overs end at 1, 2, 3; the last is done at 4.
    Simulation simulation = new Simulation(List.of(1.0, 1.0, 1.0), 0, 0, 1, 0, Hazards.NONE);
    Outcome outcome = simulation.run(3, DYNAMIC, 1);
    assertThat(outcome.seconds()).isEqualTo(4);
    assertThat(outcome.queued()).isEqualTo(1 + 2);
    assertThat(simulation.run(100, DYNAMIC, 1).seconds()).isEqualTo(4);
  }

  @Test
  void slowWorkersAreSlow() {
    Hazards all = new Hazards(0, 1, 3, 0, 0);
    assertThat(new Simulation(List.of(2.0), 0, 0, 0, 0, all).run(1, DYNAMIC, 1).seconds())
        .isEqualTo(6);
  }

  @Test
  void noPartitionsTakeNoMoreThanTheStart() {
    Simulation simulation = new Simulation(List.of(), 2, 0, 0, 0, Hazards.NONE);
    assertThat(simulation.run(4, DYNAMIC, 1).seconds()).isEqualTo(2);
  }

  @Test
  void nothingIsLostAndNothingIsDoneTwice() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int partitions = random.nextInt(60);
      List<Double> costs = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        costs.add(random.nextDouble());
      }
      Hazards hazards = new Hazards(random.nextDouble(), 0.2, 3, random.nextDouble() * 0.5, 0.1);
      Simulation simulation =
          new Simulation(costs, 0.5, 0.1, random.nextInt(2) * 0.05, 0.01, hazards);
      for (SimulatedSchedule schedule : List.of(STATIC, DYNAMIC, GUIDED, STEALING)) {
        int workers = 1 + random.nextInt(9);
        Outcome outcome = simulation.run(workers, schedule, seed);
        String what = "seed %d, %s, %d workers".formatted(seed, schedule, workers);
        assertThat(outcome.spans())
            .as(what)
            .extracting(StudyRun.Span::partition)
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, partitions).mapToObj(i -> (long) i).toList());
        double done = outcome.spans().stream().mapToDouble(StudyRun.Span::busy).sum();
        assertThat(outcome.busy()).as(what).isCloseTo(done + outcome.lost(), within(1e-9));
        assertThat(outcome.seconds())
            .as(what)
            .isGreaterThanOrEqualTo(0.5 + outcome.busy() / workers - 1e-9);
        assertThat(outcome.failures() == 0).as(what).isEqualTo(outcome.lost() == 0);
        for (int worker = 0; worker < workers; worker++) {
          assertNoOverlap(outcome, worker, what);
        }
      }
    }
  }

  private static void assertNoOverlap(Outcome outcome, int worker, String what) {
    double free = 0;
    for (StudyRun.Span span : outcome.spans()) {
      if (span.worker() == worker) {
        assertThat(span.start()).as(what).isGreaterThanOrEqualTo(free - 1e-9);
        free = span.end();
      }
    }
  }

  @Test
  void oneWorkerTakesTheSumWhateverTheSchedule() {
    List<Double> costs = new SplittableRandom(3).doubles(40).boxed().toList();
    double sum = costs.stream().mapToDouble(Double::doubleValue).sum();
    Simulation simulation = new Simulation(costs, 1, 0, 0, 0, Hazards.NONE);
    for (SimulatedSchedule schedule : List.of(STATIC, DYNAMIC, GUIDED, STEALING)) {
      assertThat(simulation.run(1, schedule, 1).seconds()).isCloseTo(1 + sum, within(1e-9));
    }
  }

  @Test
  void dynamicIsNeverMoreThanTwiceTheBestPossible() {
    // Graham's bound for list scheduling: (2 − 1/W) times the lower bound at most.
    for (long seed = 1; seed <= 50; seed++) {
      List<Double> costs = new SplittableRandom(seed).doubles(1 + seed).boxed().toList();
      double sum = costs.stream().mapToDouble(Double::doubleValue).sum();
      double longest = costs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      Simulation simulation = new Simulation(costs, 0, 0, 0, 0, Hazards.NONE);
      for (int workers : new int[] {1, 2, 5, 64}) {
        double least = Math.max(sum / workers, longest);
        assertThat(simulation.run(workers, DYNAMIC, seed).seconds())
            .as("seed %d, %d workers", seed, workers)
            .isBetween(least - 1e-9, (2 - 1.0 / workers) * least + 1e-9);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRunAndAnotherAnother() {
    Simulation simulation =
        new Simulation(
            new SplittableRandom(9).doubles(50).boxed().toList(),
            0,
            0,
            0,
            0,
            new Hazards(0.5, 0.1, 4, 0.1, 1));
    assertThat(simulation.run(4, DYNAMIC, 7)).isEqualTo(simulation.run(4, DYNAMIC, 7));
    assertThat(simulation.run(4, DYNAMIC, 8)).isNotEqualTo(simulation.run(4, DYNAMIC, 7));
  }

  @Test
  void aRequestReadsItsOwnTexts() {
    SimulationRequest request =
        SimulationRequest.parse(Map.of("workers", "4,16", "failures", "0.01"));
    assertThat(request.workers()).containsExactly(4, 16);
    assertThat(SimulationRequest.parse(request.texts())).isEqualTo(request);
    assertThatThrownBy(() -> SimulationRequest.parse(Map.of("worker", "4")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers");
    assertThatThrownBy(() -> SimulationRequest.parse(Map.of("failures", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("failures");
  }

  @Test
  void aStudyIsSimulatedWithItsOwnCostsAndCheckedAgainstItsOwnRuns() throws Exception {
    // Made-up serial runs: one partition of 9/10 of the time, so more workers change nothing.
    StudyResult study =
        new ScalingStudy(
                new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 1, 0, 1),
                (job, runner, control) ->
                    Studies.run(job, runner, Duration.ofSeconds(10), "digest"),
                StudyListener.NONE)
            .run("command", "none");
    SimulationReport report =
        SimulationReport.of(
            StudyAnalysis.of(study), SimulationRequest.parse(Map.of("workers", "4")));
    assertThat(report.foretold()).hasSize(1);
    assertThat(report.foretold().get(0).seconds().median()).isCloseTo(10, within(1e-9));
    assertThat(report.checked()).hasSize(1);
    assertThat(report.usualError().orElseThrow()).isCloseTo(0, within(1e-9));
  }
}
