package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.analysis.Profile;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.Job.ModelPlace;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a serial run makes, a session makes too: held in one session of two threads. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionRunnerTest {
  private static final Runner SERIAL = Runners.named("serial");

  /**
   * y = 1 + 2x, and 100 more where it is red; a colour that is neither red nor blue is a bad row.
   */
  private static final String LINE =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="colour" optype="categorical" dataType="string">
            <Value value="red"/><Value value="blue"/>
          </DataField>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel modelName="line" functionName="regression">
          <MiningSchema>
            <MiningField name="x"/>
            <MiningField name="colour"/>
            <MiningField name="y" usageType="target"/>
          </MiningSchema>
          <RegressionTable intercept="1">
            <NumericPredictor name="x" coefficient="2"/>
            <CategoricalPredictor name="colour" value="red" coefficient="100"/>
          </RegressionTable>
        </RegressionModel>
      </PMML>
      """;

  private static SparkSession session;
  private static Runner spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("SessionRunnerTest")
            .config("spark.ui.enabled", "false")
            .config("spark.task.maxFailures", "1")
            .getOrCreate();
    spark = new SessionRunner(session, "spark:local[2]");
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static RunResult run(Runner runner, Job job) throws IOException, InterruptedException {
    return Agrippa.run(job, runner, new RunControl());
  }

  private static Measurement same(Job job) throws IOException, InterruptedException {
    Measurement serial = run(SERIAL, job).measurement();
    Measurement measured = run(spark, job).measurement();
    assertThat(measured.outputDigest()).isEqualTo(serial.outputDigest());
    assertThat(measured.rows()).isEqualTo(serial.rows());
    assertThat(measured.badRows()).isEqualTo(serial.badRows());
    assertThat(measured.bytesIn()).isEqualTo(serial.bytesIn());
    return measured;
  }

  private static Job zoo(String model, String input) {
    return Job.score(new ModelPlace("model:" + model), new Dataset(input));
  }

  private Job line(String name, String csv) throws IOException {
    Path model = Files.writeString(folder.resolve("line.pmml"), LINE);
    Path input = Files.writeString(folder.resolve(name), csv);
    return Job.score(new ModelPlace(model.toString()), new Dataset(input.toString()));
  }

  /** Rows 1 to {@code rows}, the given ones of a colour that the model does not know. */
  private static String rows(int rows, Integer... green) {
    StringBuilder csv = new StringBuilder("x,colour\n");
    for (int row = 1; row <= rows; row++) {
      csv.append(row).append(List.of(green).contains(row) ? ",green\n" : ",red\n");
    }
    return csv.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "credit-risk, dataset:credit-data",
    "loan-status, dataset:lending-club",
    "diamond-price, dataset:diamonds"
  })
  void modelsOfTheZooGiveTheSerialRows(String model, String input) throws Exception {
    Job job = zoo(model, input).keeping(List.of(Job.ALL_COLUMNS));
    assertThat(same(job.with(new Partitioning.Count(5))).rows()).isPositive();
  }

  @Test
  void flightsGiveTheSerialRowsUpToALimit() throws Exception {
    Job job = zoo("flights-delay", "dataset:flights").first(300_001);
    assertThat(same(job).rows()).isEqualTo(300_001);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 20_000})
  void anyNumberOfRowsIsRead(int rows) throws Exception {
    Job job = line("rows.csv", rows(rows)).with(new Partitioning.Bytes(30_000));
    assertThat(same(job).rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4096, 9_999, 10_000, 10_001, 29_999, 30_000, 40_000})
  void theLimitAdmitsTheFirstRows(long limit) throws Exception {
    Dataset input = new Dataset("generate:mixed,rows=30000");
    Job job = Job.read(input).with(new Partitioning.Rows(10_000)).first(limit);
    assertThat(same(job).rows()).isEqualTo(Math.min(limit, 30_000));
  }

  @Test
  void rowsAreReducedToTheSameBits() throws Exception {
    Job job =
        Job.read(new Dataset("generate:mixed,rows=50000"))
            .with(new Partitioning.Rows(7_000))
            .with(new Job.Analysis(AnalysisProvider.PROFILE, Map.of()));
    for (Job tried : List.of(job, job.first(20_001))) {
      assertThat(profile(run(spark, tried))).isEqualTo(profile(run(SERIAL, tried)));
    }
  }

  /** All but the most frequent values, which are a sketch where there are many. */
  private static List<Object> profile(RunResult result) {
    Profile profile = (Profile) result.aggregated().orElseThrow().result();
    return profile.fields().stream()
        .<Object>map(
            f ->
                List.of(
                    f.name(), f.values(), f.missing(), f.malformed(), f.numbers(), f.distinct()))
        .toList();
  }

  @Test
  void theFirstBadRowOfTheInputIsReported() throws Exception {
    Job job =
        line("bad.csv", rows(30_000, 12_345, 12_346, 29_000)).with(new Partitioning.Bytes(20_000));
    assertThatThrownBy(() -> run(spark, job))
        .isInstanceOfSatisfying(
            BadRowException.class,
            e -> {
              assertThat(e.row()).isEqualTo(12_345);
              assertThat(e.field()).isEqualTo("colour");
              assertThat(e.value()).isEqualTo("green");
            })
        .hasMessage(serialMessage(job));
    assertThat(same(job.first(12_344)).rows()).isEqualTo(12_344);
    assertThatThrownBy(() -> run(spark, job.first(12_345))).hasMessage(serialMessage(job));
  }

  private static String serialMessage(Job job) throws Exception {
    try {
      run(SERIAL, job);
    } catch (BadRowException e) {
      return e.getMessage();
    }
    throw new AssertionError("a serial run found no bad row");
  }

  @ParameterizedTest
  @EnumSource(
      value = RowPolicy.class,
      names = {"NULL", "STATUS"})
  void badRowsAreScoredPast(RowPolicy policy) throws Exception {
    Job job =
        line("bad.csv", rows(9_000, 1, 4_096, 4_097, 9_000))
            .with(new Partitioning.Bytes(20_000))
            .with(policy);
    assertThat(same(job).badRows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.parquet", "out.csv"})
  void theOutputIsAFolderOfPartsThatReadsInTheOrderOfTheInput(String name) throws Exception {
    Path output = folder.resolve(name);
    Job job =
        line("in.csv", rows(30_000))
            .keeping(List.of("x"))
            .with(new Partitioning.Bytes(50_000))
            .into(Optional.of(new Dataset(output.toString())));
    Measurement measured = run(spark, job).measurement();
    assertThat(measured.rows()).isEqualTo(30_000);
    assertThat(measured.bytesOut()).isPositive();
    Path whole = folder.resolve("serial-" + name);
    run(SERIAL, job.into(Optional.of(new Dataset(whole.toString()))));
    Measurement read = run(SERIAL, Job.read(new Dataset(output.toString()))).measurement();
    Measurement serial = run(SERIAL, Job.read(new Dataset(whole.toString()))).measurement();
    assertThat(read.outputDigest()).isEqualTo(serial.outputDigest());
    assertThat(read.sequenceDigest()).isEqualTo(serial.sequenceDigest());
    assertThat(names(output)).allMatch(part -> part.matches("part-\\d{5}\\.(parquet|csv)"));
    assertNothingHidden();

    assertThatThrownBy(() -> run(spark, job)).isInstanceOf(FileAlreadyExistsException.class);
    Dataset replacing = new Dataset(output.toString(), Map.of("existing", "replace"));
    run(spark, job.first(10).into(Optional.of(replacing)));
    assertThat(run(SERIAL, Job.read(new Dataset(output.toString()))).measurement().rows())
        .isEqualTo(10);
    assertNothingHidden();
  }

  @Test
  void noRowsAreAValidOutput() throws Exception {
    Path output = folder.resolve("none.parquet");
    run(spark, line("in.csv", rows(0)).into(Optional.of(new Dataset(output.toString()))));
    assertThat(run(SERIAL, Job.read(new Dataset(output.toString()))).measurement().rows()).isZero();
  }

  @Test
  void aFailedJobLeavesNothing() throws Exception {
    Path output = folder.resolve("failed.csv");
    Job job = line("bad.csv", rows(9_000, 8_000)).into(Optional.of(new Dataset(output.toString())));
    assertThatThrownBy(() -> run(spark, job)).isInstanceOf(BadRowException.class);
    assertThat(output).doesNotExist();
    assertNothingHidden();
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void assertNothingHidden() throws IOException {
    assertThat(names(folder)).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aCancelledJobEndsAndLeavesNothing() throws Exception {
    Path output = folder.resolve("cancelled.csv");
    Job job =
        Job.copy(new Dataset("generate:mixed,rows=100000000"), new Dataset(output.toString()))
            .with(new Partitioning.Rows(100_000));
    assertThatThrownBy(() -> Agrippa.run(job, spark, CancelAfter.rows(150_000)))
        .isInstanceOf(InterruptedException.class);
    assertThat(output).doesNotExist();
  }

  @Test
  void whatExecutorsCannotOpenIsRefusedInWords() throws Exception {
    Job job = line("in.csv", rows(10)).with(new Partitioning.Key("colour"));
    assertThatThrownBy(() -> run(spark, job))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in.csv")
        .hasMessageContaining("local runner");
  }

  @Test
  void aFailureOfATaskArrivesInItsOwnWords() throws Exception {
    Job job = line("in.csv", "x,colour\n1,red\n2,red,more\n");
    String serial = null;
    try {
      run(SERIAL, job);
    } catch (IOException e) {
      serial = e.getMessage();
    }
    assertThat(serial).contains("in.csv");
    assertThatThrownBy(() -> run(spark, job)).isInstanceOf(IOException.class).hasMessage(serial);
  }

  @Test
  void theMeasurementAccountsForTasksAndWorkers() throws Exception {
    Job job = zoo("diamond-price", "dataset:diamonds").with(new Partitioning.Count(6));
    Measurement measured = run(spark, job).measurement();
    assertThat(measured.runner()).isEqualTo("spark:local[2]");
    assertThat(measured.sequenceDigest()).isEmpty();
    assertThat(measured.partitions().count()).isEqualTo(6);
    assertThat(measured.workers()).hasSizeBetween(1, 2);
    assertThat(measured.workers().stream().mapToLong(WorkerTime::rows).sum())
        .isEqualTo(measured.rows());
    assertThat(measured.phases())
        .containsKeys(Phase.LOAD, Phase.BROADCAST, Phase.SCHEDULE, Phase.READ, Phase.SCORE);
    assertThat(measured.provenance().modelDigest()).hasSize(64);
  }

  @Test
  void sparksPagesNameTheJobAndCountWhatItsTasksDid() throws Exception {
    AtomicInteger stage = new AtomicInteger(-1);
    List<String> described = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            described.add(start.properties().getProperty("spark.job.description"));
            stage.set((Integer) start.stageIds().head());
          }
        };
    Job job =
        line("pages.csv", rows(9_000, 1, 4_097))
            .with(new Partitioning.Bytes(20_000))
            .with(RowPolicy.NULL)
            .into(Optional.of(new Dataset(folder.resolve("out.csv").toString())));
    session.sparkContext().addSparkListener(listener);
    Measurement measured;
    try {
      measured = run(spark, job).measurement();
      run(spark, job.into(Optional.empty()).first(1));
      session.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      session.sparkContext().removeSparkListener(listener);
    }
    assertThat(described).hasSize(3); // the whole, the first partitions, and the one that is cut
    assertThat(described.get(0)).isEqualTo("Agrippa score line.pmml: pages.csv → out.csv");
    assertThat(described.get(1))
        .isEqualTo("Agrippa score line.pmml: pages.csv (partitions 1 to 2 of 4)");
    Map<String, Long> counted = counted(stage.get() - 2);
    assertThat(counted)
        .containsEntry("agrippa.rows", 9_000L)
        .containsEntry("agrippa.badRows", 2L)
        .containsEntry("agrippa.bytesOut", measured.bytesOut());
    assertThat(counted.get("agrippa.blocks")).isBetween(4L, 8L);
    assertThat(counted.get("agrippa.compileMicros")).isPositive();
    assertThat(counted.get("agrippa.scoreMicros")).isPositive();
  }

  /** What the page of a stage shows of named accumulators. */
  private static Map<String, Long> counted(int stage) {
    Map<String, Long> counted = new HashMap<>();
    session
        .sparkContext()
        .statusStore()
        .lastStageAttempt(stage)
        .accumulatorUpdates()
        .foreach(update -> counted.put(update.name(), Long.valueOf(update.value())));
    return counted;
  }
}
