package io.agrippa.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.spark.DataFrameScorer;
import io.agrippa.spark.SchemaCheck;
import io.agrippa.spark.ScoringOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model is a stage like those of Spark. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PmmlTransformerTest {
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

  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("PmmlTransformerTest")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static PmmlTransformer line(ScoringOptions options) {
    return PmmlTransformer.of(DataFrameScorer.of(session, document(LINE), options));
  }

  private static ModelBytes document(String text) {
    return new ModelBytes("line.pmml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Dataset<Row> rows() {
    return session.sql(
        "SELECT id, CAST(id AS DOUBLE) AS x, IF(id = 3, 'green', 'red') AS colour FROM range(0, 5000, 1, 2)");
  }

  private static List<Row> sorted(Dataset<Row> rows) {
    return rows.orderBy("id").collectAsList();
  }

  @Test
  void aPipelineWithTheModelIsSavedAndLoadedAndScoresTheSame() throws Exception {
    PmmlTransformer model =
        line(
            ScoringOptions.DEFAULT
                .with(
                    LoadOptions.DEFAULT
                        .withModel("line")
                        .renaming("x", "ex")
                        .selecting("y")
                        .taking(TakenAsMissing.NAN))
                .with(RowPolicy.STATUS)
                .keeping("id", "ex")
                .withPrefix("m_"));
    PipelineModel pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SQLTransformer().setStatement("SELECT id, x + 1 AS ex, colour FROM __THIS__"),
                  model,
                  new SQLTransformer().setStatement("SELECT *, m_y / 2 AS half FROM __THIS__")
                })
            .fit(rows());
    List<Row> scored = sorted(pipeline.transform(rows()));
    assertThat(scored).hasSize(5000);
    assertThat(scored.get(10).schema().fieldNames())
        .containsExactly("id", "ex", "m_y", "m_status", "half");
    assertThat(scored.get(10).<Double>getAs("half")).isEqualTo((1 + 2 * 11.0 + 100) / 2);
    assertThat(scored.get(3).<String>getAs("m_status")).contains("green");

    String path = folder.resolve("pipeline").toString();
    pipeline.write().overwrite().save(path);
    pipeline.write().overwrite().save(path); // over itself
    PipelineModel loaded = PipelineModel.load(path);
    assertThat(sorted(loaded.transform(rows()))).isEqualTo(scored);
    PmmlTransformer stage = (PmmlTransformer) loaded.stages()[1];
    assertThat(stage.uid()).isEqualTo(model.uid());
    assertThat(stage.extractParamMap().toSeq().size())
        .isEqualTo(model.extractParamMap().toSeq().size());
  }

  @Test
  void theDocumentIsSavedAsItWas() throws Exception {
    Path path = folder.resolve("model");
    line(ScoringOptions.DEFAULT).save(path.toString());
    assertThat(path.resolve("model.pmml")).hasContent(LINE);
    PmmlTransformer loaded = PmmlTransformer.load(path.toString());
    assertThat(loaded.document()).isEqualTo(LINE.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> loaded.save(path.toString())).hasMessageContaining("already exists");

    Files.writeString(path.resolve("model.pmml"), LINE.replace("<y>103</y>", "<y>1</y>"));
    Files.deleteIfExists(path.resolve(".model.pmml.crc"));
    PmmlTransformer wrong = PmmlTransformer.load(path.toString());
    assertThatThrownBy(() -> wrong.transform(rows()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.pmml");
    Files.delete(path.resolve("model.pmml"));
    assertThatThrownBy(() -> PmmlTransformer.load(path.toString()))
        .hasMessageContainingAll("model.pmml", "save it again");
  }

  @Test
  void theSchemaIsCheckedStrictlyOrLeniently() {
    PmmlTransformer model = line(ScoringOptions.DEFAULT.keeping("id"));
    Dataset<Row> lacking = rows().drop("colour");
    assertThat(model.transformSchema(rows().schema())).isEqualTo(model.transform(rows()).schema());
    assertThatThrownBy(() -> model.transformSchema(lacking.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"colour\"");
    assertThatThrownBy(() -> new Pipeline().setStages(new PipelineStage[] {model}).fit(lacking))
        .hasMessageContaining("\"colour\"");
    model.setCheck("lenient");
    assertThat(sorted(model.transform(lacking)).get(3).getDouble(1)).isEqualTo(7.0);
    assertThatThrownBy(() -> model.setCheck("lax")).hasMessageContaining("check");
  }

  @Test
  void paramsAreFoundAndOverridden() {
    PmmlTransformer model = line(ScoringOptions.DEFAULT.with(SchemaCheck.LENIENT));
    assertThat(Arrays.stream(model.params()).map(Param::name))
        .containsExactlyInAnyOrder(
            "modelName",
            "results",
            "renamedFields",
            "renamedColumns",
            "takenAsMissing",
            "check",
            "badRows",
            "keptCols",
            "prefix");
    assertThat(model.explainParams()).contains("fail, null, status");
    ParamMap other = new ParamMap().put(model.badRows().w("null")).put(model.prefix().w("p_"));
    assertThat(model.transform(rows(), other).columns())
        .containsExactly("id", "x", "colour", "p_y");
    assertThat(model.copy(other).getOrDefault(model.badRows())).isEqualTo("null");
    assertThat(model.getOrDefault(model.badRows())).isEqualTo("fail");
    model.set("takenAsMissing", new String[] {"unseen"});
    assertThat(sorted(model.transform(rows())).get(3).getDouble(3)).isEqualTo(7.0);
    model.set("renamedFields", new String[] {"x"});
    assertThatThrownBy(() -> model.transform(rows())).hasMessageContaining("renamedColumns");
  }

  @Test
  void aStageWithoutADocumentSaysSo() {
    PmmlTransformer empty = new PmmlTransformer("empty");
    assertThatThrownBy(() -> empty.transform(rows())).hasMessageContaining("PmmlTransformer.of");
  }

  @Test
  void aStreamIsScored() throws Exception {
    String in = folder.resolve("in").toString();
    rows().write().parquet(in);
    StreamingQuery query =
        line(ScoringOptions.DEFAULT.with(RowPolicy.NULL))
            .transform(session.readStream().schema(rows().schema()).parquet(in))
            .writeStream()
            .format("memory")
            .queryName("scored")
            .start();
    try {
      query.processAllAvailable();
      assertThat(session.sql("SELECT COUNT(y) FROM scored").first().getLong(0)).isEqualTo(4999);
    } finally {
      query.stop();
    }
  }
}
