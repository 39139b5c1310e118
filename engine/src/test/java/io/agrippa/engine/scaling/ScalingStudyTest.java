package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Partitioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScalingStudyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> ran = new ArrayList<>();

  private StudyResult study(StudyPlan plan) throws Exception {
    ran.clear();
    return new ScalingStudy(
            plan,
            (job, runner, control) -> {
              ran.add(runner.name());
              return Studies.run(job, runner, SECOND, "digest");
            },
            StudyListener.NONE)
        .run("command", "none");
  }

  @Test
  void serialIsAddedToTheGridAndSchedulesMultiplyTheThreads() {
    List<Configuration> grid =
        StudyPlan.grid(
            List.of("threads:2", "virtual:4"),
            List.of(new Partitioning.Natural(), new Partitioning.Rows(10)),
            List.of("static", "dynamic:8"),
            List.of(5L));
    assertThat(grid)
        .extracting(Configuration::toString)
        .containsExactly(
            "serial natural first 5 rows",
            "threads:2:static natural first 5 rows",
            "threads:2:dynamic:8 natural first 5 rows",
            "virtual:4 natural first 5 rows",
            "serial rows:10 first 5 rows",
            "threads:2:static rows:10 first 5 rows",
            "threads:2:dynamic:8 rows:10 first 5 rows",
            "virtual:4 rows:10 first 5 rows");
  }

  @Test
  void aScheduleNeedsANumberOfThreads() {
    assertThatThrownBy(
            () ->
                StudyPlan.grid(
                    List.of("threads"),
                    List.of(new Partitioning.Natural()),
                    List.of("static"),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads:2");
  }

  @Test
  void eachRoundRunsEveryConfigurationOnceAndWarmUpIsNotMeasured() throws Exception {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("threads:1", "threads:2"), 4, 2, 99);
    StudyResult result = study(plan);
    assertThat(ran).hasSize(18);
    Set<List<String>> orders = new HashSet<>();
    for (int round = 0; round < 6; round++) {
      List<String> order = ran.subList(3 * round, 3 * round + 3);
      assertThat(order).containsExactlyInAnyOrder("serial", "threads:1", "threads:2");
      orders.add(List.copyOf(order));
    }
    assertThat(orders).as("orders of the rounds").hasSizeGreaterThan(1);
    assertThat(result.runs()).hasSize(12);
    assertThat(result.runsOf(0)).extracting(StudyRun::repeat).containsExactly(0, 1, 2, 3);
    assertThat(result.end()).isEqualTo(StudyResult.End.COMPLETE);
  }

  @Test
  void theOrderFollowsFromTheSeed() throws Exception {
    List<Configuration> grid = Studies.grid("threads:1", "threads:2", "threads:3", "threads:4");
    study(new StudyPlan(Studies.JOB, grid, 3, 0, 5));
    List<String> first = List.copyOf(ran);
    study(new StudyPlan(Studies.JOB, grid, 3, 0, 5));
    assertThat(ran).isEqualTo(first);
    study(new StudyPlan(Studies.JOB, grid, 3, 0, 6));
    assertThat(ran).isNotEqualTo(first);
  }

  @Test
  void differentOutputsAreNotComparedAndBothAreNamed() {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 1, 0, 1);
    ScalingStudy study =
        new ScalingStudy(
            plan,
            (job, runner, control) -> Studies.run(job, runner, SECOND, "of-" + runner.name()),
            StudyListener.NONE);
    assertThatThrownBy(() -> study.run("command", "none"))
        .isInstanceOf(DifferentOutputException.class)
        .hasMessageContaining("\"serial natural\"")
        .hasMessageContaining("of-serial")
        .hasMessageContaining("\"threads:2 natural\"")
        .hasMessageContaining("of-threads:2");
  }

  @Test
  void otherNumbersOfRowsMayHaveOtherOutputs() throws Exception {
    List<Configuration> grid =
        StudyPlan.grid(
            List.of("threads:2"),
            List.of(new Partitioning.Natural()),
            List.of(),
            List.of(10L, 20L));
    StudyResult result =
        new ScalingStudy(
                new StudyPlan(Studies.JOB, grid, 1, 0, 1),
                (job, runner, control) ->
                    Studies.run(job, runner, SECOND, "of-" + job.limit().getAsLong()),
                StudyListener.NONE)
            .run("command", "none");
    assertThat(result.runs()).hasSize(4);
  }

  @Test
  void cancellingKeepsWhatWasMeasured() throws Exception {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 5, 0, 1);
    ScalingStudy[] study = new ScalingStudy[1];
    study[0] =
        new ScalingStudy(
            plan,
            (job, runner, control) -> {
              ran.add(runner.name());
              if (ran.size() == 4) {
                study[0].cancel();
                assertThat(control.isCancelled()).isTrue();
                throw new InterruptedException("cancelled");
              }
              return Studies.run(job, runner, SECOND, "digest");
            },
            StudyListener.NONE);
    StudyResult result = study[0].run("command", "none");
    assertThat(result.runs()).hasSize(3);
    assertThat(result.end()).isEqualTo(StudyResult.End.CANCELLED);
  }

  @Test
  void aStudyThatIsCancelledBetweenRunsStopsThere() throws Exception {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 5, 0, 1);
    ScalingStudy[] study = new ScalingStudy[1];
    study[0] =
        new ScalingStudy(
            plan,
            (job, runner, control) -> {
              ran.add(runner.name());
              if (ran.size() == 2) {
                study[0].cancel();
              }
              return Studies.run(job, runner, SECOND, "digest");
            },
            StudyListener.NONE);
    assertThat(study[0].run("command", "none").runs()).hasSize(2);
    assertThat(ran).hasSize(2);
  }

  @Test
  void nothingMeasuredIsNoResult() {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 1, 0, 1);
    ScalingStudy study =
        new ScalingStudy(
            plan,
            (job, runner, control) -> {
              throw new InterruptedException("cancelled");
            },
            StudyListener.NONE);
    assertThatThrownBy(() -> study.run("command", "none")).isInstanceOf(InterruptedException.class);
  }

  @Test
  void onlyTheMedianRunsKeepTheirTimelines() throws Exception {
    StudyResult result = study(new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 3, 0, 1));
    for (int i = 0; i < 2; i++) {
      assertThat(result.runsOf(i).stream().filter(run -> !run.spans().isEmpty())).hasSize(1);
      assertThat(result.medianRun(i).spans()).isNotEmpty();
    }
  }

  @Test
  void timeLeftIsJudgedFromWhatRan() throws Exception {
    List<String> told = new ArrayList<>();
    new ScalingStudy(
            new StudyPlan(Studies.JOB, Studies.grid("threads:2"), 2, 0, 1),
            (job, runner, control) -> Studies.run(job, runner, SECOND, "digest"),
            (step, steps, what, left) -> told.add(step + "/" + steps + " " + left))
        .run("command", "none");
    assertThat(told)
        .containsExactly(
            "1/4 Optional.empty", "2/4 Optional[PT3S]", "3/4 Optional[PT2S]", "4/4 Optional[PT1S]");
  }

  @Test
  void aRunnerThatIsNotThereIsRefusedBeforeAnythingRuns() {
    StudyPlan plan = new StudyPlan(Studies.JOB, Studies.grid("gpu:1"), 1, 0, 1);
    assertThatThrownBy(
            () -> new ScalingStudy(plan, (job, runner, control) -> null, StudyListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu:1");
  }
}
