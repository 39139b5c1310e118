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
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs and outputs that Spark opens, held against the engine's own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkPlaceTest {
  private static final Runner SERIAL = Runners.named("serial");
  private static final int ROWS = 3_000;

  /** y = 1 + 2x; an x beyond 10,000 is a bad row. */
  private static final String LINE =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>
      <DataField name="x" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="10000"/></DataField>
      </DataDictionary><RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
      <Output><OutputField name="y" feature="predictedValue" optype="continuous" dataType="double"/></Output>
      <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel></PMML>
      """;

  @TempDir private static Path data;
  private static SparkSession session;
  private static Runner spark;
  private static ModelPlace line;

  @TempDir private Path folder;

  /** The same rows in all forms: id, x, colour, day and moment. */
  @BeforeAll
  static void start() throws IOException {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("SparkPlaceTest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", data.resolve("warehouse").toString())
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    spark = new SessionRunner(session, "spark:local[2]");
    line = new ModelPlace(Files.writeString(data.resolve("line.pmml"), LINE).toString());
    var rows =
        session
            .range(0, ROWS, 1, 3)
            .selectExpr(
                "id",
                "cast(id % 1000 as double) / 4 as x",
                "case id % 3 when 0 then 'red' when 1 then 'blue' end as colour",
                "date_add(date'2026-01-31', cast(id % 40 as int)) as day",
                "timestamp_micros(id * 1234567) as moment",
                "cast(id as decimal(12, 2)) as price");
    rows.write().parquet(data.resolve("rows.parquet").toString());
    rows.write().orc(data.resolve("rows.orc").toString());
    rows.write().saveAsTable("rows");
    rows.select("id", "x", "colour").coalesce(1).write().option("header", true).csv(csv());
  }

  private static String csv() {
    return data.resolve("rows.csv").toString();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static RunResult run(Runner runner, Job job) throws IOException, InterruptedException {
    return Agrippa.run(job, runner, new RunControl());
  }

  private static Measurement measured(Runner runner, Job job)
      throws IOException, InterruptedException {
    return run(runner, job).measurement();
  }

  private static Dataset orc(Path path) {
    return new Dataset(path.toString(), Map.of("format", "orc"));
  }

  private static Job score(Dataset input) {
    return Job.score(line, input).keeping(List.of(Job.ALL_COLUMNS));
  }

  private static Dataset parquet() {
    return new Dataset(data.resolve("rows.parquet").toString());
  }

  private static Dataset parquetUri() {
    return new Dataset(data.resolve("rows.parquet").toUri().toString());
  }

  private static long count(Dataset written) throws IOException, InterruptedException {
    return measured(spark, Job.read(written)).rows();
  }

  @Test
  void whatSparkReadsHasTheRowsThatTheEngineReads() throws Exception {
    Measurement own = measured(SERIAL, score(parquet()));
    assertThat(own.rows()).isEqualTo(ROWS);
    List<Dataset> forms =
        List.of(parquetUri(), orc(data.resolve("rows.orc")), new Dataset("table:rows"));
    for (Dataset form : forms) {
      for (Partitioning cut : List.of(new Partitioning.Natural(), new Partitioning.Count(7))) {
        Measurement measured = measured(spark, score(form).with(cut));
        assertThat(measured.outputDigest()).as("%s", form).isEqualTo(own.outputDigest());
      }
    }
  }

  @Test
  void csvIsReadWithAHeaderAndTheOptionsOfTheCommand() throws Exception {
    Job own = Job.score(line, new Dataset(csv())).keeping(List.of("id", "colour"));
    Job ofSpark = Job.score(line, new Dataset("file:" + csv())).keeping(List.of("id", "colour"));
    Measurement measured = measured(spark, ofSpark);
    assertThat(measured.outputDigest()).isEqualTo(measured(SERIAL, own).outputDigest());
    assertThat(measured.bytesIn()).isPositive();
    Path other = Files.writeString(folder.resolve("other.csv"), "1;2.5;NA\n2;NA;red\n3;0.5;blue\n");
    Map<String, String> options =
        Map.of(
            "header", "false",
            "delimiter", ";",
            "missing", "NA",
            "schema", "id long, x double, colour string");
    Job read = Job.read(new Dataset(other.toString(), options));
    Job readUri = Job.read(new Dataset(other.toUri().toString(), options));
    assertThat(measured(spark, readUri).outputDigest())
        .isEqualTo(measured(SERIAL, read).outputDigest());
  }

  @Test
  void whatSparkReadsIsReducedToTheSameBits() throws Exception {
    Job.Analysis profile = new Job.Analysis(AnalysisProvider.PROFILE, Map.of());
    List<String> columns = List.of("id", "x", "colour");
    assertThat(profile(run(spark, Job.read(parquetUri()).keeping(columns).with(profile))))
        .isEqualTo(profile(run(SERIAL, Job.read(parquet()).keeping(columns).with(profile))));
  }

  private static List<Object> profile(RunResult result) {
    Profile profile = (Profile) result.aggregated().orElseThrow().result();
    return profile.fields().stream()
        .<Object>map(f -> List.of(f.name(), f.values(), f.missing(), f.numbers(), f.distinct()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000, 2_500, ROWS, ROWS + 1})
  void theLimitAdmitsTheFirstRows(long limit) throws Exception {
    Measurement own = measured(SERIAL, score(parquet()).first(limit));
    Path output = folder.resolve("first.orc");
    Job job = score(parquetUri()).first(limit).into(Optional.of(orc(output)));
    assertThat(measured(spark, job.into(Optional.empty())).rows()).isEqualTo(own.rows());
    Measurement written = measured(spark, job);
    assertThat(written.rows()).isEqualTo(own.rows());
    assertThat(count(orc(output))).isEqualTo(own.rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "table", "orc"})
  void whatSparkWritesIsWhatWasScored(String kind) throws Exception {
    Dataset output =
        switch (kind) {
          case "file" -> new Dataset(folder.resolve("scores.parquet").toUri().toString());
          case "table" -> new Dataset("table:scores");
          default -> orc(folder.resolve("scores"));
        };
    String own = measured(SERIAL, score(parquet())).outputDigest();
    for (Dataset input : List.of(parquet(), parquetUri())) {
      Job job = score(input).into(Optional.of(output));
      Measurement written = measured(spark, job);
      assertThat(written.outputDigest()).isEqualTo(own);
      assertThat(written.bytesOut()).isPositive();
      assertThat(written.phases()).containsKeys(Phase.SCORE, Phase.COMMIT);
      assertThat(measured(spark, Job.read(output)).outputDigest()).isEqualTo(own);
      assertThatThrownBy(() -> run(spark, job)).isInstanceOf(FileAlreadyExistsException.class);
      remove(kind);
    }
  }

  private void remove(String kind) throws IOException {
    if (kind.equals("table")) {
      session.sql("drop table scores");
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void foldersOfValuesAreWritten() throws Exception {
    Path output = folder.resolve("scores");
    Map<String, String> options =
        Map.of("format", "parquet", "partitionBy", "colour", "compression", "zstd");
    Job job = score(parquet()).into(Optional.of(new Dataset(output.toUri().toString(), options)));
    Measurement written = measured(spark, job);
    assertThat(written.rows()).isEqualTo(ROWS);
    List<Row> counted =
        session.read().parquet(output.toString()).groupBy("colour").count().collectAsList();
    assertThat(counted).hasSize(3).allMatch(row -> row.getLong(1) == ROWS / 3);
    assertThat(Files.isDirectory(output.resolve("colour=red"))).isTrue();
    Measurement own = measured(SERIAL, Job.read(new Dataset(output.toString())));
    assertThat(own.rows()).isEqualTo(ROWS); // Hive's folders, which the engine reads as well
  }

  @ParameterizedTest
  @CsvSource({"append, 6000, 3000", "replace, 3000, 3000", "ignore, 3000, 0"})
  void anOutputThatExistsIsAddedToReplacedOrLeft(String existing, long rows, long moved)
      throws Exception {
    Path output = folder.resolve("scores");
    Job job = score(parquet()).into(Optional.of(orc(output)));
    run(spark, job);
    Dataset again = new Dataset(output.toString(), Map.of("format", "orc", "existing", existing));
    assertThat(measured(spark, job.into(Optional.of(again))).rows()).isEqualTo(moved);
    assertThat(count(orc(output))).isEqualTo(rows);
  }

  @Test
  void aCancelledWriteEndsAndLeavesNothing() throws Exception {
    Path output = folder.resolve("cancelled");
    Job job =
        Job.copy(new Dataset("generate:mixed,rows=100000000"), orc(output))
            .with(new Partitioning.Rows(100_000));
    assertThatThrownBy(() -> Agrippa.run(job, spark, CancelAfter.rows(150_000)))
        .isInstanceOf(InterruptedException.class);
    assertThat(output).doesNotExist();
  }

  @Test
  void aWriteThatFailsLeavesWhatOthersHaveBegunThere() throws Exception {
    Path output = folder.resolve("theirs");
    Path begun = Files.createDirectories(output.resolve("_temporary/0")).resolve("part");
    Files.writeString(begun, "theirs");
    Dataset impossible =
        new Dataset(output.toString(), Map.of("format", "orc", "partitionBy", "nowhere"));
    Job job = score(parquet()).into(Optional.of(impossible));
    assertThatThrownBy(() -> run(spark, job)).isInstanceOf(IOException.class);
    assertThat(begun).hasContent("theirs");
  }

  @Test
  void anInputIsNotReplaced() {
    Path rows = data.resolve("rows.parquet");
    for (Dataset input : List.of(parquet(), parquetUri())) {
      Dataset output = new Dataset(rows.toUri().toString(), Map.of("existing", "replace"));
      assertThatThrownBy(() -> run(spark, score(input).into(Optional.of(output))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("would replace the input");
    }
  }

  @Test
  void theFirstBadRowOfTheInputIsReported() throws Exception {
    StringBuilder rows = new StringBuilder("x\n");
    for (int row = 1; row <= 30_000; row++) {
      rows.append(row == 17_000 || row == 29_000 ? 20_000 : 1).append('\n');
    }
    Path input = Files.writeString(folder.resolve("in.csv"), rows);
    Job job = Job.score(line, new Dataset(input.toString())).with(new Partitioning.Bytes(9_000));
    String serial = null;
    try {
      run(SERIAL, job);
    } catch (BadRowException e) {
      serial = e.getMessage();
    }
    assertThat(serial).contains("row 17000");
    Path output = folder.resolve("scores");
    assertThatThrownBy(() -> run(spark, job.into(Optional.of(orc(output)))))
        .isInstanceOf(BadRowException.class)
        .hasMessage(serial);
    assertThat(output).doesNotExist();
    Job ofSpark = Job.score(line, new Dataset(input.toUri().toString()));
    assertThatThrownBy(() -> run(spark, ofSpark.into(Optional.of(orc(output)))))
        .isInstanceOfSatisfying(
            BadRowException.class,
            e -> {
              assertThat(e.origin()).isEqualTo(input.toUri().toString());
              assertThat(e.row()).isEqualTo(17_000);
              assertThat(e.field()).isEqualTo("x");
            });
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:/nowhere/x.parquet | parquet | file:/nowhere/x.parquet: Spark cannot read it",
        "table:nothing | | table:nothing: Spark cannot read it",
        "file:/nowhere/x | | the name does not tell the format",
        "/nowhere/x | parkett | /nowhere/x: Spark cannot read it",
        "nofs://host/x.parquet | parquet | nofs://host/x.parquet: Spark cannot read it"
      })
  void whatCannotBeReadIsSaidWithItsName(String place, String format, String message) {
    Dataset input = new Dataset(place, format == null ? Map.of() : Map.of("format", format));
    assertThatThrownBy(() -> run(spark, Job.read(input))).hasMessageContaining(message);
  }

  @Test
  void modelsOfEarlierRowsAreRefused() throws Exception {
    String lag =
        LINE.replace(
            "<RegressionTable",
            "<LocalTransformations><DerivedField name=\"before\" optype=\"continuous\" dataType=\"double\"><Lag field=\"x\"/></DerivedField></LocalTransformations><RegressionTable");
    lag = lag.replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"before\"");
    Path model = Files.writeString(folder.resolve("lag.pmml"), lag);
    Job job = Job.score(new ModelPlace(model.toString()), parquetUri());
    for (Partitioning cut : List.of(new Partitioning.Natural(), new Partitioning.Count(1))) {
      assertThatThrownBy(() -> run(spark, job.with(cut)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("earlier rows");
    }
  }

  @Test
  void modelsOfWholeGroupsAreRefusedWhoeverReads() throws Exception {
    String sum =
        LINE.replace(
            "<RegressionTable",
            "<LocalTransformations><DerivedField name=\"sum\" optype=\"continuous\" dataType=\"double\"><Aggregate field=\"x\" function=\"sum\"/></DerivedField></LocalTransformations><RegressionTable");
    sum = sum.replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"sum\"");
    Path model = Files.writeString(folder.resolve("sum.pmml"), sum);
    for (Dataset input : List.of(parquet(), new Dataset(csv() + "/*.csv"))) {
      assertThatThrownBy(() -> run(spark, Job.score(new ModelPlace(model.toString()), input)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows behind each row (it has an Aggregate)")
          .hasMessageEndingWith("run the job with processes:N or threads:N");
    }
    assertThatThrownBy(() -> run(spark, Job.score(new ModelPlace(model.toString()), parquetUri())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("computes from all rows, but rows that Spark reads have no order");
  }

  @Test
  void columnsThatBlocksDoNotHoldAreNamed() {
    session.sql("create or replace temp view nested as select 1d as x, array(1, 2) as list");
    assertThatThrownBy(() -> run(spark, score(new Dataset("table:nested"))))
        .hasMessageContaining("column \"list\" is a array<int>");
  }

  @Test
  void elsewhereThePlaceIsSaidToBeSparks() {
    for (String place : List.of("table:rows", "s3a://bucket/rows.parquet")) {
      assertThatThrownBy(() -> run(SERIAL, Job.read(new Dataset(place))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(place)
          .hasMessageContaining("--on spark:MASTER");
    }
  }
}
