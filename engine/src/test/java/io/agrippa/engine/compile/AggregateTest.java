package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that look at all rows of their group. */
class AggregateTest {
  private static final List<String> NAMES = List.of("x", "s", "store", "item", "day", "price");

  private static String document(String target, String local, String... outputs) {
    StringBuilder content =
        new StringBuilder(
            """
            <DataDictionary>
              <DataField name="x" optype="continuous" dataType="double"/>
              <DataField name="s" optype="categorical" dataType="string"/>
              <DataField name="store" optype="categorical" dataType="string"/>
              <DataField name="item" optype="continuous" dataType="integer"/>
              <DataField name="day" optype="continuous" dataType="date"/>
              <DataField name="price" optype="continuous" dataType="float"/>
            </DataDictionary>
            <RegressionModel functionName="regression"><MiningSchema>
              <MiningField name="x"/><MiningField name="s"/>
              <MiningField name="store" %s/><MiningField name="item"/>
              <MiningField name="day"/><MiningField name="price"/>
            </MiningSchema><Output>
            """
                .formatted(target));
    for (int i = 0; i < outputs.length; i++) {
      content
          .append("<OutputField name=\"out" + i + "\" feature=\"transformedValue\">")
          .append(outputs[i])
          .append("</OutputField>");
    }
    return content
        + "</Output><LocalTransformations>"
        + "<DerivedField name=\"half\" optype=\"continuous\" dataType=\"double\">"
        + "<Apply function=\"/\"><FieldRef field=\"x\"/><Constant>2</Constant></Apply>"
        + "</DerivedField>"
        + "<DerivedField name=\"floor\" optype=\"continuous\" dataType=\"integer\">"
        + "<Apply function=\"floor\"><FieldRef field=\"x\"/></Apply></DerivedField>"
        + local
        + "</LocalTransformations><RegressionTable intercept=\"0\"/></RegressionModel>";
  }

  private static CompiledModel model(String... outputs) {
    return Scored.model(document("", "", outputs));
  }

  private static String aggregate(String function, String field, String group) {
    return "<Aggregate function=\"%s\" field=\"%s\"%s/>"
        .formatted(function, field, group == null ? "" : " groupField=\"" + group + "\"");
  }

  private static String derived(String name, String expression) {
    return "<DerivedField name=\"%s\" optype=\"continuous\" dataType=\"double\">%s</DerivedField>"
        .formatted(name, expression);
  }

  private static String[] row(
      String x, String s, String store, String item, String day, String price) {
    return new String[] {x, s, store, item, day, price};
  }

