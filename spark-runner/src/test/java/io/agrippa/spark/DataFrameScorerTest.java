package io.agrippa.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.Verify;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.Job.ModelPlace;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DataFrames are scored as files are: held in one session of two threads. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataFrameScorerTest {
  private static final Runner SERIAL = Runners.named("serial");

  /**
   * y = 1 + 2x, and 100 more where it is red; a colour that is neither red nor blue is a bad row.
   */
  static final String LINE =
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
          <ModelVerification recordCount="1">
            <VerificationFields>
              <VerificationField field="x" column="x"/>
              <VerificationField field="colour" column="colour"/>
              <VerificationField field="y" column="y"/>
            </VerificationFields>
            <InlineTable><row><x>1</x><colour>red</colour><y>103</y></row></InlineTable>
          </ModelVerification>
          <RegressionTable intercept="1">
            <NumericPredictor name="x" coefficient="2"/>
            <CategoricalPredictor name="colour" value="red" coefficient="100"/>
          </RegressionTable>
        </RegressionModel>
      </PMML>
      """;

  /** Fields of the PMML type, each with the column types that can be read as it. */
  private static final List<TypedField> TYPED =
      List.of(
          new TypedField(
              "double", "tinyint, smallint, int, bigint, float, double, boolean, string"),
          new TypedField("float", "int, bigint, float, double, decimal(20,4)"),
          new TypedField("integer", "tinyint, smallint, int, bigint, decimal(5,0)"),
          new TypedField("string", "string, tinyint, bigint, double, decimal(9,3), boolean, date"),
          new TypedField("boolean", "boolean, tinyint"),
          new TypedField("date", "date, timestamp, timestamp_ntz"),
          new TypedField("dateTime", "date, timestamp, timestamp_ntz"),
          new TypedField("dateDaysSince[1960]", "date, timestamp_ntz"));

  private record TypedField(String dataType, String columns) {}

  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("DataFrameScorerTest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static DataFrameScorer line(ScoringOptions options) {
    return of(LINE, options);
  }

  private static DataFrameScorer of(String document, ScoringOptions options) {
    return DataFrameScorer.of(
        session, new ModelBytes("line.pmml", document.getBytes(StandardCharsets.UTF_8)), options);
  }

  private static org.apache.spark.sql.Dataset<Row> sql(String query) {
    return session.sql(query);
  }

  /** What a serial run makes of a model and a folder that Spark wrote, as a digest. */
  private static String serial(Job job) throws Exception {
    return Agrippa.run(job, SERIAL, new RunControl()).measurement().outputDigest();
  }

  /** The digest of a DataFrame's rows. */
  private String digest(org.apache.spark.sql.Dataset<Row> rows, String name) throws Exception {
    String out = folder.resolve(name).toString();
    rows.write().parquet(out);
    return serial(Job.read(new Dataset(out)));
  }

  @ParameterizedTest
  @CsvSource({
    "flights-delay, dataset:flights",
    "credit-risk, dataset:credit-data",
    "loan-status, dataset:lending-club",
    "diamond-price, dataset:diamonds"
  })
  void modelsOfTheZooGiveTheLocalBits(String model, String input) throws Exception {
    Path data = folder.resolve("in.parquet");
    Agrippa.run(
        Job.copy(new Dataset(input), new Dataset(data.toString())).first(10_007),
        SERIAL,
        new RunControl());
    try (DataFrameScorer scorer = DataFrameScorer.load(session, "model:" + model)) {
      org.apache.spark.sql.Dataset<Row> rows = session.read().parquet(data.toString());
      List<String> results = scorer.results().stream().map(result -> result.name()).toList();
      String[] kept =
          Arrays.stream(rows.columns()).filter(c -> !results.contains(c)).toArray(String[]::new);
      Job job =
          Job.score(new ModelPlace("model:" + model), new Dataset(data.toString()))
              .keeping(List.of(kept));
      DataFrameScorer keeping = scorer.with(ScoringOptions.DEFAULT.keeping(kept));
      assertThat(digest(keeping.transform(rows), "one")).isEqualTo(serial(job));
      assertThat(digest(keeping.transform(rows.repartition(5)), "five")).isEqualTo(serial(job));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 12_289})
  void anyNumberOfRowsIsScored(int rows) {
    org.apache.spark.sql.Dataset<Row> input =
        sql(
            "SELECT CAST(id AS DOUBLE) AS x, 'blue' AS colour, id FROM range(0, "
                + rows
                + ", 1, 1)");
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT)) {
      org.apache.spark.sql.Dataset<Row> scored = scorer.transform(input);
      assertThat(scored.columns()).containsExactly("x", "colour", "id", "y");
      List<Row> found = scored.collectAsList();
      assertThat(found).hasSize(rows);
      for (int i = 0; i < rows; i++) {
        assertThat(found.get(i).getLong(2)).isEqualTo(i);
        assertThat(found.get(i).getDouble(3)).isEqualTo(1 + 2.0 * i);
      }
      // Most of these partitions are empty.
      assertThat(scorer.transform(input.repartition(7, col("colour"))).count()).isEqualTo(rows);
    }
  }

  /**
   * Each column type of each field, with values and nulls in patterns: the model hands on what it
   * has read, so a value that was read otherwise than locally shows.
   */
  @Test
  void everyTypeIsReadAsItIsLocally() throws Exception {
    Typed typed = Typed.make();
    Path model = Files.writeString(folder.resolve("typed.pmml"), typed.document());
    String data = folder.resolve("typed").toString();
    sql(typed.query(5000)).write().parquet(data);
    Job job =
        Job.score(new ModelPlace(model.toString()), new Dataset(data))
            .keeping(List.of(Job.ALL_COLUMNS));
    try (DataFrameScorer scorer = DataFrameScorer.load(session, model.toString())) {
      org.apache.spark.sql.Dataset<Row> scored = scorer.transform(session.read().parquet(data));
      assertThat(digest(scored, "scored")).isEqualTo(serial(job));
      List<String> counts =
          IntStream.range(0, typed.fields()).mapToObj(i -> "COUNT(o_f" + i + ")").toList();
      Row values =
          session
              .read()
              .parquet(folder.resolve("scored").toString())
              .selectExpr(counts.toArray(String[]::new))
              .first();
      for (int i = 0; i < typed.fields(); i++) {
        assertThat(values.getLong(i)).as("values of o_f" + i).isGreaterThan(1000);
      }
    }
  }

  /**
   * A model that hands on what it reads, as {@code o_f0}, {@code o_f1} and so on, and a query of
   * what it can read.
   *
   * @param fields number of fields
   */
  record Typed(String document, String select, int fields) {
    String query(int rows) {
      return select + " FROM range(0, " + rows + ", 1, 2)";
    }

    static Typed make() {
      StringBuilder fields = new StringBuilder();
      StringBuilder mining = new StringBuilder();
      StringBuilder outputs = new StringBuilder();
      StringBuilder query = new StringBuilder("SELECT id");
      int count = 0;
      for (TypedField field : TYPED) {
        String optype = field.dataType().matches("double|float") ? "continuous" : "categorical";
        for (String column : field.columns().split(", ", -1)) {
          String name = "f" + count++;
          String type = field.dataType();
          fields.append(
              "<DataField name='%s' optype='%s' dataType='%s'/>".formatted(name, optype, type));
          mining.append("<MiningField name='%s' invalidValueTreatment='asIs'/>".formatted(name));
          outputs.append(
              "<OutputField name='o_%s' optype='%s' dataType='%s' feature='transformedValue'><FieldRef field='%s'/></OutputField>"
                  .formatted(name, optype, type, name));
          query.append(
              ", IF((id + %d) %% %d = 0, NULL, %s) AS %s"
                  .formatted(count, 2 + count % 11, value(column, type), name));
        }
      }
      String document =
          """
          <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
            <Header/>
            <DataDictionary>%s</DataDictionary>
            <RegressionModel functionName="regression">
              <MiningSchema>%s</MiningSchema>
              <Output>%s</Output>
              <RegressionTable intercept="1"/>
            </RegressionModel>
          </PMML>
          """
              .formatted(fields, mining, outputs);
      return new Typed(document, query.toString(), count);
    }
  }

  /** A value by its id, in a column of a type, that a field of the PMML type can take. */
  private static String value(String column, String field) {
    if (field.equals("boolean")) {
      return "CAST(id % 2 AS " + column + ")";
    }
    if (column.equals("date")) {
      return "date_from_unix_date(CAST(id * 37 - 90000 AS INT))";
    }
    if (column.startsWith("timestamp")) {
      return "CAST(timestamp_micros(id * 86400000001 * 13 - 2000000000000000) AS " + column + ")";
    }
    if (field.equals("integer") || column.matches("tinyint|smallint|int|bigint")) {
      return "CAST(id % 128 - 64 AS " + column + ")";
    }
    return column.equals("boolean")
        ? "(id % 3 = 0)"
        : "CAST(CAST(id / 7 AS DECIMAL(12,3)) AS " + column + ")";
  }

  @Test
  void oldDatesAndOtherColumnsAreKeptAsTheyAre() {
    org.apache.spark.sql.Dataset<Row> input =
        sql("""
                SELECT 1D AS x, 'red' AS colour, DATE'1582-10-10' AS `a.b`, DATE'0001-01-01' AS d,
                  TIMESTAMP'1582-10-11 12:00:00.000001' AS t, TIMESTAMP_NTZ'0001-01-01 00:00:00' AS n,
                  X'CAFE' AS b, array(1, NULL) AS l, map('k', 1.5BD) AS m, struct(1 AS i, 's' AS s) AS s,
                  CAST(NULL AS INTERVAL DAY TO SECOND) AS i, NULL AS v
                """)
            .coalesce(1);
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.withPrefix("p "))) {
      Row scored = scorer.transform(input).first();
      Row before = input.first();
      for (int i = 0; i < before.size(); i++) {
        Object kept = scored.get(i);
        assertThat(kept).as(input.columns()[i]).isEqualTo(before.get(i));
      }
      assertThat(scored.<Double>getAs("p y")).isEqualTo(103.0);
    }
  }

  @Test
  void theSchemaIsThatOfTheKeptColumnsAndTheResults() {
    Metadata metadata = new MetadataBuilder().putString("unit", "m").build();
    org.apache.spark.sql.Dataset<Row> input =
        session
            .createDataFrame(
                List.of(),
                new StructType()
                    .add("colour", DataTypes.StringType)
                    .add("x", DataTypes.DoubleType, false, metadata)
                    .add("at", DataTypes.TimestampType, false, metadata))
            .toDF();
    try (DataFrameScorer scorer =
        line(ScoringOptions.DEFAULT.keeping("at", "x").with(RowPolicy.STATUS))) {
      StructType expected =
          new StructType()
              .add("at", DataTypes.TimestampType, false, metadata)
              .add("x", DataTypes.DoubleType, false, metadata)
              .add("y", DataTypes.DoubleType)
              .add("status", DataTypes.StringType);
      assertThat(scorer.transformSchema(input.schema())).isEqualTo(expected);
      assertThat(scorer.transform(input).schema()).isEqualTo(expected);
    }
  }

  @Test
  void onlyColumnsThatAreNeededAreRead() {
    String data = folder.resolve("wide").toString();
    sql("SELECT id AS a, 'red' AS colour, 1D AS x, 'b' AS b, 2D AS c FROM range(3)")
        .write()
        .parquet(data);
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.keeping("b"))) {
      String plan =
          scorer.transform(session.read().parquet(data)).queryExecution().executedPlan().toString();
      assertThat(plan).contains("ReadSchema: struct<colour:string,x:double,b:string>");
    }
  }

  @Test
  void absentColumnsAreErrorsOrMissingValues() {
    org.apache.spark.sql.Dataset<Row> input = sql("SELECT 1D AS x, 'c' AS other");
    try (DataFrameScorer strict = line(ScoringOptions.DEFAULT)) {
      assertThatThrownBy(() -> strict.transform(input))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("line.pmml", "\"colour\"", "\"x\", \"other\"", "rename");
      DataFrameScorer lenient = strict.with(ScoringOptions.DEFAULT.with(SchemaCheck.LENIENT));
      // A missing category adds nothing.
      assertThat(lenient.transform(input).first().getDouble(2)).isEqualTo(3.0);
      assertThat(lenient.transform(sql("SELECT 1 AS other")).first().isNullAt(1)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"array(1D)", "X'00'", "INTERVAL '1' DAY", "DATE'2020-01-01'", "struct(1D AS x)"})
  void columnsOfAnUnfitTypeAreErrorsOnTheDriver(String value) {
    for (SchemaCheck check : SchemaCheck.values()) {
      try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.with(check))) {
        org.apache.spark.sql.Dataset<Row> input = sql("SELECT " + value + " AS x, 'red' AS colour");
        assertThatThrownBy(() -> scorer.transform(input))
            .isInstanceOf(RuntimeException.class)
            .hasMessageContainingAll("line.pmml", "\"x\"", "type");
      }
    }
  }

  @Test
  void namesAreResolvedAsSparkResolvesThem() {
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.keeping("ID"))) {
      assertThat(scorer.transform(sql("SELECT 7 AS id, 1D AS X, 'red' AS Colour")).first())
          .isEqualTo(sql("SELECT 7, 103D").first());
      assertThat(scorer.transform(sql("SELECT 7 AS id, 1D AS x, 2D AS X, 'red' AS colour")).first())
          .isEqualTo(sql("SELECT 7, 103D").first());
      org.apache.spark.sql.Dataset<Row> twice =
          sql("SELECT 7 AS id, 1D AS x, 2D AS x, 'red' AS colour");
      assertThatThrownBy(() -> scorer.transform(twice)).hasMessageContainingAll("2", "\"x\"");
      session.conf().set("spark.sql.caseSensitive", "true");
      assertThatThrownBy(() -> scorer.transform(sql("SELECT 7 AS ID, 1D AS X, 'red' AS colour")))
          .hasMessageContaining("reads \"x\"");
    } finally {
      session.conf().set("spark.sql.caseSensitive", "false");
    }
    LoadOptions renamed = LoadOptions.DEFAULT.renaming("x", "a.b c");
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.with(renamed).keeping())) {
      assertThat(scorer.transform(sql("SELECT 1D AS `a.b c`, 'red' AS colour")).first())
          .isEqualTo(sql("SELECT 103D").first());
    }
  }

  @Test
  void namesThatCollideAreErrors() {
    org.apache.spark.sql.Dataset<Row> input = sql("SELECT 1D AS x, 'red' AS colour, 1 AS Y");
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT)) {
      assertThatThrownBy(() -> scorer.transform(input))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("\"Y\"", "\"y\"", "prefix");
      Row scored = scorer.with(ScoringOptions.DEFAULT.withPrefix("p_")).transform(input).first();
      assertThat(scored.<Double>getAs("p_y")).isEqualTo(103.0);
      assertThatThrownBy(
              () -> scorer.with(ScoringOptions.DEFAULT.keeping("x", "X")).transform(input))
          .hasMessageContaining("twice");
      assertThatThrownBy(() -> scorer.with(ScoringOptions.DEFAULT.keeping("zet")).transform(input))
          .hasMessageContainingAll("\"zet\"", "\"colour\"");
    }
  }

  @Test
  void badRowsAreTreatedAsThePolicySays() {
    org.apache.spark.sql.Dataset<Row> input =
        sql(
            "SELECT CAST(id AS DOUBLE) AS x, IF(id IN (5000, 7000), 'green', 'blue') AS colour FROM range(0, 9000, 1, 1)");
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT.keeping("x"))) {
      assertThatThrownBy(() -> scorer.transform(input).collectAsList())
          .isInstanceOf(SparkException.class)
          .cause()
          .isInstanceOfSatisfying(
              BadRowException.class,
              e -> {
                assertThat(e.row()).isEqualTo(5001);
                assertThat(e.field()).isEqualTo("colour");
                assertThat(e.value()).isEqualTo("green");
                assertThat(e).hasMessageContaining("partition 0").hasMessageContaining("status");
              });
      ScoringOptions nulls = ScoringOptions.DEFAULT.keeping("x").with(RowPolicy.NULL);
      assertThat(scorer.with(nulls).transform(input).where("y IS NULL").collectAsList())
          .containsExactly(
              sql("SELECT 5000D, CAST(NULL AS DOUBLE)").first(),
              sql("SELECT 7000D, CAST(NULL AS DOUBLE)").first());
      LoadOptions taking = LoadOptions.DEFAULT.taking(TakenAsMissing.UNSEEN);
      assertThat(scorer.with(nulls.with(taking)).transform(input).where("x = 7000").collectAsList())
          .containsExactly(sql("SELECT 7000D, 14001D").first());
      ScoringOptions status = nulls.with(RowPolicy.STATUS).withPrefix("m_");
      List<Row> bad =
          scorer.with(status).transform(input).where("m_status IS NOT NULL").collectAsList();
      assertThat(bad).hasSize(2);
      assertThat(bad.get(1).getDouble(0)).isEqualTo(7000);
      assertThat(bad.get(1).isNullAt(1)).isTrue();
      assertThat(bad.get(1).getString(2)).startsWith("field \"colour\" is \"green\": ");
    }
  }

  @Test
  void theModelIsVerifiedOnTheDriverAndNowhereElse() throws IOException {
    String wrong = LINE.replace("<y>103</y>", "<y>104</y>");
    assertThatThrownBy(() -> of(wrong, ScoringOptions.DEFAULT)).isInstanceOf(ModelException.class);
    LoadOptions unverified = LoadOptions.DEFAULT.withVerify(Verify.NEVER);
    try (DataFrameScorer scorer = of(wrong, ScoringOptions.DEFAULT.with(unverified))) {
      // Tasks that verified would fail.
      assertThat(scorer.transform(sql("SELECT 1D AS x, 'red' AS colour")).first().getDouble(2))
          .isEqualTo(103.0);
    }
    Path file = Files.writeString(folder.resolve("wrong.pmml"), wrong);
    assertThatThrownBy(() -> DataFrameScorer.load(session, file.toString()))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> DataFrameScorer.load(session, folder.resolve("no").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aClosedScorerIsTakenFromTheExecutors() {
    DataFrameScorer scorer = line(ScoringOptions.DEFAULT);
    org.apache.spark.sql.Dataset<Row> scored =
        scorer.transform(sql("SELECT 1D AS x, 'red' AS colour"));
    assertThat(scored.first().getDouble(2)).isEqualTo(103.0);
    scorer.close();
    scorer.close();
    assertThatThrownBy(scored::collectAsList).hasStackTraceContaining("destroyed");
  }

  @Test
  void modelsThatComputeFromEarlierRowsAreRefused() {
    String lag =
        LINE.replace("<ModelVerification", "<!--")
            .replace("</ModelVerification>", "-->")
            .replace(
                "<RegressionTable",
                "<LocalTransformations><DerivedField name='before' optype='continuous' dataType='double'><Lag field='x' n='1'/></DerivedField></LocalTransformations><RegressionTable")
            .replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"before\"");
    try (DataFrameScorer scorer = of(lag, ScoringOptions.DEFAULT)) {
      assertThatThrownBy(() -> scorer.transform(sql("SELECT 1D AS x, 'red' AS colour")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("earlier rows");
      AgrippaFunctions.register(session, "lag_of", scorer);
      assertThatThrownBy(() -> sql("SELECT lag_of(struct(1D AS x, 'red' AS colour))"))
          .hasMessageContaining("earlier rows");
    }
  }

  @Test
  void executorsGiveUpWhatNobodyUsesAnyMore() throws Exception {
    long forgotten = useAndForget();
    while (isHeld(forgotten)) { // for as long as the test may take
      System.gc();
      Thread.sleep(50);
    }
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT)) {
      assertThat(isHeld(scorer.shared().id())).isTrue();
    }
  }

  /** Scores, and gives no more than the number of the broadcast. */
  private static long useAndForget() {
    DataFrameScorer scorer = line(ScoringOptions.DEFAULT);
    assertThat(scorer.transform(sql("SELECT 1D AS x, 'red' AS colour")).count()).isEqualTo(1);
    return scorer.shared().id();
  }

  private static boolean isHeld(long broadcast) {
    return !SparkEnv.get()
        .blockManager()
        .master()
        .getMatchingBlockIds(id -> id.name().startsWith("broadcast_" + broadcast), true)
        .isEmpty();
  }

  @Test
  void theModelOfADocumentIsChosenByName() {
    try (DataFrameScorer scorer = line(ScoringOptions.DEFAULT)) {
      LoadOptions named =
          new LoadOptions(Optional.of("line"), Verify.ON_LOAD, Map.of(), List.of("y"));
      assertThat(
              scorer
                  .with(ScoringOptions.DEFAULT.with(named))
                  .transform(sql("SELECT 1D AS x, 'red' AS colour"))
                  .first()
                  .getDouble(2))
          .isEqualTo(103.0);
      assertThatThrownBy(
              () -> scorer.with(ScoringOptions.DEFAULT.with(LoadOptions.DEFAULT.withModel("no"))))
          .isInstanceOf(ModelException.class);
    }
  }
}
