package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.analysis.Profile;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.Job.ModelPlace;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunListener;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application on a standalone cluster of processes, submitted by spark-submit. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterIT {
  private static final Runner SERIAL = Runners.named("serial");

  @TempDir private static Path clusterFolder;
  private static StandaloneCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = new StandaloneCluster(clusterFolder, 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Runner spark() {
    return Runners.named("spark:" + cluster.url() + ";spark.executor.memory=1g");
  }

  /** Runs a job and tells of the rows that are done. */
  private static RunResult run(Job job, LongConsumer progress)
      throws IOException, InterruptedException {
    AtomicLong rows = new AtomicLong();
    return Agrippa.run(
        job,
        spark(),
        new RunControl(
            new RunListener() {
              @Override
              public void started(OptionalLong all, OptionalLong bytes) {}

              @Override
              public void advanced(long more, long bytes) {
                progress.accept(rows.addAndGet(more));
              }
            }));
  }

  private static Measurement serial(Job job) throws IOException, InterruptedException {
    return Agrippa.run(job, SERIAL, new RunControl()).measurement();
  }

  @Test
  void aModelOfTheZooGivesTheSerialRowsAndTheTimesOfAllPhases() throws Exception {
    Job job =
        Job.score(new ModelPlace("model:diamond-price"), new Dataset("dataset:diamonds"))
            .with(new Partitioning.Count(6));
    Measurement measured = run(job, rows -> {}).measurement();
    assertThat(measured.outputDigest()).isEqualTo(serial(job).outputDigest());
    assertThat(measured.phases())
        .containsKeys(Phase.SUBMIT, Phase.START, Phase.BROADCAST, Phase.SCHEDULE, Phase.SCORE);
    assertThat(measured.workers()).hasSize(2);
  }

  @Test
  void analysesComeBackWhole() throws Exception {
    Job job =
        Job.read(new Dataset("dataset:diamonds"))
            .with(new Job.Analysis(AnalysisProvider.PROFILE, Map.of()));
    Profile profile = (Profile) run(job, rows -> {}).aggregated().orElseThrow().result();
    assertThat(profile.rows()).isEqualTo(serial(job).rows());
  }

  @Test
  void aBadRowIsReportedAsByASerialRun() throws Exception {
    Path model =
        Files.writeString(
            folder.resolve("m.pmml"),
            """
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>
            <DataField name="x" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="9"/></DataField>
            </DataDictionary><RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
            <Output><OutputField name="y" feature="predictedValue" optype="continuous" dataType="double"/></Output>
            <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel></PMML>
            """);
    Path input = Files.writeString(folder.resolve("in.csv"), "x\n1\n2\n10\n3\n");
    Job job = Job.score(new ModelPlace(model.toString()), new Dataset(input.toString()));
    assertThatThrownBy(() -> run(job, rows -> {}))
        .isInstanceOfSatisfying(
            BadRowException.class,
            e -> assertThat(e).hasMessageContaining("in.csv: row 3: field \"x\" is \"10.0\""));
  }

  @Test
  void lostExecutorsAndWorkersCostTimeAndNoRow() throws Exception {
    Path output = folder.resolve("rows.csv");
    Dataset input = new Dataset("generate:mixed,rows=400000,wait=20");
    Job job = Job.read(input).with(new Partitioning.Rows(8_192));
    Job writing = job.into(Optional.of(new Dataset(output.toString())));
    boolean[] killed = new boolean[2];
    Measurement measured =
        run(
                writing,
                rows -> {
                  if (rows > 60_000 && !killed[0]) {
                    killed[0] = cluster.killExecutor(0);
                  }
                  if (rows > 160_000 && !killed[1]) {
                    cluster.killWorker(1);
                    killed[1] = true;
                  }
                })
            .measurement();
    assertThat(killed).containsExactly(true, true);
    Measurement serial = serial(Job.read(new Dataset("generate:mixed,rows=400000")));
    assertThat(measured.rows()).isEqualTo(400_000);
    assertThat(measured.incidents())
        .anySatisfy(told -> assertThat(told).startsWith("executor 0 was lost"));
    assertThat(measured.outputDigest()).isEqualTo(serial.outputDigest());
    Path whole = folder.resolve("whole.csv");
    serial(Job.copy(new Dataset("generate:mixed,rows=400000"), new Dataset(whole.toString())));
    assertThat(serial(Job.read(new Dataset(output.toString()))).sequenceDigest())
        .isEqualTo(serial(Job.read(new Dataset(whole.toString()))).sequenceDigest());
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(List.of("rows.csv", "whole.csv"));
    }
    cluster.addWorker();
    cluster.await(2); // for the tests that follow
  }

  @Test
  void aMasterThatIsNotThereIsToldSo() {
    Job job = Job.read(new Dataset("generate:numeric,rows=10"));
    Runner nobody = Runners.named("spark:spark://127.0.0.1:1;spark.task.maxFailures=1");
    assertThatThrownBy(() -> Agrippa.run(job, nobody, new RunControl()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("spark://127.0.0.1:1")
        .hasMessageContaining("see that it runs");
  }
}
