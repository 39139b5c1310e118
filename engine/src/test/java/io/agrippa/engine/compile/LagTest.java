package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that look at earlier rows. */
class LagTest {
  private static final List<String> NAMES = List.of("x", "s", "store", "item");

  private static CompiledModel model(String... lags) {
    StringBuilder content =
        new StringBuilder(
            """
            <DataDictionary>
              <DataField name="x" optype="continuous" dataType="double"/>
              <DataField name="s" optype="categorical" dataType="string"/>
              <DataField name="store" optype="categorical" dataType="string"/>
              <DataField name="item" optype="continuous" dataType="integer"/>
            </DataDictionary>
            <RegressionModel functionName="regression"><MiningSchema>
              <MiningField name="x"/><MiningField name="s"/>
              <MiningField name="store" missingValueReplacement="none"/><MiningField name="item"/>
            </MiningSchema><Output>
            """);
    for (int i = 0; i < lags.length; i++) {
      content
          .append("<OutputField name=\"lag" + i + "\" feature=\"transformedValue\">")
          .append(lags[i])
          .append("</OutputField>");
    }
    return Scored.model(
        content
            + "</Output><LocalTransformations>"
            + "<DerivedField name=\"half\" optype=\"continuous\" dataType=\"double\">"
            + "<Apply function=\"/\"><FieldRef field=\"x\"/><Constant>2</Constant></Apply>"
            + "</DerivedField>"
            + "<DerivedField name=\"before\" optype=\"continuous\" dataType=\"double\">"
            + "<Lag field=\"x\"/></DerivedField>"
            + "<DerivedField name=\"floor\" optype=\"continuous\" dataType=\"integer\">"
            + "<Apply function=\"floor\"><FieldRef field=\"x\"/></Apply></DerivedField>"
            + "</LocalTransformations><RegressionTable intercept=\"0\"/></RegressionModel>");
  }

  private static String lag(String field, String attributes, String... indicators) {
    StringBuilder xml = new StringBuilder("<Lag field=\"" + field + "\" " + attributes + ">");
    for (String indicator : indicators) {
      xml.append("<BlockIndicator field=\"").append(indicator).append("\"/>");
    }
    return xml.append("</Lag>").toString();
  }

