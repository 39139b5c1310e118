package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of SQL give what DataFrames give. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgrippaFunctionsTest {
  private static SparkSession session;

  @TempDir private Path folder;
  private Path line;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("AgrippaFunctionsTest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.extensions", AgrippaExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @BeforeEach
  void writeModel() throws Exception {
    line = Files.writeString(folder.resolve("line.pmml"), DataFrameScorerTest.LINE);
    session
        .sql(
            "SELECT id, CAST(id AS DOUBLE) AS x, IF(id = 3, 'green', 'red') AS colour FROM range(5)")
        .createOrReplaceTempView("rows");
  }

  private List<Row> sql(String query) {
    return session.sql(query.replace("MODEL", "'" + line + "'")).collectAsList();
  }

  /** Both have the same rows, as often. */
  private static void assertSame(
      org.apache.spark.sql.Dataset<Row> one, org.apache.spark.sql.Dataset<Row> other) {
    assertThat(one.schema()).isEqualTo(other.schema());
    assertThat(one.exceptAll(other).count()).isZero();
    assertThat(other.exceptAll(one).count()).isZero();
  }

  @Test
  void aModelOfTheZooGivesTheBitsOfTransform() throws Exception {
    String data = folder.resolve("flights.parquet").toString();
    Agrippa.run(
        Job.copy(new Dataset("dataset:flights"), new Dataset(data)).first(5_000),
        Runners.named("serial"),
        new RunControl());
    org.apache.spark.sql.Dataset<Row> flights = session.read().parquet(data);
    flights.createOrReplaceTempView("flights");
    try (DataFrameScorer scorer = DataFrameScorer.load(session, "model:flights-delay")) {
      assertSame(
          session.sql(
              "SELECT date, origin, s.* FROM (SELECT date, origin, agrippa_score('model:flights-delay', struct(*)) AS s FROM flights)"),
          scorer.with(ScoringOptions.DEFAULT.keeping("date", "origin")).transform(flights));
    }
  }

  @Test
  void everyTypeIsReadAsInTransform() throws Exception {
    DataFrameScorerTest.Typed typed = DataFrameScorerTest.Typed.make();
    Path model = Files.writeString(folder.resolve("typed.pmml"), typed.document());
    String data = folder.resolve("typed").toString();
    session.sql(typed.query(2000)).write().parquet(data);
    session.read().parquet(data).createOrReplaceTempView("typed");
    try (DataFrameScorer scorer = DataFrameScorer.load(session, model.toString())) {
      AgrippaFunctions.register(session, "hand_on", scorer);
      assertSame(
          session.sql("SELECT id, s.* FROM (SELECT id, hand_on(struct(*)) AS s FROM typed)"),
          scorer.with(ScoringOptions.DEFAULT.keeping("id")).transform(session.table("typed")));
    }
  }

  @Test
  void onlyWhatTheModelReadsIsReadAndItIsScoredOnce() {
    String data = folder.resolve("wide").toString();
    session
        .sql("SELECT id, 'red' AS colour, 1D AS x, 'b' AS b FROM range(3)")
        .write()
        .parquet(data);
    session.read().parquet(data).createOrReplaceTempView("wide");
    String plan =
        session
            .sql(
                "SELECT s.y, s.y + 1 AS z FROM (SELECT agrippa_score('%s', struct(*)) AS s FROM wide)"
                    .formatted(line))
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).contains("ReadSchema: struct<colour:string,x:double>");
    assertThat(plan).containsOnlyOnce("agrippa_score(");
  }

  @Test
  void optionsSayWhatBecomesOfBadRowsAndAbsentColumns() {
    String query =
        "SELECT s.* FROM (SELECT id, agrippa_score(MODEL, %s) AS s FROM rows) ORDER BY id";
    assertThatThrownBy(() -> sql(query.formatted("struct(*)")))
        .hasStackTraceContaining("field \"colour\" is \"green\"")
        .hasStackTraceContaining("status");
    List<Row> status = sql(query.formatted("struct(*), map('badRows', 'status')"));
    assertThat(status.get(2)).isEqualTo(sql("SELECT 105D, CAST(NULL AS STRING)").get(0));
    assertThat(status.get(3).isNullAt(0)).isTrue();
    assertThat(status.get(3).getString(1)).contains("green");
    List<Row> lenient = sql(query.formatted("struct(x), map('check', 'lenient', 'model', 'line')"));
    assertThat(lenient.get(3).getDouble(0)).isEqualTo(7.0);
    List<Row> taken = sql(query.formatted("struct(*), map('takenAsMissing', 'nan, unseen')"));
    assertThat(taken.get(3).getDouble(0)).isEqualTo(7.0); // a missing category adds nothing
    assertThat(sql("SELECT agrippa_score(MODEL, IF(id = 3, NULL, struct(*))) FROM rows").get(3))
        .isEqualTo(sql("SELECT CAST(NULL AS STRUCT<y: DOUBLE>)").get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          agrippa_score(MODEL, struct(x))                                | "colour"
          agrippa_score(MODEL, x)                                        | struct(*)
          agrippa_score(MODEL, struct(DATE'2020-01-01' AS x, colour))    | convert the column
          agrippa_score(colour, struct(*))                               | constant string
          agrippa_score(CAST(NULL AS STRING), struct(*))                 | constant string
          agrippa_score('no.pmml', struct(*))                            | no such file
          agrippa_score(MODEL)                                           | 1 arguments
          agrippa_score(MODEL, struct(*), map('badRows', 'no'))          | fail, null, status
          agrippa_score(MODEL, struct(*), map('zet', 'no'))              | badRows, check, model, takenAsMissing
          agrippa_score(MODEL, struct(*), map('badRows', colour))        | constant map
          agrippa_score(MODEL, struct(*), map('model', 'other'))         | "other"
          """)
  void mistakesAreErrorsBeforeTheQueryRuns(String call, String words) {
    assertThatThrownBy(
            () -> session.sql("SELECT " + call.replace("MODEL", "'" + line + "'") + " FROM rows"))
        .hasStackTraceContaining(words);
  }

  @Test
  void aModelIsRegisteredUnderANameOfItsOwn() throws Exception {
    ScoringOptions options = ScoringOptions.DEFAULT.with(RowPolicy.NULL).withPrefix("p_");
    try (DataFrameScorer scorer = DataFrameScorer.load(session, line.toString(), options)) {
      SparkSession other = session.newSession();
      AgrippaFunctions.register(other, "line", scorer);
      assertThat(
              other.sql("SELECT line(struct(2D AS x, 'red' AS colour)).p_y").first().getDouble(0))
          .isEqualTo(105.0);
      assertThatThrownBy(() -> other.sql("SELECT line(1D)")).hasMessageContaining("struct");
      assertThatThrownBy(() -> other.sql("SELECT line()")).hasMessageContaining("one argument");
    }
  }

  @Test
  void aModelThatWasReplacedTakesEffectWithTheNextQuery() throws Exception {
    String query =
        "SELECT s.* FROM (SELECT agrippa_score(MODEL, struct(2D AS x, 'red' AS colour)) AS s)";
    assertThat(sql(query).get(0).getDouble(0)).isEqualTo(105.0);
    Path next =
        Files.writeString(
            folder.resolve("next.pmml"),
            DataFrameScorerTest.LINE
                .replace("intercept=\"1\"", "intercept=\"2\"")
                .replace("<y>103</y>", "<y>104</y>"));
    Files.move(next, line, StandardCopyOption.REPLACE_EXISTING);
    assertThat(sql(query).get(0).getDouble(0)).isEqualTo(106.0);
    Files.writeString(line, DataFrameScorerTest.LINE.replace("<y>103</y>", "<y>1</y>"));
    assertThatThrownBy(() -> sql(query)).hasStackTraceContaining("line.pmml");
  }
}
