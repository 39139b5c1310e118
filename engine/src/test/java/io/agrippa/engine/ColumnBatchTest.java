package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.RowPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of plain arrays give what their rows give as records; options choose, rename, select. */
class ColumnBatchTest {
  private static final String TWO_MODELS =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="day" optype="continuous" dataType="dateDaysSince[1970]"/>
        <DataField name="y" optype="continuous" dataType="double"/>
      </DataDictionary>
      <RegressionModel modelName="twice" functionName="regression">
        <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="x"/></MiningSchema>
        <Output>
          <OutputField name="half" optype="continuous" dataType="double" feature="transformedValue" isFinalResult="false">
            <Apply function="/"><FieldRef field="y2"/><Constant>4</Constant></Apply></OutputField>
        </Output>
        <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
      </RegressionModel>
      <RegressionModel modelName="day" functionName="regression">
        <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="day"/><MiningField name="x"/></MiningSchema>
        <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/>
          <NumericPredictor name="day" coefficient="100"/></RegressionTable>
      </RegressionModel>
      <RegressionModel modelName="stopped" functionName="regression" isScorable="false">
        <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="x"/></MiningSchema>
        <RegressionTable intercept="7"/>
      </RegressionModel>
      </PMML>
      """
          .replace("<FieldRef field=\"y2\"/>", "<FieldRef field=\"all\"/>")
          .replace(
              "<Output>",
              "<Output><OutputField name=\"all\" optype=\"continuous\" dataType=\"double\""
                  + " feature=\"predictedValue\"/>");

  private static ScoringModel load(LoadOptions options) throws IOException {
    return Agrippa.load(
        new ByteArrayInputStream(TWO_MODELS.getBytes(StandardCharsets.UTF_8)), "two.pmml", options);
  }

  private static Path zoo(String name) {
    return Path.of(
        System.getProperty("agrippa.root", ".."),
        "models/src/main/resources/io/agrippa/models/zoo",
        name + ".pmml");
  }

  @ParameterizedTest
  @CsvSource({
    "flights-delay,0",
    "flights-delay,1",
    "flights-delay,4095",
    "flights-delay,4096",
    "flights-delay,4097",
    "flights-delay,9000",
    "credit-risk,5000",
    "loan-status,5000",
    "diamond-price,5000"
  })
  void aBatchGivesTheBitsOfItsRecords(String name, int rows) throws IOException {
    ScoringModel model = Agrippa.load(zoo(name));
    List<Map<String, Object>> records = RandomRecords.of(model, rows, rows);
    assertThat(RandomRecords.batchOutcomes(model, RandomRecords.batch(model, records)))
        .as("seed %d", rows)
        .isEqualTo(records.stream().map(record -> RandomRecords.outcome(model, record)).toList());
  }

  @Test
  void manyThreadsGiveTheBitsOfOne() throws Exception {
    ScoringModel model = Agrippa.load(zoo("flights-delay"));
    List<ColumnBatch> batches = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ColumnBatch batch = RandomRecords.batch(model, RandomRecords.of(model, i, 400 * i));
      batches.add(batch);
      expected.add(RandomRecords.batchOutcomes(model, batch));
    }
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Object>> done = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ColumnBatch batch = batches.get(i % 12);
        done.add(pool.submit(() -> RandomRecords.batchOutcomes(model, batch)));
      }
      for (int i = 0; i < 60; i++) {
        assertThat(done.get(i).get()).as("seed %d", i % 12).isEqualTo(expected.get(i % 12));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** The kinds of arrays that a caller may have, against records, with every pattern of gaps. */
  @Test
  void numbersDatesAndTextsMayBeGivenAsTheyAre() throws IOException {
    ScoringModel model = load(LoadOptions.DEFAULT.withModel("day"));
    int rows = 4_100;
    long seed = 42;
    Random random = new Random(seed);
    double[] x = new double[rows];
    boolean[] noX = new boolean[rows];
    long[] day = new long[rows];
    boolean[] noDay = new boolean[rows];
    String[] dayText = new String[rows];
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      x[row] = random.nextGaussian();
      noX[row] = random.nextInt(5) == 0;
      day[row] = random.nextInt(40_000) - 20_000L;
      noDay[row] = random.nextInt(70) == 0;
      LocalDate date = noDay[row] ? null : LocalDate.ofEpochDay(day[row]);
      dayText[row] = date == null ? null : date.toString();
      Map<String, Object> record = new HashMap<>();
      record.put("x", noX[row] ? null : x[row]);
      record.put("day", date == null ? null : day[row]);
      expected.add(model.score(record).get("y"));
    }
    ColumnBatch.Builder given = ColumnBatch.ofRows(rows).doubles("x", x, noX);
    ColumnBatch dates =
        model.score(
            given
                .longs(new Field("day", Type.Scalar.DATE), day, noDay)
                .texts("z", dayText)
                .build());
    ColumnBatch texts =
        model.score(ColumnBatch.ofRows(rows).texts("day", dayText).doubles("x", x, noX).build());
    assertThat(values(dates, "y")).as("seed %d", seed).isEqualTo(expected);
    assertThat(values(texts, "y")).as("seed %d", seed).isEqualTo(expected);
    assertThat(dates.schema().names()).containsExactly("y");
    assertThat(expected).contains((Object) null).hasSize(rows);
    // A missing double is a NaN in the array, but the mask tells it from a NaN that was computed.
    int gap = expected.indexOf(null);
    assertThat(dates.doubles("y")[gap]).isNaN();
    assertThat(dates.missing("y")[gap]).isTrue();
  }

  private static List<Object> values(ColumnBatch batch, String name) {
    List<Object> values = new ArrayList<>();
    boolean[] missing = batch.missing(name);
    for (int row = 0; row < batch.rows(); row++) {
      values.add(missing[row] ? null : (Object) batch.doubles(name)[row]);
    }
    return values;
  }

  @Test
  void aRowThatTheModelRefusesIsTreatedAsThePolicySays() throws IOException {
    ScoringModel model = load(LoadOptions.DEFAULT.renaming("x", "width"));
    String[] texts = new String[5_000];
    java.util.Arrays.fill(texts, "1.5");
    texts[4_500] = "wide";
    texts[4_700] = "high";
    ColumnBatch batch = ColumnBatch.ofRows(5_000).texts("width", texts).build();

    BadRecordException bad =
        catchThrowableOfType(BadRecordException.class, () -> model.score(batch));
    assertThat(bad)
        .hasMessageStartingWith("row 4500 (counted from 0): field \"width\" is \"wide\"");
    assertThat(bad.row()).isEqualTo(4_500);
    assertThat(bad.field()).isEqualTo("width");
    assertThat(bad.value()).isEqualTo("wide");

    ColumnBatch scored = model.score(batch, RowPolicy.NULL);
    assertThat(scored.missing("all")[4_500]).isTrue();
    assertThat(scored.doubles("all")[4_499]).isEqualTo(3.0);
    assertThat(scored.problems()).extracting("row").containsExactly(4_500, 4_700);
    ColumnBatch told = model.score(batch, RowPolicy.STATUS);
    assertThat(told.texts("status")[4_699]).isNull();
    assertThat(told.texts("status")[4_700]).contains("\"high\"");

    assertThatThrownBy(() -> model.score(Map.of("width", "wide")))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("field \"width\" is \"wide\"");
    assertThat(model.score(Map.of("width", 2)).get("all")).isEqualTo(4.0);
    assertThat(model.inputs()).extracting("name").containsExactly("width");
  }

  @Test
  void optionsChooseTheModelAndItsResults() throws IOException {
    assertThat(load(LoadOptions.DEFAULT).name()).isEqualTo("twice");
    assertThat(load(LoadOptions.DEFAULT).score(Map.of("x", 2))).containsOnlyKeys("y", "all");
    assertThat(load(LoadOptions.DEFAULT.selecting("half", "y")).score(Map.of("x", 2)))
        .containsExactly(Map.entry("half", 1.0), Map.entry("y", 4.0));
    assertThat(load(LoadOptions.DEFAULT.withModel("day")).name()).isEqualTo("day");

    assertThatThrownBy(() -> load(LoadOptions.DEFAULT.withModel("stopped")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the model \"stopped\" says isScorable=\"false\"");
    assertThatThrownBy(() -> load(LoadOptions.DEFAULT.withModel("thrice")))
        .hasMessageContaining("no model named \"thrice\"; it has \"twice\", \"day\", \"stopped\"");
    assertThatThrownBy(() -> load(LoadOptions.DEFAULT.selecting("quarter")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no result \"quarter\"; it gives y, all, half");
    assertThatThrownBy(() -> load(LoadOptions.DEFAULT.renaming("z", "zz")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the input \"z\" is to be renamed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadOptions.DEFAULT.selecting("y", "y"))
        .withMessage("the result \"y\" is asked for twice; name it once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadOptions.DEFAULT.renaming("x", ""))
        .withMessageContaining("the data's name of field \"x\" has an empty name");
  }

  @Test
  void aColumnThatIsAbsentOrUnfitIsNamed() throws IOException {
    ScoringModel model = load(LoadOptions.DEFAULT.withModel("day").renaming("x", "width"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.score(ColumnBatch.ofRows(0).longs("day", new long[0]).build()))
        .withMessageContaining("the batch has no column \"width\"")
        .withMessageContaining("the batch has \"day\"");
    assertThatThrownBy(
            () ->
                model.score(
                    ColumnBatch.ofRows(1)
                        .longs(new Field("width", Type.Scalar.DATE), new long[1], null)
                        .longs("day", new long[1])
                        .build()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("field \"x\" is of type double");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnBatch.ofRows(2).doubles("x", new double[3]))
        .withMessage("the column \"x\" has 3 values, but the batch has 2 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnBatch.ofRows(2).doubles("x", new double[2], new boolean[1]))
        .withMessage("the column \"x\" has a mask of 1 rows, but the batch has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ColumnBatch.ofRows(0).texts("x", new String[0]).doubles("x", new double[0]))
        .withMessageContaining("is given twice");
    ColumnBatch batch = ColumnBatch.ofRows(1).doubles("x", new double[1]).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.longs("x"))
        .withMessageContaining("its values are a double[] and not a long[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.texts("y"))
        .withMessage("the batch has no column \"y\"; it has x");
  }

  @Test
  void timestampsAreReadInTheirUnits() throws IOException {
    ScoringModel model = Agrippa.load(zoo("flights-delay"));
    LocalDateTime date = LocalDateTime.of(2001, 1, 14, 21, 55);
    Map<String, Object> record =
        Map.of("date", date, "distance", 1671, "origin", "ATL", "destination", "PHX");
    long seconds = date.toEpochSecond(java.time.ZoneOffset.UTC);
    for (Type.Unit unit : Type.Unit.values()) {
      ColumnBatch batch =
          ColumnBatch.ofRows(1)
              .longs(
                  new Field("date", new Type.Timestamp(unit, Type.Clock.LOCAL)),
                  new long[] {seconds * unit.perSecond()},
                  null)
              .longs("distance", new long[] {1671})
              .texts("origin", new String[] {"ATL"})
              .texts("destination", new String[] {"PHX"})
              .build();
      assertThat(model.score(batch).doubles("probability(late)")[0])
          .isEqualTo(model.score(record).get("probability(late)"));
    }
  }
}
