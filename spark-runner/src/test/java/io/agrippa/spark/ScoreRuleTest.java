package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.RowPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that call models in blocks give what they give row by row. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScoreRuleTest {
  /** Rows of all kinds: missing values, and a colour that no model knows where {@code id} is 7. */
  private static final String ROWS =
      """
      SELECT id, IF(id %% 5 = 2, NULL, CAST(id AS DOUBLE)) AS x,
        CASE WHEN id = 7 THEN 'green' WHEN id %% 3 = 0 THEN NULL WHEN id %% 3 = 1 THEN 'red' ELSE 'blue' END AS colour,
        date_from_unix_date(CAST(id AS INT)) AS day, array(id, NULL) AS list, struct(id AS i, 'é' AS s) AS pair,
        map('k', CAST(id AS DECIMAL(20, 2))) AS entries, CAST(id AS DECIMAL(30, 3)) AS wide, id %% 4 AS part
      FROM range(0, %d, 1, 2)
      """;

  private static SparkSession session;

  @TempDir private static Path folder;

  private static Path line;
  private static DataFrameScorer scorer; // leaves bad rows without results

  @BeforeAll
  static void start() throws Exception {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("ScoreRuleTest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.extensions", AgrippaExtensions.class.getName())
            .getOrCreate();
    line = Files.writeString(folder.resolve("line.pmml"), DataFrameScorerTest.LINE);
    scorer =
        DataFrameScorer.load(session, line.toString(), ScoringOptions.DEFAULT.with(RowPolicy.NULL));
    AgrippaFunctions.register(session, "score", scorer);
    session
        .sql(ROWS.formatted(10_000))
        .write()
        .partitionBy("part")
        .parquet(folder.resolve("rows").toString());
  }

  @AfterAll
  static void stop() {
    scorer.close();
    session.stop();
  }

  @BeforeEach
  void views() {
    session.sql(ROWS.formatted(10_000)).createOrReplaceTempView("rows");
    session.read().parquet(folder.resolve("rows").toString()).createOrReplaceTempView("files");
  }

  @AfterEach
  void inBlocks() {
    session.conf().unset(ScoreRule.ENABLED);
    session.catalog().clearCache();
  }

  private static Dataset<Row> query(String text) {
    return session.sql(text.replace("MODEL", "'" + line + "'"));
  }

  private static String plan(Dataset<Row> query) {
    query.collectAsList(); // adaptive plans are final when they have run
    return query.queryExecution().executedPlan().toString();
  }

  private static List<Row> rowByRow(String text) {
    session.conf().set(ScoreRule.ENABLED, "false");
    Dataset<Row> query = query(text);
    List<Row> rows = query.collectAsList();
    assertThat(plan(query)).doesNotContain("Score [");
    session.conf().unset(ScoreRule.ENABLED);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // in projections, over files and over rows
        "SELECT id, s.y FROM (SELECT id, score(struct(*)) AS s FROM files)",
        "SELECT id, s.y FROM (SELECT id, score(struct(*)) AS s FROM rows)",
        "SELECT *, score(struct(*)) AS s FROM files",
        "SELECT *, score(struct(*)) AS s FROM rows",
        "SELECT score(struct(x, colour)).y + 1 AS z, score(struct(x, colour)).y AS y FROM files",
        // what is scored is computed, or is a column of the folders
        "SELECT score(struct(x * 2 AS x, upper(colour) AS colour)) AS s FROM files",
        "SELECT score(struct(part + 0.5D AS x, colour)) AS s, part FROM files",
        "SELECT score(struct(CAST(part AS DOUBLE) AS x, 'red' AS colour)) AS s FROM files",
        // several calls
        "SELECT score(struct(x, colour)) AS one, score(struct(x + 1 AS x, colour)) AS other FROM files",
        "SELECT score(struct(x, colour)).y - score(struct(x, 'red' AS colour)).y AS d FROM files",
        "SELECT score(struct(score(struct(x, colour)).y AS x, colour)) AS s FROM files",
        // in filters
        "SELECT id FROM files WHERE score(struct(x, colour)).y > 1000",
        "SELECT id FROM files WHERE id < 100 AND x > 3 AND score(struct(x, colour)).y > 100",
        "SELECT id FROM files WHERE score(struct(x, colour)).y > 500 AND monotonically_increasing_id() % 7 < 2",
        "SELECT id FROM files WHERE monotonically_increasing_id() % 7 < 2 AND id > 9 AND score(struct(x, colour)).y > 500",
        "SELECT id FROM files WHERE agrippa_score(MODEL, struct(x, colour), map('badRows', 'status')).status IS NULL AND agrippa_score(MODEL, struct(x, colour)).y > 1",
        // where Spark makes no vectors of a column that nobody needs, or of no values at all
        "SELECT id, score(struct(x, NULL AS colour)).y AS y FROM files",
        "SELECT score(struct(x, colour)).y AS y FROM (SELECT *, CAST(day AS STRING) COLLATE UTF8_LCASE AS c FROM rows)",
        // between other operators
        "SELECT colour, avg(s.y), count(*) FROM (SELECT colour, score(struct(*)) AS s FROM files) GROUP BY colour",
        "SELECT f.id, f.s.y FROM (SELECT id, score(struct(*)) AS s FROM files) f JOIN rows r ON f.id = r.id AND r.part = 1",
        "SELECT s.y FROM (SELECT score(struct(*)) AS s FROM (SELECT * FROM files UNION ALL SELECT * FROM files))",
        "SELECT id, score(struct(*)).y AS y FROM files ORDER BY y DESC, id LIMIT 10",
        "SELECT sum(score(struct(x, colour)).y) OVER (PARTITION BY part ORDER BY id) AS y, id FROM files",
      })
  void queriesGiveWhatTheyGiveRowByRow(String text) {
    Dataset<Row> query = query(text);
    assertThat(query.collectAsList()).containsExactlyInAnyOrderElementsOf(rowByRow(text));
    assertThat(plan(query)).contains("Score [");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT IF(x > 3, score(struct(x, colour)).y, 0) AS y FROM files
          SELECT coalesce(x, score(struct(x, colour)).y) AS y FROM files
          SELECT id FROM files WHERE x > 3 OR score(struct(x, colour)).y > 2
          SELECT score(IF(id > 5, NULL, struct(x, colour))) AS s FROM files
          SELECT sum(score(struct(x, colour)).y) AS y FROM files
          SELECT id, transform(array(1D, x), v -> score(struct(v AS x, colour)).y) AS y FROM files
          SELECT id FROM files WHERE exists(array(1D, x), v -> score(struct(v AS x, colour)).y > 100)
          SELECT input_file_name() AS f, score(struct(x, colour)) AS s FROM files WHERE id > 5
          SELECT score(struct(x, colour COLLATE UTF8_LCASE AS colour)) AS s FROM files
          SELECT id, score(struct(x, max(colour) AS colour)) AS s FROM files GROUP BY id, x
          """)
  void callsThatAreNotMadeForEveryRowOrElsewhereAreMadeRowByRow(String text) {
    Dataset<Row> query = query(text);
    assertThat(query.collectAsList()).containsExactlyInAnyOrderElementsOf(rowByRow(text));
    assertThat(plan(query)).doesNotContain("Score [");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 12_289})
  void anyNumberOfRowsIsScored(int rows) {
    String data = folder.resolve("sized" + rows).toString();
    session.sql(ROWS.formatted(rows)).coalesce(1).write().parquet(data);
    session.read().parquet(data).createOrReplaceTempView("sized");
    session.sql(ROWS.formatted(rows)).coalesce(1).createOrReplaceTempView("made");
    for (String from : List.of("sized", "made")) {
      String text = "SELECT id, colour, score(struct(x, colour)) AS s FROM " + from;
      Dataset<Row> query = query(text);
      assertThat(query.collectAsList()).hasSize(rows).isEqualTo(rowByRow(text));
      assertThat(plan(query)).contains("Score [");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.columnVector.offheap.enabled, true",
    "spark.sql.adaptive.enabled, false",
    "spark.sql.codegen.wholeStage, false",
    "spark.sql.parquet.enableVectorizedReader, false"
  })
  void settingsOfSparkChangeNothing(String setting, String value) {
    String before = session.conf().get(setting);
    session.conf().set(setting, value);
    try {
      String text = "SELECT id, colour, score(struct(x, colour)) AS s FROM files WHERE id > 3";
      Dataset<Row> query = query(text);
      assertThat(query.collectAsList()).containsExactlyInAnyOrderElementsOf(rowByRow(text));
      assertThat(plan(query)).contains("Score [");
    } finally {
      session.conf().set(setting, before);
    }
  }

  @Test
  void vectorsOfOrcAreScored() {
    String data = folder.resolve("orc").toString();
    session.sql("SELECT id, x, colour FROM rows").write().orc(data);
    session.read().orc(data).createOrReplaceTempView("orc");
    String text = "SELECT id, score(struct(x, colour)) AS s FROM orc";
    assertThat(plan(query(text))).contains("Score [").doesNotContain("RowToColumnar");
    assertThat(query(text).collectAsList()).containsExactlyInAnyOrderElementsOf(rowByRow(text));
  }

  @Test
  void vectorsOfParquetAreScoredWithoutRowsInBetween() {
    String plan = plan(query("SELECT id, score(struct(*)) AS s FROM files"));
    assertThat(plan).contains("ColumnarToRow", "Score [").doesNotContain("RowToColumnar");
    assertThat(plan.indexOf("ColumnarToRow")).isLessThan(plan.indexOf("Score ["));
    assertThat(plan.substring(plan.indexOf("Score ["))).doesNotContain("ColumnarToRow", "Project");
    assertThat(plan).containsPattern("ReadSchema: struct<id:bigint,x:double,colour:string>");
  }

  @Test
  void aCallThatIsWrittenTwiceIsMadeOnce() {
    String plan =
        plan(query("SELECT score(struct(x, colour)).y, score(struct(x, colour)).y + 1 FROM files"));
    assertThat(plan.substring(plan.indexOf("Score ["))).containsOnlyOnce("score(named_struct");
  }

  @Test
  void aFilterScoresOnlyRowsThatItsOtherConditionsLeave() {
    String strict = "agrippa_score(MODEL, struct(x, colour)).y > 1 AND id < 7";
    assertThat(query("SELECT id FROM files WHERE " + strict).count()).isEqualTo(5);
  }

  @Test
  void aBadRowIsToldWithItsPlace() {
    assertThatThrownBy(
            () -> query("SELECT agrippa_score(MODEL, struct(*)) FROM rows").collectAsList())
        .hasStackTraceContaining("partition 0 of the query: row 8")
        .hasStackTraceContaining("field \"colour\" is \"green\"")
        .hasStackTraceContaining("status");
    List<Row> status =
        query(
                "SELECT s.* FROM (SELECT agrippa_score(MODEL, struct(*), map('badRows', 'status')) AS s, id FROM files) WHERE id = 7")
            .collectAsList();
    assertThat(status).hasSize(1);
    assertThat(status.get(0).getString(1)).contains("green");
  }

  @Test
  void whatWasCachedIsScoredFromTheCache() {
    session.sql("SELECT id, x FROM files").createOrReplaceTempView("few"); // has columnar output
    session.table("few").cache().count();
    String text =
        "SELECT id, agrippa_score(MODEL, struct(x), map('check', 'lenient')).y AS y FROM few";
    Dataset<Row> query = query(text);
    assertThat(plan(query))
        .contains("InMemoryTableScan", "Score [")
        .doesNotContain("RowToColumnar");
    assertThat(query.collectAsList()).containsExactlyInAnyOrderElementsOf(rowByRow(text));
  }

  @Test
  void whatWasScoredCanBeCached() {
    String text = "SELECT id, score(struct(x, colour)) AS s FROM files";
    List<Row> expected = rowByRow(text);
    Dataset<Row> cached = query(text).cache();
    assertThat(cached.count()).isEqualTo(10_000);
    assertThat(plan(cached)).contains("InMemoryRelation", "Score [");
    assertThat(cached.collectAsList()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void streamsAreScoredInBlocks() throws Exception {
    session
        .readStream()
        .schema(session.table("files").schema())
        .parquet(folder.resolve("rows").toString())
        .createOrReplaceTempView("arriving");
    String text = "SELECT id, score(struct(x, colour)) AS s FROM ";
    StreamingQuery query =
        query(text + "arriving")
            .writeStream()
            .format("memory")
            .queryName("scored")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    assertThat(
            ((StreamingQueryWrapper) query)
                .streamingQuery()
                .lastExecution()
                .executedPlan()
                .toString())
        .contains("Score [");
    assertThat(session.table("scored").collectAsList())
        .containsExactlyInAnyOrderElementsOf(rowByRow(text + "files"));
  }

  @Test
  void aPartitionMayBeginWithAnEmptyBatch() {
    Schema columns =
        new Schema(
            List.of(new Field("x", Type.Scalar.DOUBLE), new Field("colour", Type.Scalar.STRING)));
    RecordScoring function =
        new RecordScoring(scorer.shared(), ModelUse.of(scorer.options(), columns));
    StructType results = new StructType().add("y", DataTypes.DoubleType);
    BatchScoring scoring =
        new BatchScoring(
            List.of(new BatchScoring.Call(function, results, new int[] {0, 1})),
            SQLMetrics.createMetric(session.sparkContext(), "rows"),
            SQLMetrics.createMetric(session.sparkContext(), "time"));
    ColumnVector[] none = {
      new OnHeapColumnVector(1, DataTypes.DoubleType),
      new OnHeapColumnVector(1, DataTypes.StringType)
    };
    ColumnarBatch scored = scoring.call(List.of(new ColumnarBatch(none, 0)).iterator()).next();
    assertThat(scored.numRows()).isZero();
    assertThat(scored.numCols()).isEqualTo(3);
  }

  @Test
  void theSettingThatSwitchesItOffIsTrueOrFalse() {
    session.conf().set(ScoreRule.ENABLED, "of");
    assertThatThrownBy(() -> query("SELECT score(struct(*)) FROM files").collectAsList())
        .hasStackTraceContaining("spark.agrippa.columnar.enabled is true or false, not \"of\"");
  }

  @Test
  void sparkCountsTheRowsAndTheTime() {
    Dataset<Row> query = query("SELECT score(struct(x, colour)) AS s FROM files");
    query.collectAsList();
    ScoreExec operator = (ScoreExec) found(query.queryExecution().executedPlan());
    assertThat(operator.metrics().apply("numOutputRows").value()).isEqualTo(10_000L);
    assertThat(operator.metrics().apply("scoreTime").value()).isPositive();
  }

  private static Object found(org.apache.spark.sql.execution.SparkPlan plan) {
    if (plan instanceof ScoreExec) {
      return plan;
    }
    if (plan instanceof org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec adaptive) {
      return found(adaptive.executedPlan());
    }
    return found(plan.children().apply(0));
  }
}
