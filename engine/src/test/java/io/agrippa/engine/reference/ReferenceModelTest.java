package io.agrippa.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.reference.ReferenceModel.AbsentColumns;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PMML4S behind blocks; and documents that would leave PMML4S waiting for ever. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReferenceModelTest {
  private static final String FIELDS =
      """
      <DataField name="x" optype="continuous" dataType="double"/>
      <DataField name="n" optype="continuous" dataType="integer"/>
      <DataField name="b" optype="categorical" dataType="boolean"/>
      <DataField name="s" optype="categorical" dataType="string"/>
      <DataField name="y" optype="continuous" dataType="double"/>
      """;

  /** y = 1 + 2 · x + 10 · n, and 100 more where s is red. */
  private static final String MODEL =
      """
      <RegressionModel modelName="line" functionName="regression">
        <MiningSchema>
          <MiningField name="x"/><MiningField name="n"/><MiningField name="b"/><MiningField name="s"/>
          <MiningField name="y" usageType="target"/>
        </MiningSchema>
        <RegressionTable intercept="1">
          <NumericPredictor name="x" coefficient="2"/>
          <NumericPredictor name="n" coefficient="10"/>
          <CategoricalPredictor name="s" value="red" coefficient="100"/>
        </RegressionTable>
      </RegressionModel>
      """;

  @AfterEach
  void noThreadOfPmml4sIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getThreadGroup() instanceof Loading) {
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static String document(String fields, String models) {
    return "<PMML version=\"4.4\"><Header/><DataDictionary>"
        + fields
        + "</DataDictionary>"
        + models
        + "</PMML>";
  }

  private static ReferenceModel read(String document) {
    return ReferenceModel.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private static StringColumn texts(String... texts) {
    DictionaryBuilder dictionary = new DictionaryBuilder();
    int[] codes = new int[texts.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = texts[i] == null ? StringColumn.MISSING : dictionary.code(texts[i]);
    }
    return new StringColumn(codes, dictionary.snapshot());
  }

  private static Block block(int rows, List<Field> fields, Column... columns) {
    return new Block(new Schema(fields), rows, List.of(columns));
  }

  private static Field field(String name, Type type) {
    return new Field(name, type);
  }

  /** Whoever is refused by the engine is told of it where it helps, and only there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AnomalyDetectionModel",
        "AssociationModel",
        "BaselineModel",
        "BayesianNetworkModel",
        "ClusteringModel",
        "GaussianProcessModel",
        "GeneralRegressionModel",
        "NaiveBayesModel",
        "NearestNeighborModel",
        "NeuralNetwork",
        "RuleSetModel",
        "Scorecard",
        "SequenceModel",
        "SupportVectorMachineModel",
        "TextModel",
        "TimeSeriesModel",
      })
  void theRefusalOfAModelNamesItWhereItCanScoreThat(String element) {
    boolean known;
    try {
      Class.forName("org.pmml4s.model." + element);
      known = !element.equals("AssociationModel"); // which ReferenceModel refuses
    } catch (ClassNotFoundException e) {
      known = false;
    }
    String document =
        "<PMML version=\"4.4\"><DataDictionary/><"
            + element
            + " functionName=\"regression\"/></PMML>";
    for (String refused :
        List.of(
            document,
            "<PMML version=\"4.4\"><DataDictionary/><MiningModel functionName=\"regression\"><MiningSchema/>"
                + "<Segmentation multipleModelMethod=\"sum\"><Segment><True/><"
                + element
                + "/></Segment></Segmentation></MiningModel></PMML>")) {
      Throwable refusal =
          catchThrowable(
              () -> PmmlReader.read(refused.getBytes(StandardCharsets.UTF_8), "test.pmml"));
      assertThat(refusal).hasMessageContaining(element + " is not supported yet");
      assertThat(refusal.getMessage().endsWith("; PMML4S can score it: --evaluator pmml4s"))
          .isEqualTo(known);
    }
  }

  @Test
  void numbersTruthsTextsAndMissingValuesReachIt() {
    ReferenceModel model = read(document(FIELDS, MODEL));
    assertThat(model.name()).contains("line");
    assertThat(model.reads())
        .containsExactly(
            field("x", Type.Scalar.DOUBLE),
            field("n", Type.Scalar.LONG),
            field("b", Type.Scalar.BOOLEAN),
            field("s", Type.Scalar.STRING));
    assertThat(model.results()).containsExactly(field("y", Type.Scalar.DOUBLE));

    Block rows =
        block(
            3,
            List.of(
                field("s", Type.Scalar.STRING),
                field("b", Type.Scalar.BOOLEAN),
                field("n", Type.Scalar.INT),
                field("x", Type.Scalar.DOUBLE)),
            texts("red", "blue", null),
            new LongColumn(new long[] {0, 1, 0}, null),
            new LongColumn(new long[] {1, 2, 3}, null),
            new DoubleColumn(new double[] {0.5, 0, 1}, new long[] {0b010}));
    Block scored =
        model.bind(rows.schema(), List.of("s"), AbsentColumns.REFUSE).worker().apply(rows);
    assertThat(scored.schema().names()).containsExactly("s", "y");
    assertThat(scored.column(0)).isSameAs(rows.column(0));
    assertThat(scored.problems()).isEmpty();
    DoubleColumn y = (DoubleColumn) scored.column(1);
    assertThat(y.isMissing(0)).isFalse();
    assertThat(y.values()[0]).isEqualTo(1 + 2 * 0.5 + 10 * 1 + 100);
    assertThat(y.isMissing(1)).as("a missing x leaves nothing to add up").isTrue();
    assertThat(y.values()[2]).isEqualTo(1 + 2 * 1 + 10 * 3);
  }

  @Test
  void aValueThatItWouldTakeForAnotherIsAProblemOfItsRow() {
    ReferenceModel model = read(document(FIELDS, MODEL));
    Block rows =
        block(
            5,
            List.of(
                field("x", Type.Scalar.STRING),
                field("n", Type.Scalar.DOUBLE),
                field("b", Type.Scalar.STRING)),
            texts("1", "one", "1", "1", null),
            new DoubleColumn(new double[] {1, 1, 1.5, 1, 1}, null),
            texts("true", "true", "true", "2", "FALSE"));
    Block scored =
        model.bind(rows.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING).worker().apply(rows);
    assertThat(scored.problems().stream().map(RowProblem::row)).containsExactly(1, 2, 3);
    assertThat(scored.problems().stream().map(RowProblem::text))
        .containsExactly(
            "field \"x\" is \"one\": PMML4S would take what is no number for missing; correct the value",
            "field \"n\" is \"1.5\": PMML4S would cut it to a whole number; correct the value",
            "field \"b\" is \"2\": PMML4S takes true and false for a boolean; correct the value");
    DoubleColumn y = (DoubleColumn) scored.column(0);
    assertThat(Bits.count(y.missing())).isEqualTo(4);
    assertThat(y.values()[0]).isEqualTo(13);
  }

  @Test
  void columnsThatAreAbsentOrUnfitAreNamed() {
    ReferenceModel model = read(document(FIELDS, MODEL));
    Schema some = new Schema(List.of(field("x", Type.Scalar.DOUBLE)));
    assertThatThrownBy(() -> model.bind(some, List.of(), AbsentColumns.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column \"n\", \"b\", \"s\"");
    Schema date = new Schema(List.of(field("x", Type.Scalar.DATE)));
    assertThatThrownBy(() -> model.bind(date, List.of(), AbsentColumns.TAKE_AS_MISSING))
        .hasMessageContaining("field \"x\"")
        .hasMessageContaining("of type date");
    assertThatThrownBy(() -> model.bind(some, List.of("x", "x"), AbsentColumns.TAKE_AS_MISSING))
        .hasMessageContaining("kept twice");
  }

  @Test
  void theTargetComesBesideAnOutput() {
    String fields =
        """
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="categorical" dataType="integer">
          <Value value="0"/><Value value="1"/>
        </DataField>
        """;
    ReferenceModel model =
        read(
            document(
                fields,
                """
                <RegressionModel functionName="classification" normalizationMethod="logit">
                  <MiningSchema>
                    <MiningField name="x"/><MiningField name="y" usageType="target"/>
                  </MiningSchema>
                  <Output>
                    <OutputField name="p1" optype="continuous" dataType="double"
                        feature="probability" value="1"/>
                  </Output>
                  <RegressionTable targetCategory="1" intercept="0">
                    <NumericPredictor name="x" coefficient="1"/>
                  </RegressionTable>
                  <RegressionTable targetCategory="0" intercept="0"/>
                </RegressionModel>
                """));
    assertThat(model.results())
        .containsExactly(field("y", Type.Scalar.LONG), field("p1", Type.Scalar.DOUBLE));
    Block rows =
        block(
            2,
            List.of(field("x", Type.Scalar.DOUBLE)),
            new DoubleColumn(new double[] {-1, 1}, null));
    Block scored = model.bind(rows.schema(), List.of(), AbsentColumns.REFUSE).worker().apply(rows);
    assertThat(((LongColumn) scored.column(0)).values()).containsExactly(0, 1);
    assertThat(((DoubleColumn) scored.column(1)).values()[1]).isBetween(0.73, 0.74);
  }

  private static String ofDate(String function) {
    return document(
        """
        <DataField name="d" optype="continuous" dataType="dateTime"/>
        <DataField name="y" optype="continuous" dataType="double"/>
        """,
        """
        <RegressionModel functionName="regression">
          <MiningSchema><MiningField name="d"/><MiningField name="y" usageType="target"/></MiningSchema>
          <LocalTransformations>
            <DerivedField name="s" optype="continuous" dataType="double">
              <Apply function="%s"><FieldRef field="d"/></Apply>
            </DerivedField>
          </LocalTransformations>
          <RegressionTable intercept="0"><NumericPredictor name="s" coefficient="1"/></RegressionTable>
        </RegressionModel>
        """
            .formatted(function));
  }

  @Test
  void timesReachItInUtc() {
    ReferenceModel model = read(ofDate("dateSecondsSinceMidnight"));
    Type timestamp = new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
    assertThat(model.reads()).containsExactly(field("d", timestamp));
    long micros = (LocalDate.of(1969, 2, 28).toEpochDay() * 86_400 + 3_661) * 1_000_000;
    Block typed =
        block(1, List.of(field("d", timestamp)), new LongColumn(new long[] {micros}, null));
    Block texts =
        block(
            2, List.of(field("d", Type.Scalar.STRING)), texts("2024-02-29T01:01:01", "yesterday"));
    for (Block rows : List.of(typed, texts)) {
      Block scored =
          model.bind(rows.schema(), List.of(), AbsentColumns.REFUSE).worker().apply(rows);
      assertThat(((DoubleColumn) scored.column(0)).values()[0]).isEqualTo(3_661);
      assertThat(scored.problems()).hasSize(rows.rows() - 1);
    }
  }

  @Test
  void functionsThatDependOnTheClockAreRefused() {
    assertThatThrownBy(() -> read(ofDate("dateSecondsSinceYear")))
        .isInstanceOf(ReferenceException.class)
        .hasMessageContaining("dateSecondsSinceYear from the time of day");
  }

  /**
   * PMML4S's own model must not be used by two threads: derived fields of the
   * TransformationDictionary find their values by what the last row noted.
   */
  @Test
  void manyWorkersGiveTheBitsOfOne() throws Exception {
    String derived =
        """
        <TransformationDictionary>
          <DerivedField name="d" optype="continuous" dataType="double">
            <Apply function="*"><FieldRef field="x"/><Constant>3</Constant></Apply>
          </DerivedField>
          <DerivedField name="e" optype="continuous" dataType="double">
            <Apply function="+"><FieldRef field="d"/><FieldRef field="n"/></Apply>
          </DerivedField>
        </TransformationDictionary>
        """;
    ReferenceModel model =
        read(
            document(
                FIELDS,
                derived
                    + MODEL.replace("NumericPredictor name=\"x\"", "NumericPredictor name=\"e\"")));
    Random random = new Random(7);
    int rows = Block.MAX_ROWS;
    Block block =
        block(
            rows,
            List.of(field("x", Type.Scalar.DOUBLE), field("n", Type.Scalar.LONG)),
            new DoubleColumn(random.doubles(rows).toArray(), null),
            new LongColumn(random.longs(rows, 0, 100).toArray(), null));
    BlockOperator operator = model.bind(block.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING);
    double[] expected = ((DoubleColumn) operator.worker().apply(block).column(0)).values();
    DoubleColumn x = (DoubleColumn) block.column(0);
    LongColumn n = (LongColumn) block.column(1);
    assertThat(expected[9])
        .isEqualTo(1 + 2 * (x.values()[9] * 3 + n.values()[9]) + 10.0 * n.values()[9]);

    int threads = 6;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<double[]>> scored = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Callable<double[]> score =
            () -> {
              BlockOperator.Worker worker = operator.worker();
              together.await();
              return ((DoubleColumn) worker.apply(block).column(0)).values();
            };
        scored.add(pool.submit(score));
      }
      for (Future<double[]> each : scored) {
        assertThat(each.get()).containsExactly(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatItFailsAtIsAProblemOfItsRow() {
    String derived =
        """
        <TransformationDictionary>
          <DerivedField name="d" optype="categorical" dataType="boolean">
            <Apply function="matches"><FieldRef field="s"/><FieldRef field="s"/></Apply>
          </DerivedField>
        </TransformationDictionary>
        """;
    String model =
        MODEL.replace(
            "CategoricalPredictor name=\"s\" value=\"red\"",
            "CategoricalPredictor name=\"d\" value=\"true\"");
    Block rows = block(2, List.of(field("s", Type.Scalar.STRING)), texts("a", "("));
    Block scored =
        read(document(FIELDS, derived + model))
            .bind(rows.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING)
            .worker()
            .apply(rows);
    assertThat(scored.problems()).hasSize(1);
    assertThat(scored.problems().get(0).row()).isEqualTo(1);
    assertThat(scored.problems().get(0).text())
        .startsWith(
            "field \"y\" is missing: PMML4S fails at the values of this row: java.util.regex.PatternSyntaxException");
  }

  @Test
  void documentsThatItDoesNotReadAreRefusedWithItsReason() {
    assertThatThrownBy(() -> read("<PMML version=\"4.4\"><Header/></PMML>"))
        .isInstanceOf(ReferenceException.class)
        .hasMessageStartingWith("PMML4S does not read this document (");
    assertThatThrownBy(() -> read("<html/>")).isInstanceOf(ReferenceException.class);
    assertThatThrownBy(() -> read(document(FIELDS, "<TimeSeriesModel/>")))
        .isInstanceOf(ReferenceException.class);
  }

  @Test
  void modelsThatKeepEarlierRowsAreRefused() {
    String document =
        document(
            """
            <DataField name="t" optype="categorical" dataType="string"/>
            <DataField name="i" optype="categorical" dataType="string"/>
            """,
            """
            <AssociationModel functionName="associationRules" numberOfTransactions="4" numberOfItems="1"
                minimumSupport="0.5" minimumConfidence="0.5" numberOfItemsets="1" numberOfRules="1">
              <MiningSchema>
                <MiningField name="t" usageType="group"/><MiningField name="i" usageType="active"/>
              </MiningSchema>
              <Item id="1" value="a"/>
              <Itemset id="1" support="1" numberOfItems="1"><ItemRef itemRef="1"/></Itemset>
              <AssociationRule support="1" confidence="1" antecedent="1" consequent="1"/>
            </AssociationModel>
            """);
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(ReferenceException.class)
        .hasMessageContaining("AssociationModel");
  }

  /** The thread that parses for PMML4S dies of this one, which PMML4S would not notice. */
  @Test
  void aTreeTooDeepForItIsRefused() {
    int depth = 20_000;
    String nodes = "<Node score=\"1\"><True/>".repeat(depth) + "</Node>".repeat(depth);
    String model =
        "<TreeModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/>"
            + "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
            + nodes
            + "</TreeModel>";
    assertThatThrownBy(() -> read(document(FIELDS, model)))
        .isInstanceOf(ReferenceException.class)
        .hasMessageContaining("nested as deeply");
  }

  /** The thread that parses for PMML4S would wait for ever with what stands behind the model. */
  @Test
  void whatStandsBehindTheFirstModelIsLeft() {
    String second = MODEL.replace("line", "second");
    assertThat(read(document(FIELDS, MODEL + second.repeat(1_000))).name()).contains("line");
  }
}
