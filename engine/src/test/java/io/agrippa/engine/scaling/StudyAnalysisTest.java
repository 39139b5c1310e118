package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Partitioning;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StudyAnalysisTest {
  /** Serial 10 s, 2 threads 6 s, 4 threads 5 s; each round takes a tenth longer than the last. */
  private static StudyResult study() throws Exception {
    int[] calls = new int[1];
    List<Configuration> grid = Studies.grid("threads:2", "threads:4");
    return new ScalingStudy(
            new StudyPlan(Studies.JOB, grid, 3, 0, 1),
            (job, runner, control) -> {
              int round = calls[0]++ / 3;
              long millis =
                  switch (runner.name()) {
                    case "serial" -> 10_000;
                    case "threads:2" -> 6_000;
                    default -> 5_000;
                  };
              return Studies.run(
                  job, runner, Duration.ofMillis(millis + millis / 10 * round), "digest");
            },
            StudyListener.NONE)
        .run("command", "none");
  }

  @Test
  void speedUpsAreOfRunsOfTheSameRoundSoThatDriftCancels() throws Exception {
    StudyAnalysis analysis = StudyAnalysis.of(study());
    ConfigurationSummary two = analysis.configurations().get(1);
    assertThat(two.configuration().runner()).isEqualTo("threads:2");
    Spread speedup = two.speedup().orElseThrow();
    assertThat(speedup.median()).isCloseTo(10.0 / 6, within(1e-9));
    assertThat(speedup.max() - speedup.min()).isCloseTo(0, within(1e-9));
    assertThat(two.wall().median()).isCloseTo(6.6, within(1e-9));
    assertThat(two.efficiency().orElseThrow().median()).isCloseTo(10.0 / 12, within(1e-9));
    assertThat(two.karpFlatt().orElseThrow()).isCloseTo(0.2, within(1e-9)); // (0.6 − 0.5)/0.5
  }

  @Test
  void lossesAddUpToWhatWasAvailable() throws Exception {
    for (ConfigurationSummary summary : StudyAnalysis.of(study()).configurations()) {
      LossAccount losses = summary.losses().orElseThrow();
      assertThat(losses.useful() + losses.alone() + losses.waiting() + losses.slower())
          .isCloseTo(losses.available(), within(1e-9));
    }
  }

  @Test
  void lossesAreTheHandWorkedOnes() throws Exception {
    // Serial 11 s: busy 9.9, waits 1.1. Two threads 6.6 s: each busy 5.94, waits 0.66.
    LossAccount losses = StudyAnalysis.of(study()).configurations().get(1).losses().orElseThrow();
    assertThat(losses.available()).isCloseTo(13.2, within(1e-9));
    assertThat(losses.useful()).isCloseTo(11, within(1e-9));
    assertThat(losses.alone()).isCloseTo(0, within(1e-9));
    assertThat(losses.waiting()).isCloseTo(1.32 - 1.1, within(1e-9));
    assertThat(losses.slower()).isCloseTo(11.88 - 9.9, within(1e-9));
  }

  @Test
  void moreWorkersThanProcessorsAreLeftOutOfTheFits() throws Exception {
    ScalingSeries series = StudyAnalysis.of(study()).series().get(0);
    assertThat(series.points()).extracting(ScalingLaw.Point::workers).containsExactly(1, 2, 4);
    assertThat(series.leftOut()).containsExactly(4); // the made-up machine has 2
    assertThat(series.amdahl().law().orElseThrow().contention()).isCloseTo(0.2, within(1e-9));
    assertThat(series.universal().why()).startsWith("not identifiable from N=1,2");
  }

  @Test
  void whoFinishedLastAndWhatOthersWaitedIsKept() throws Exception {
    // Ends: worker i at busy − 10 i ms, so worker 0 is last; three others waited 10 + 20 + 30 ms.
    ConfigurationSummary.LastToFinish last =
        StudyAnalysis.of(study()).configurations().get(2).lastToFinish().orElseThrow();
    assertThat(last.worker()).isZero();
    assertThat(last.partition()).isZero();
    assertThat(last.waited()).isCloseTo(0.06, within(1e-9));
  }

  @Test
  void theFirstAnswerNamesTheFastestConfiguration() throws Exception {
    StudyAnalysis.Finding first = StudyAnalysis.of(study()).findings().get(0);
    assertThat(first.answer()).contains("threads:4").contains("2.00");
    assertThat(first.evidence()).contains("5.50 s").contains("threads:2 6.60 s");
  }

  @Test
  void ofAsFastOnesTheOneWithTheFewestWorkersIsAdvised() throws Exception {
    StudyResult study =
        new ScalingStudy(
                new StudyPlan(Studies.JOB, Studies.grid("threads:2", "threads:4"), 1, 0, 1),
                (job, runner, control) ->
                    Studies.run(
                        job,
                        runner,
                        Duration.ofMillis(runner.name().equals("serial") ? 1000 : 500),
                        "digest"),
                StudyListener.NONE)
            .run("command", "none");
    assertThat(StudyAnalysis.of(study).findings().get(0).answer())
        .startsWith("Run it on threads:2");
  }

  @Test
  void figuresOfAPartialStudyAreOfWhatRan() throws Exception {
    StudyResult whole = study();
    StudyResult partial =
        new StudyResult(
            whole.command(),
            whole.model(),
            whole.input(),
            whole.output(),
            whole.provenance(),
            whole.seed(),
            whole.repeats(),
            whole.warmups(),
            StudyResult.End.CANCELLED,
            whole.loadBefore(),
            whole.configurations(),
            whole.runs().subList(0, 1));
    StudyAnalysis analysis = StudyAnalysis.of(partial);
    assertThat(analysis.configurations()).hasSize(1);
    assertThat(analysis.findings()).isNotEmpty();
  }

  @Test
  void runnersAreTakenApartByName() {
    assertThat(RunnerName.parse("threads:4:dynamic:8").family()).isEqualTo("threads dynamic:8");
    assertThat(RunnerName.parse("threads:4:dynamic:8").workers()).hasValue(4);
    assertThat(RunnerName.parse("spark:local[2]").workers()).hasValue(2);
    assertThat(RunnerName.parse("spark:local[2]").family()).isEqualTo("spark local");
    assertThat(RunnerName.parse("spark:local[*]").workers()).isEmpty();
    assertThat(RunnerName.parse("spark:local-cluster[2,3,1024]").workers()).hasValue(6);
    assertThat(RunnerName.parse("spark:local-cluster[2,3,1024];spark.x=1").family())
        .isEqualTo("spark local-cluster;spark.x=1");
    assertThat(RunnerName.parse("spark:spark://host:7077").workers()).isEmpty();
    assertThat(RunnerName.parse("spark:spark://host:7077").family())
        .isEqualTo("spark spark://host:7077");
    assertThat(RunnerName.parse("serial").workers()).hasValue(1);
    assertThat(new Configuration("threads:2", new Partitioning.Rows(5), OptionalLong.of(7)))
        .hasToString("threads:2 rows:5 first 7 rows");
  }
}