  /** Cuts rows into blocks of these sizes, the last one as large as need be. */
  private static List<Block> blocks(List<String[]> rows, int... sizes) {
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= sizes.length || from < rows.size(); i++) {
      int size = i < sizes.length ? sizes[i] : Block.MAX_ROWS;
      int to = Math.min(rows.size(), from + size);
      blocks.add(Scored.texts(NAMES, rows.subList(from, to)));
      from = to;
    }
    return blocks;
  }

  private static List<Map<String, String>> score(
      CompiledModel model, List<String[]> rows, int... sizes) {
    List<Block> blocks = blocks(rows, sizes);
    BlockOperator.Worker worker = model.bind(blocks.get(0).schema(), List.of()).worker();
    worker.startPartition();
    return score(worker, blocks);
  }

  private static List<Map<String, String>> score(BlockOperator.Worker worker, List<Block> blocks) {
    blocks.forEach(worker::gather);
    List<Map<String, String>> scored = new ArrayList<>();
    for (Block block : blocks) {
      Block result = worker.apply(block);
      for (int row = 0; row < result.rows(); row++) {
        scored.add(Scored.results(result, row));
      }
    }
    return scored;
  }

  private static List<String> column(List<Map<String, String>> scored, int output) {
    return scored.stream().map(row -> row.get("out" + output)).toList();
  }

  /** Two stores; a row without a store; a store none of whose rows has a value. */
  private static final List<String[]> STORES =
      List.of(
          row("1.5", "p", "a", "7", "2024-02-29", "0.1"),
          row(null, "q", "a", null, null, null),
          row("4", "r", "a", "-2", "2023-12-31", "0.2"),
          row("100", "t", null, "100", "1999-01-01", "9"),
          row("-3", "p", "b", "2147483647", "2024-01-01", "16777216"),
          row("8", null, "b", "0", "2025-01-01", "1"),
          row(null, null, "c", null, null, null));

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        // function, field, store a, store b, store c, without groups
        "count,   x,     2, 2, 0, 5",
        "count,   s,     3, 1, 0, 5",
        "count,   day,   2, 2, 0, 5",
        "sum,     x,     5.5, 5.0, -, 110.5",
        "average, x,     2.75, 2.5, -, 22.1",
        "min,     x,     1.5, -3.0, -, -3.0",
        "max,     x,     4.0, 8.0, -, 100.0",
        "average, item,  2.5, 1.0737418235E9, -, 4.294967504E8",
        "min,     item,  -2, 0, -, -2",
        "max,     item,  7, 2147483647, -, 2147483647",
        "min,     day,   2023-12-31, 2024-01-01, -, 1999-01-01",
        "max,     day,   2024-02-29, 2025-01-01, -, 2025-01-01",
        // 2^24 + 1 is no float; the sum is rounded once
        "sum,     price, 0.3, 1.6777216E7, -, 1.6777226E7",
        "max,     price, 0.2, 1.6777216E7, -, 1.6777216E7",
        "sum,     half,  2.75, 2.5, -, 55.25",
        "max,     floor, 4, 8, -, 100",
      })
  void eachRowHasTheNumberOfAllRowsOfItsGroup(
      String function, String field, String a, String b, String c, String all) {
    CompiledModel model =
        model(aggregate(function, field, "store"), aggregate(function, field, null));
    List<Map<String, String>> scored = score(model, STORES);
    assertThat(column(scored, 0)).containsExactly(a, a, a, null, b, b, c);
    assertThat(column(scored, 1)).hasSize(7).containsOnly(all);
  }

  @Test
  void groupsAreOfConsecutiveRowsWithTheSameValueAsItCame() {
    List<String[]> rows = new ArrayList<>();
    for (String store : Arrays.asList("a", "a", "b", "a", null, null, "none", "none")) {
      rows.add(row("1", "", store, "1", null, null));
    }
    String count = aggregate("count", "x", "store");
    assertThat(column(score(Scored.model(document("", "", count)), rows), 0))
        .containsExactly("2", "2", "1", "1", null, null, "2", "2");
    // a replacement makes a group of what is missing, but a cut may be where the data changes
    CompiledModel replacing = Scored.model(document("missingValueReplacement=\"none\"", "", count));
    assertThat(column(score(replacing, rows), 0))
        .containsExactly("2", "2", "1", "1", "2", "2", "2", "2");
  }

  @Test
  void groupsMayBeOfADerivedField() {
    List<String[]> rows = new ArrayList<>();
    for (String x : Arrays.asList("1.2", "1.7", "2", null, "2", "-0.5")) {
      rows.add(row(x, "", "a", "1", null, null));
    }
    CompiledModel model = model(aggregate("max", "x", "floor"));
    assertThat(column(score(model, rows, 1, 2), 0))
        .containsExactly("1.7", "1.7", "2.0", null, "2.0", "-0.5");
    assertThat(model.dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of(), RowDependency.Reach.ALL));
  }

  @Test
  void saysWhichRowsBelongTogether() {
    RowDependency.Reach all = RowDependency.Reach.ALL;
    String grouped = aggregate("sum", "x", "store");
    assertThat(model(grouped).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of("store"), all));
    assertThat(model(grouped, aggregate("sum", "x", null)).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of(), all));
    assertThat(model(grouped, aggregate("sum", "x", "item")).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of(), all));
    String lag =
        "<Lag field=\"x\"><BlockIndicator field=\"item\"/><BlockIndicator field=\"store\"/></Lag>";
    assertThat(model(lag, grouped).dependency())
        .isEqualTo(new RowDependency.WithinGroup(List.of("store"), all));
  }

  @Test
  void aSumOfWholeNumbersIsExactOnTheWayAndFitsIn32Bits() {
    List<String[]> rows = new ArrayList<>();
    for (String[] each :
        new String[][] {
          {"a", "2147483647"},
          {"a", "2147483647"},
          {"a", "-2147483647"},
          {"b", "2147483647"},
          {"b", "1"}
        }) {
      rows.add(row("1", "", each[0], each[1], null, null));
    }
    List<String> sums = column(score(model(aggregate("sum", "item", "store")), rows), 0);
    assertThat(sums.subList(0, 3)).containsOnly("2147483647");
    assertThat(sums.subList(3, 5))
        .containsOnly(
            "error: field \"out0\" is missing: the sum of \"item\" over its group is beyond the integers of 32 bits; take it of a field that is a double");
  }

  @Test
  void whatCouldNotBeComputedIsAnErrorOfTheRowsOfItsGroup() {
    List<String[]> rows = new ArrayList<>();
    for (String x : Arrays.asList("1", "2", "bad", "4")) {
      rows.add(row(x, "", "a", "1", null, null));
    }
    rows.add(row("7", "", "b", "1", null, null));
    String sum = aggregate("sum", "x", "store");
    // asked for only where item is 1
    String some =
        "<Apply function=\"if\"><Apply function=\"equal\"><FieldRef field=\"item\"/><Constant>1</Constant></Apply>"
            + sum
            + "<Constant>0</Constant></Apply>";
    rows.set(1, row("2", "", "a", "3", null, null));
    for (int size : new int[] {5, 1}) {
      List<Map<String, String>> scored = score(model(some), rows, size, size, size, size);
      String error =
          "error: field \"out0\" is missing: the value of \"x\" in row 3 of its group could not be computed";
      assertThat(column(scored, 0)).containsExactly(error, "0.0", error, error, "7.0");
    }
  }

  @Test
  void sumsThatAreNoNumbersAreErrors() {
    List<String[]> rows =
        List.of(row("INF", "", "a", "1", null, null), row("-INF", "", "a", "1", null, null));
    assertThat(column(score(model(aggregate("sum", "x", null)), rows), 0))
        .containsOnly(
            "error: field \"out0\" is missing: the sum of \"x\" over its group is not defined; exclude values that are not finite");
  }

  @Test
  void anAggregateMayBeOfALagAndALagOfAnAggregate() {
    String lagged = derived("before", "<Lag field=\"x\"><BlockIndicator field=\"store\"/></Lag>");
    String total = derived("total", aggregate("sum", "x", "store"));
    CompiledModel model =
        Scored.model(
            document(
                "",
                lagged + total,
                aggregate("sum", "before", "store"),
                "<Lag field=\"total\"/>",
                "<Lag field=\"x\"><BlockIndicator field=\"total\"/></Lag>"));
    List<String[]> rows = new ArrayList<>();
    for (String store : List.of("a", "a", "a", "b", "b")) {
      rows.add(row(Integer.toString(rows.size() + 1), "", store, "1", null, null));
    }
    for (int size : new int[] {5, 2, 1}) {
      List<Map<String, String>> scored = score(model, rows, size, size, size, size);
      assertThat(column(scored, 0)).containsExactly("3.0", "3.0", "3.0", "4.0", "4.0");
      assertThat(column(scored, 1)).containsExactly(null, "6.0", "6.0", "6.0", "9.0");
      assertThat(column(scored, 2)).containsExactly(null, "1.0", "2.0", null, "4.0");
    }
  }

  @Test
  void aFunctionMayAggregateItsParameter() {
    String function =
        """
        <TransformationDictionary>
          <DefineFunction name="share" optype="continuous" dataType="double">
            <ParameterField name="p" optype="continuous" dataType="double"/>
            <ParameterField name="g" optype="categorical" dataType="string"/>
            <Apply function="/"><FieldRef field="p"/><Aggregate function="sum" field="p" groupField="g"/></Apply>
          </DefineFunction>
        </TransformationDictionary>
        """;
    String share =
        "<Apply function=\"share\"><Apply function=\"*\"><FieldRef field=\"x\"/><Constant>2</Constant></Apply><FieldRef field=\"store\"/></Apply>";
    String document = document("", "", share);
    CompiledModel model =
        Scored.model(document.replace("</DataDictionary>", "</DataDictionary>" + function));
    List<String[]> rows =
        List.of(
            row("1", "", "a", "1", null, null),
            row("3", "", "a", "1", null, null),
            row("2", "", "b", "1", null, null));
    assertThat(column(score(model, rows), 0)).containsExactly("0.25", "0.75", "1.0");
  }

  @Test
  void whatIsAggregatedMustBeKnownBeforeRowsAreScored() {
    String total = derived("total", aggregate("sum", "x", "store"));
    String off =
        derived(
            "off",
            "<Apply function=\"-\"><FieldRef field=\"x\"/><FieldRef field=\"total\"/></Apply>");
    for (String field : List.of("total", "off")) {
      assertThatThrownBy(
              () -> Scored.model(document("", total + off, aggregate("max", field, "store"))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(
              "Aggregate takes the field \""
                  + field
                  + "\", which depends on another Aggregate or on the result of a model");
    }
    assertThatThrownBy(
            () -> Scored.model(document("", total + off, aggregate("max", "x", "total"))))
        .hasMessageContaining("Aggregate takes the field \"total\", which depends on another");
    assertThatThrownBy(() -> model("<FieldRef field=\"x\"/>", aggregate("max", "out0", "store")))
        .hasMessageContaining("Aggregate takes the field \"out0\", which depends on another");
  }

  private static String chain(String treatment, String field) {
    return """
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="s" optype="categorical" dataType="string"/>
          <DataField name="store" optype="categorical" dataType="string"/>
        </DataDictionary>
        <TransformationDictionary>
          <DerivedField name="total" optype="continuous" dataType="double">
            <Aggregate field="x" function="sum" groupField="store"/>
          </DerivedField>
        </TransformationDictionary>
        <MiningModel functionName="regression">
          <MiningSchema><MiningField name="x"/><MiningField name="s"/><MiningField name="store"/></MiningSchema>
          <Segmentation multipleModelMethod="modelChain">
            <Segment><True/>
              <RegressionModel functionName="regression">
                <MiningSchema><MiningField name="x"/></MiningSchema>
                <Output><OutputField name="first" feature="predictedValue" dataType="double" optype="continuous"/></Output>
                <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
              </RegressionModel>
            </Segment>
            <Segment><SimplePredicate field="s" operator="equal" value="yes"/>
              <RegressionModel functionName="regression">
                <MiningSchema><MiningField name="x"/><MiningField name="first"/><MiningField name="total" %s/></MiningSchema>
                <Output><OutputField name="sum" feature="predictedValue"/></Output>
                <LocalTransformations>
                  <DerivedField name="most" optype="continuous" dataType="double">
                    <Aggregate field="%s" function="max"/>
                  </DerivedField>
                </LocalTransformations>
                <RegressionTable intercept="0">
                  <NumericPredictor name="first" coefficient="1"/>
                  <NumericPredictor name="total" coefficient="1"/>
                  <NumericPredictor name="most" coefficient="1"/>
                </RegressionTable>
              </RegressionModel>
            </Segment>
          </Segmentation>
        </MiningModel>
        """
        .formatted(treatment, field);
  }

  @Test
  void segmentsThatRunForSomeRowsAggregateOverAll() {
    CompiledModel model = Scored.model(chain("", "x"));
    List<String[]> rows = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      rows.add(row(Integer.toString(i), i < 4 ? "no" : "yes", i < 3 ? "a" : "b", "1", null, null));
    }
    for (int size : new int[] {6, 2, 1}) {
      List<Map<String, String>> scored = score(model, rows, size, size, size, size, size);
      assertThat(scored.stream().map(each -> each.get("sum")).toList())
          .containsExactly(null, null, null, "32.0", "34.0", "36.0");
    }
  }

  @Test
  void resultsOfSegmentsAreNotAggregated() {
    for (String field : List.of("first", "total")) {
      for (String treatment : List.of("", "missingValueReplacement=\"0\"")) {
        assertThatThrownBy(() -> Scored.model(chain(treatment, field)))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("Aggregate takes the field \"" + field + "\", which depends on");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "function='sum' field='s' | Aggregate has function=\"sum\", but field \"s\" is of type string; use a number",
        "function='average' field='day' | Aggregate has function=\"average\", but field \"day\" is of type date; use a number",
        "function='min' field='s' | Aggregate has function=\"min\", but field \"s\" is of type string; use a number, a date or a time",
        "function='multiset' field='s' | Aggregate has function=\"multiset\", but nothing that is scored takes a set of values; use count, sum, average, min or max",
        "function='sum' field='x' sqlWhere='x > 1' | Aggregate has sqlWhere=\"x > 1\", and SQL is not evaluated; instead, aggregate a DerivedField that has a value only where the condition holds (function \"if\")",
        "function='sum' field='y' | field \"y\" is not known to the RegressionModel; declare it or correct the name",
        "function='sum' field='x' groupField='shop' | field \"shop\" is not known to the RegressionModel; declare it or correct the name",
      })
  void mistakesAreFoundWhenCompiling(String attributes, String message) {
    assertThatThrownBy(() -> model("<Aggregate " + attributes.replace('\'', '"') + "/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("test.pmml:")
        .hasMessageEndingWith(message);
  }

  @Test
  void moreGroupsThanAreRememberedAreAnError() {
    long[] items = new long[Block.MAX_ROWS];
    for (int row = 1; row < items.length; row += 2) {
      items[row] = 1;
    }
    Block block =
        new Block(
            new Schema(List.of(new Field("item", Type.Scalar.LONG))),
            items.length,
            List.of(new LongColumn(items, null)));
    BlockOperator.Worker worker =
        model(aggregate("max", "item", "item")).bind(block.schema(), List.of()).worker();
    worker.startPartition();
    for (int i = 0; i < 1024; i++) {
      worker.gather(block);
    }
    worker.gather(block.first(1)); // ends the last group that there may be
    assertThatThrownBy(() -> worker.gather(block))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("test.pmml:")
        .hasMessageEndingWith(
            "Aggregate: a partition has more than 4,194,304 groups, and no more are remembered; cut the data by key:item");
  }

  @Test
  void aPartitionBeginsWithoutMemory() {
    Block block = Scored.texts(NAMES, STORES);
    BlockOperator.Worker worker =
        model(aggregate("sum", "x", "store"), aggregate("count", "x", null))
            .bind(block.schema(), List.of())
            .worker();
    for (int partition = 0; partition < 3; partition++) {
      worker.startPartition();
      List<Block> blocks = blocks(STORES, 3);
      if (partition == 1) { // one that is given up
        blocks.forEach(worker::gather);
        worker.apply(blocks.get(0));
        continue;
      }
      List<Map<String, String>> scored = score(worker, blocks);
      assertThat(column(scored, 0)).containsExactly("5.5", "5.5", "5.5", null, "5.0", "5.0", null);
      assertThat(column(scored, 1)).containsOnly("5");
    }
  }

  @Test
  void rowsThatWereNotGatheredAreNeverScored() {
    Block block = Scored.texts(NAMES, STORES);
    CompiledModel model = model(aggregate("sum", "x", null));
    BlockOperator.Worker worker = model.bind(block.schema(), List.of()).worker();
    assertThatIllegalStateException()
        .isThrownBy(() -> worker.apply(block))
        .withMessageContaining("rows are scored that were not gathered before");
    worker.startPartition();
    worker.gather(block);
    worker.apply(block);
    assertThatIllegalStateException().isThrownBy(() -> worker.apply(block));
    assertThatIllegalStateException()
        .isThrownBy(() -> worker.gather(block))
        .withMessageContaining("after one of its partition was applied");
    BlockOperator.Worker other =
        model("<FieldRef field=\"x\"/>").bind(block.schema(), List.of()).worker();
    assertThatIllegalStateException()
        .isThrownBy(() -> other.gather(block))
        .withMessageContaining("does not look ahead");
  }

  @Test
  void aTraceHasTheBitsOfScoring() {
    CompiledModel model = model(aggregate("sum", "x", "store"), aggregate("average", "x", null));
    List<Block> blocks = blocks(STORES, 3);
    ModelOperator operator = model.bind(blocks.get(0).schema(), List.of());
    ModelOperator.Tracer tracer = operator.tracer();
    blocks.forEach(tracer::gather);
    tracer.pass(blocks.get(0));
    Trace trace = tracer.trace(blocks.get(1), 2);
    assertThat(trace.results().stream().map(result -> result.value().orElseThrow()).toList())
        .contains(5.0, 22.1);
    assertThat(trace.inputs().stream().filter(Trace.Input::used).map(Trace.Input::field).toList())
        .containsExactlyInAnyOrder("x", "store");
    // a block by itself
    assertThat(
            operator.trace(blocks.get(0), 1).results().stream()
                .map(result -> result.value().orElseThrow())
                .toList())
        .contains(5.5, 2.75);
  }

  /** One plain loop over all rows. */
  private static String plain(
      Expression.Aggregate.Function function, List<String[]> rows, int field, int from, int to) {
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (int i = from; i < to; i++) {
      if (rows.get(i)[field] != null) {
        double value = Double.parseDouble(rows.get(i)[field]);
        sum = count == 0 ? value : sum + value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        count++;
      }
    }
    if (function == Expression.Aggregate.Function.COUNT) {
      return Integer.toString(count);
    }
    if (count == 0) {
      return null;
    }
    return Double.toString(
        switch (function) {
          case SUM -> sum;
          case AVERAGE -> sum / count;
          case MIN -> min;
          case MAX -> max;
          case COUNT, MULTISET -> throw new IllegalArgumentException();
        });
  }

  /** However rows are cut into blocks, and whoever asks when, the answer is a plain loop's. */
  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 4095, 4096, 4097, 9000})
  void blocksDoNotShow(int count) {
    long seed = Long.getLong("agrippa.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int nulls = 0; nulls < 4; nulls++) { // none, some, many, all
      List<String[]> rows = new ArrayList<>();
      int groupSize = 1 + random.nextInt(random.nextBoolean() ? 5 : 5000);
      for (int i = 0; i < count; i++) {
        String x = random.nextInt(3) < nulls ? null : Double.toString(random.nextGaussian() * 1e6);
        String store =
            i > 0 && random.nextInt(groupSize) > 0
                ? rows.get(i - 1)[2]
                : random.nextInt(4) == 0 ? null : "st" + i;
        rows.add(row(x, x, store, Integer.toString(random.nextInt(3)), null, null));
      }
      int[] sizes = random.ints(random.nextInt(6), 0, Block.MAX_ROWS).toArray();
      List<String> outputs = new ArrayList<>();
      List<Expression.Aggregate.Function> functions = new ArrayList<>();
      for (Expression.Aggregate.Function function : Expression.Aggregate.Function.values()) {
        if (function != Expression.Aggregate.Function.MULTISET) {
          functions.add(function);
          String word = function.name().toLowerCase(Locale.ROOT);
          outputs.add(aggregate(word, "x", "store"));
          outputs.add(aggregate(word, "x", null));
          // asked for only where a condition holds, which may be in no row of a block
          outputs.add(
              "<Apply function=\"if\"><Apply function=\"equal\"><FieldRef field=\"item\"/><Constant>2</Constant></Apply>"
                  + aggregate(word, "x", "store")
                  + "</Apply>");
        }
      }
      List<Map<String, String>> scored = score(model(outputs.toArray(new String[0])), rows, sizes);
      assertThat(scored).as("seed %d", seed).hasSize(count);
      for (int f = 0; f < functions.size(); f++) {
        String whole = plain(functions.get(f), rows, 0, 0, count);
        for (int from = 0, to; from < count; from = to) {
          to = from + 1;
          String store = rows.get(from)[2];
          while (to < count && Objects.equals(rows.get(to)[2], store)) {
            to++;
          }
          String grouped = store == null ? null : plain(functions.get(f), rows, 0, from, to);
          for (int row = from; row < to; row++) {
            boolean asked = rows.get(row)[3].equals("2");
            String place = "seed " + seed + ", nulls " + nulls + ", row " + row;
            assertThat(scored.get(row).get("out" + 3 * f)).as(place).isEqualTo(grouped);
            assertThat(scored.get(row).get("out" + (3 * f + 1))).as(place).isEqualTo(whole);
            assertThat(scored.get(row).get("out" + (3 * f + 2)))
                .as(place)
                .isEqualTo(asked ? grouped : null);
          }
        }
      }
    }
  }

  @Test
  void everyPatternOfMissingValuesInASmallGroup() {
    for (int pattern = 0; pattern < 1 << 10; pattern++) {
      List<String[]> rows = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String x = (pattern >> i & 1) == 0 ? null : i + ".0";
        String store = (pattern >> (i + 5) & 1) == 0 ? null : i < 3 ? "a" : "b";
        rows.add(row(x, "", store, "1", null, null));
      }
      CompiledModel model = SMALL;
      List<Map<String, String>> scored = score(model, rows, pattern % 6);
      for (int row = 0; row < 5; row++) {
        int from = row;
        int to = row + 1;
        String store = rows.get(row)[2];
        while (from > 0 && Objects.equals(rows.get(from - 1)[2], store)) {
          from--;
        }
        while (to < 5 && Objects.equals(rows.get(to)[2], store)) {
          to++;
        }
        boolean none = store == null;
        assertThat(scored.get(row))
            .as("pattern %d, row %d", pattern, row)
            .containsEntry(
                "out0", none ? null : plain(Expression.Aggregate.Function.SUM, rows, 0, from, to))
            .containsEntry(
                "out1",
                none ? null : plain(Expression.Aggregate.Function.COUNT, rows, 0, from, to));
      }
    }
  }

  private static final CompiledModel SMALL =
      model(aggregate("sum", "x", "store"), aggregate("count", "x", "store"));
}
