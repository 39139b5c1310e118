package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.ScalingStudy;
import io.agrippa.engine.scaling.SimulationReport;
import io.agrippa.engine.scaling.SimulationRequest;
import io.agrippa.engine.scaling.StudyAnalysis;
import io.agrippa.engine.scaling.StudyListener;
import io.agrippa.engine.scaling.StudyPlan;
import io.agrippa.engine.scaling.StudyResult;
import io.agrippa.engine.scaling.StudyRun;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application on a standalone cluster of processes, submitted by spark-submit. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterIT {
  private static final Runner SERIAL = Runners.named("serial");
  private static final Pattern EXECUTOR = Pattern.compile("\"Executor ID\":\"([^\"]+)\"");
  private static final Pattern LOADING =
      Pattern.compile("\"agrippa.loadMicros\",\"Update\":\"?(\\d+)");

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

  private static RunResult run(Job job, LongConsumer progress)
      throws IOException, InterruptedException {
    return run(job, spark(), progress);
  }

  /** Runs a job and tells of the rows that are done. */
  private static RunResult run(Job job, Runner runner, LongConsumer progress)
      throws IOException, InterruptedException {
    AtomicLong rows = new AtomicLong();
    return Agrippa.run(
        job,
        runner,
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

  /**
   * Two executors that do two tasks at a time and begin with two each. The document is parsed where
   * the model is compiled; binding it to columns, once a task, counts as compiling, too. The input
   * has to be read by Spark's own Arrow.
   */
  @Test
  void eachExecutorCompilesTheModelOnce() throws Exception {
    Path input = folder.resolve("diamonds.arrow");
    serial(Job.copy(new Dataset("dataset:diamonds"), new Dataset(input.toString())));
    Job job =
        Job.score(new ModelPlace("model:diamond-price"), new Dataset(input.toString()))
            .with(new Partitioning.Rows(4_096));
    Path events = Files.createDirectory(folder.resolve("events"));
    Runner logged =
        Runners.named(
            "spark:local-cluster[2,2,1024];spark.eventLog.enabled=true;spark.eventLog.compress=false;spark.eventLog.dir="
                + events.toUri());
    assertThat(run(job, logged, rows -> {}).measurement().outputDigest())
        .isEqualTo(serial(job).outputDigest());
    List<String> all = new ArrayList<>();
    List<String> loading = new ArrayList<>();
    for (String task : tasks(events)) {
      String executor = first(EXECUTOR, task);
      all.add(executor);
      if (Long.parseLong(first(LOADING, task)) > 0) {
        loading.add(executor);
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(13).contains("0", "1");
    assertThat(loading).containsExactlyInAnyOrder("0", "1");
  }

  /** The ends of tasks that score, as Spark's log of events tells them. */
  private static List<String> tasks(Path events) throws IOException {
    List<String> tasks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(events)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String event : Files.readAllLines(file)) {
          if (event.contains("\"SparkListenerTaskEnd\"") && event.contains("agrippa.rows")) {
            tasks.add(event);
          }
        }
      }
    }
    return tasks;
  }

  @Test
  void aStudyHoldsTheClusterAgainstThisMachine() throws Exception {
    Job job = Job.score(new ModelPlace("model:diamond-price"), new Dataset("dataset:diamonds"));
    List<Configuration> grid =
        StudyPlan.grid(
            List.of("threads:2", spark().name()),
            List.of(new Partitioning.Count(6)),
            List.of(),
            List.of(10_000L, 50_000L));
    StudyResult study =
        new ScalingStudy(new StudyPlan(job, grid, 1, 0, 1), Agrippa::run, StudyListener.NONE)
            .run("", "none");
    assertThat(study.end()).isEqualTo(StudyResult.End.COMPLETE);
    for (int i = 0; i < grid.size(); i++) {
      if (grid.get(i).runner().startsWith("spark:")) {
        StudyRun run = study.medianRun(i);
        assertThat(run.phases())
            .containsKeys(Phase.SUBMIT, Phase.START, Phase.BROADCAST, Phase.SCHEDULE);
        assertThat(run.processCpu()).isPresent();
      }
    }
    SimulationReport simulated =
        SimulationReport.of(StudyAnalysis.of(study), SimulationRequest.DEFAULT);
    assertThat(simulated.crossovers())
        .singleElement()
        .satisfies(crossover -> assertThat(crossover.points()).isNotEmpty());
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
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
  void aBadRowOfALaterPartitionIsReportedAsByASerialRun() throws Exception {
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
    String rows = "1\n".repeat(6_500) + "10\n" + "2\n".repeat(3_499);
    Path input = Files.writeString(folder.resolve("in.csv"), "x\n" + rows);
    Job job =
        Job.score(new ModelPlace(model.toString()), new Dataset(input.toString()))
            .with(new Partitioning.Bytes(2_000)); // the seventh of ten has the bad row
    BadRowException serial = catchThrowableOfType(BadRowException.class, () -> serial(job));
    assertThat(serial).hasMessageContaining("in.csv: row 6501: field \"x\" is \"10.0\"");
    for (Runner runner : List.of(spark(), Runners.named("spark:local-cluster[2,1,1024]"))) {
      assertThatThrownBy(() -> run(job, runner, done -> {}))
          .isInstanceOf(BadRowException.class)
          .hasMessage(serial.getMessage());
    }
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
    assertThat(measured.incidents())
        .anySatisfy(told -> assertThat(told).startsWith("executor 0 was lost"));
    assertWhole(output, measured, new Dataset("generate:mixed,rows=400000"));
    cluster.addWorker();
    cluster.await(2); // for the tests that follow
  }

  /** Every row once and in order, and nothing beside the output. */
  private void assertWhole(Path output, Measurement measured, Dataset input) throws Exception {
    Measurement serial = serial(Job.read(input));
    assertThat(measured.rows()).isEqualTo(serial.rows());
    assertThat(measured.outputDigest()).isEqualTo(serial.outputDigest());
    assertThat(names(folder)).containsExactly(output.getFileName().toString());
    Path whole = folder.resolve("whole.csv");
    serial(Job.copy(input, new Dataset(whole.toString())));
    assertThat(serial(Job.read(new Dataset(output.toString()))).sequenceDigest())
        .isEqualTo(serial(Job.read(new Dataset(whole.toString()))).sequenceDigest());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /**
   * One executor is stopped in the middle of a task and goes on when a second attempt has taken its
   * place: just while the driver makes the output.
   */
  @Test
  void aTaskThatIsDoneTwiceCountsOnce() throws Exception {
    Path output = folder.resolve("rows.csv");
    Job job =
        Job.copy(new Dataset("generate:mixed,rows=200000,wait=100"), new Dataset(output.toString()))
            .with(new Partitioning.Rows(8_192));
    Runner speculating =
        Runners.named(
            "spark:%s;spark.executor.memory=1g;spark.speculation=true;spark.speculation.interval=100ms;spark.speculation.quantile=0.2;spark.speculation.multiplier=1.2"
                .formatted(cluster.url()));
    List<ProcessHandle> stopped = new ArrayList<>();
    Measurement measured;
    try {
      measured =
          run(
                  job,
                  speculating,
                  rows -> {
                    if (rows > 40_000 && stopped.isEmpty()) {
                      stopped.addAll(cluster.executors(0));
                      signal("STOP", stopped);
                    } else if (rows > 160_000) {
                      signal("CONT", stopped);
                    }
                  })
              .measurement();
    } finally {
      signal("CONT", stopped);
    }
    assertThat(stopped).hasSize(1);
    assertThat(measured.incidents())
        .anySatisfy(told -> assertThat(told).contains("succeeded at a second place first"));
    assertWhole(output, measured, new Dataset("generate:mixed,rows=200000"));
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    try {
      for (ProcessHandle process : processes) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aKilledCommandLeavesNoDriverNoExecutorAndNoOutput() throws Exception {
    Path output = folder.resolve("rows.csv");
    Path printed = Files.createTempFile(clusterFolder, "printed", "");
    Process asker =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dagrippa.spark.home=" + System.getProperty("agrippa.spark.home"),
                "-cp",
                Path.of(System.getProperty("agrippa.root"), "cli/target/agrippa/lib/*")
                    + File.pathSeparator
                    + System.getProperty("agrippa.spark.jar"),
                "io.agrippa.cli.Main",
                "datasets",
                "generate",
                "mixed,rows=100000000,wait=50",
                "--output=" + output,
                "--on=spark:" + cluster.url() + ";spark.executor.memory=1g")
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      while (cluster.executors(0).isEmpty() || parts() == 0) {
        assertThat(asker.isAlive()).as(() -> read(printed)).isTrue();
        Thread.sleep(100);
      }
      List<ProcessHandle> left = new ArrayList<>(asker.descendants().toList());
      left.addAll(cluster.executors(0));
      assertThat(left).hasSizeGreaterThanOrEqualTo(2);
      asker.destroyForcibly();
      for (ProcessHandle process : left) {
        process.onExit().get(60, TimeUnit.SECONDS);
      }
    } finally {
      asker.descendants().forEach(ProcessHandle::destroyForcibly);
      asker.destroyForcibly();
    }
    assertThat(names(folder)).isEmpty();
  }

  private long parts() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.getFileName().toString().contains("part-")).count();
    } catch (UncheckedIOException e) {
      return 0; // a file came and went
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
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