  /** Scores rows cut into blocks of these sizes, the last one as large as need be. */
  private static List<Map<String, String>> score(
      CompiledModel model, List<String[]> rows, int... sizes) {
    BlockOperator.Worker worker = null;
    List<Map<String, String>> scored = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= sizes.length; i++) {
      int to = i == sizes.length ? rows.size() : Math.min(rows.size(), from + sizes[i]);
      Block block = Scored.texts(NAMES, rows.subList(from, to));
      if (worker == null) {
        worker = model.bind(block.schema(), List.of()).worker();
        worker.startPartition();
      }
      Block result = worker.apply(block);
      for (int row = 0; row < result.rows(); row++) {
        scored.add(Scored.results(result, row));
      }
      from = to;
    }
    return scored;
  }

  private static List<String> column(List<Map<String, String>> scored, int lag) {
    return scored.stream().map(row -> row.get("lag" + lag)).toList();
  }

  /** Rows of x alone, in one store. */
  private static List<String[]> series(String... values) {
    return Arrays.stream(values).map(x -> new String[] {x, "s" + x, "a", "1"}).toList();
  }

  @Test
  void aLagIsTheValueSoManyRowsBefore() {
    CompiledModel model =
        model(
            lag("x", ""),
            lag("x", "n=\"3\""),
            lag("s", "n=\"2\" aggregate=\"none\""),
            lag("half", ""),
            lag("floor", ""));
    List<Map<String, String>> scored = score(model, series("1", "2", null, "4.5", "5"));
    assertThat(column(scored, 0)).containsExactly(null, "1.0", "2.0", null, "4.5");
    assertThat(column(scored, 1)).containsExactly(null, null, null, "1.0", "2.0");
    assertThat(column(scored, 2)).containsExactly(null, null, "s1", "s2", "snull");
    assertThat(column(scored, 3)).containsExactly(null, "0.5", "1.0", null, "2.25");
    assertThat(column(scored, 4)).containsExactly(null, "1", "2", null, "4");
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4} {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        "sum, -, 1.0, 3.0, 2.0, 4.0",
        "avg, -, 1.0, 1.5, 2.0, 4.0",
        "min, -, 1.0, 1.0, 2.0, 4.0",
        "max, -, 1.0, 2.0, 2.0, 4.0",
        "median, -, 1.0, 1.5, 2.0, 4.0",
        "product, -, 1.0, 2.0, 2.0, 4.0",
        "stddev, -, 0.0, 0.7071067811865476, 0.0, 0.0",
      })
  void aSummaryIsOfTheRowsBetweenThatThereAre(
      String aggregate, String one, String two, String three, String four, String five) {
    CompiledModel model = model(lag("x", "n=\"2\" aggregate=\"" + aggregate + "\""));
    assertThat(column(score(model, series("1", "2", null, "4", "7")), 0))
        .containsExactly(one, two, three, four, five);
  }

  @Test
  void aSummaryOfWholeNumbersIsWholeWhereItCanBe() {
    CompiledModel model =
        model(lag("item", "n=\"9\" aggregate=\"sum\""), lag("item", "n=\"9\" aggregate=\"avg\""));
    List<String[]> rows = List.of(item("1"), item("4"), item("0"));
    List<Map<String, String>> scored = score(model, rows);
    assertThat(column(scored, 0)).containsExactly(null, "1", "5");
    assertThat(column(scored, 1)).containsExactly(null, "1.0", "2.5");
  }

  private static String[] item(String item) {
    return new String[] {"0", "", "a", item};
  }

  @Test
  void aGroupBeginsAnewWhereAnIndicatorChanges() {
    CompiledModel model =
        model(
            lag("x", "", "store"),
            lag("x", "n=\"2\" aggregate=\"sum\"", "store", "item"),
            lag("x", "n=\"2\"", "floor"));
    List<String[]> rows =
        List.of(
            new String[] {"1", "", "a", "1"},
            new String[] {"1", "", "a", "1"},
            new String[] {"1", "", "a", "2"},
            new String[] {"4", "", "b", "2"},
            new String[] {"5", "", "a", "2"},
            new String[] {"6", "", null, "2"},
            new String[] {"7", "", null, null},
            new String[] {"8", "", "none", "2"});
    List<Map<String, String>> scored = score(model, rows);
    assertThat(column(scored, 0))
        .containsExactly(null, "1.0", "1.0", null, null, null, "6.0", null);
    assertThat(column(scored, 1)).containsExactly(null, "1.0", null, null, null, null, null, null);
    assertThat(column(scored, 2)).containsExactly(null, null, "1.0", null, null, null, null, null);
    assertThat(model.dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of(), RowDependency.Reach.EARLIER));
  }

  @Test
  void saysWhichRowsBelongTogether() {
    assertThat(model(lag("x", "", "item", "store"), lag("s", "", "store")).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of("store"), RowDependency.Reach.EARLIER));
    assertThat(model(lag("x", "", "store"), lag("x", "")).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of(), RowDependency.Reach.EARLIER));
    assertThat(model("<FieldRef field=\"x\"/>").dependency()).isEqualTo(new RowDependency.None());
  }

  @Test
  void aPartitionBeginsWithoutMemory() {
    CompiledModel model = model(lag("x", ""), lag("x", "n=\"5\" aggregate=\"sum\"", "store"));
    Block block = Scored.texts(NAMES, series("1", "2"));
    BlockOperator.Worker worker = model.bind(block.schema(), List.of()).worker();
    for (int partition = 0; partition < 2; partition++) {
      worker.startPartition();
      assertThat(Scored.results(worker.apply(block), 0)).containsEntry("lag0", null);
      Map<String, String> first = Scored.results(worker.apply(block), 0);
      assertThat(first).containsEntry("lag0", "2.0").containsEntry("lag1", "3.0");
    }
  }

  /** The inner Lag is asked for in blocks only in which a row has item 1. */
  @Test
  void aLagOfALagIsTheSameInBlocksThatDoNotAskForIt() {
    String asked =
        "<Apply function=\"if\"><Apply function=\"equal\"><FieldRef field=\"item\"/><Constant>1</Constant></Apply>"
            + lag("before", "")
            + "</Apply>";
    CompiledModel model = model(asked);
    List<String[]> rows = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      rows.add(new String[] {Integer.toString(i), "", "a", i == 6 ? "1" : "0"});
    }
    for (int size : new int[] {6, 3, 2, 1}) {
      assertThat(column(score(model, rows, size, size, size, size, size), 0))
          .as("blocks of %d", size)
          .containsExactly(null, null, null, null, null, "4.0");
    }
  }

  @Test
  void whatCouldNotBeComputedIsAnErrorOfTheRowsThatLookAtIt() {
    CompiledModel model = model(lag("x", ""), lag("x", "n=\"2\" aggregate=\"sum\""));
    for (int size : new int[] {4, 1}) { // in one block, or in several
      List<Map<String, String>> scored =
          score(model, series("1", "bad", "3", "4", "5"), size, size);
      assertThat(scored.get(1).get("lag0")).isEqualTo("1.0");
      assertThat(scored.get(2).get("lag0"))
          .isEqualTo(
              "error: field \"lag0\" is missing: the value of \"x\" 1 row before could not be computed");
      assertThat(scored.get(3).get("lag0"))
          .isEqualTo(
              "error: field \"lag1\" is missing: the value of \"x\" 2 rows before could not be computed");
      assertThat(scored.get(4)).containsEntry("lag0", "4.0").containsEntry("lag1", "7.0");
    }
  }

  @Test
  void mistakesAreFoundWhenCompiling() {
    assertThatThrownBy(() -> model(lag("s", "aggregate=\"sum\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "Lag has aggregate=\"sum\", but field \"s\" is of type string; use a number");
    assertThatThrownBy(() -> model(lag("x", "n=\"2000000\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at most 1048576 rows are remembered");
    assertThatThrownBy(() -> model(lag("x", "", "shop")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"shop\" is not known");
  }

  /**
   * However rows are cut into blocks, and however laziness has it, the answer is a plain loop's.
   */
  @Test
  void blocksDoNotShow() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(40);
      int count = 1 + random.nextInt(120);
      List<String[]> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String x = random.nextInt(5) == 0 ? null : Integer.toString(random.nextInt(100));
        String store = random.nextInt(9) > 0 && i > 0 ? rows.get(i - 1)[2] : "st" + i;
        rows.add(new String[] {x, x, store, "1"});
      }
      int[] sizes = random.ints(random.nextInt(12), 0, 30).toArray();
      CompiledModel model =
          model(
              lag("x", "n=\"" + n + "\"", "store"),
              lag("s", "n=\"" + n + "\""),
              lag("x", "n=\"" + n + "\" aggregate=\"sum\"", "store"),
              // asked for only where a condition holds, which may be in no row of a block
              "<Apply function=\"if\"><Apply function=\"equal\"><FieldRef field=\"x\"/>"
                  + "<Constant>7</Constant></Apply>"
                  + lag("half", "n=\"" + n + "\"")
                  + "</Apply>");
      List<Map<String, String>> scored = score(model, rows, sizes);
      for (int row = 0; row < count; row++) {
        int back = row - n;
        boolean inGroup = back >= 0 && rows.get(back)[2].equals(rows.get(row)[2]);
        String lagged = back < 0 || rows.get(back)[0] == null ? null : rows.get(back)[0];
        String number = lagged == null ? null : lagged + ".0";
        double sum = 0;
        boolean any = false;
        for (int i = Math.max(0, back); i < row; i++) {
          if (rows.get(i)[2].equals(rows.get(row)[2]) && rows.get(i)[0] != null) {
            sum += Double.parseDouble(rows.get(i)[0]);
            any = true;
          }
        }
        String half = lagged == null ? null : Double.toString(Double.parseDouble(lagged) / 2);
        assertThat(scored.get(row))
            .as("seed %d, row %d", seed, row)
            .containsEntry("lag0", inGroup ? number : null)
            .containsEntry("lag1", lagged)
            .containsEntry("lag2", any ? Double.toString(sum) : null)
            .containsEntry("lag3", "7".equals(rows.get(row)[0]) ? half : null);
      }
    }
  }
}
