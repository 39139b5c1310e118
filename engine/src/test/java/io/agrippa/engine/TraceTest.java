package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.compile.Trace.Truth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {
  private static final String FIELDS =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double">
            <Interval closure="closedClosed" leftMargin="-100" rightMargin="100"/></DataField>
          <DataField name="z" optype="continuous" dataType="double"/>
          <DataField name="c" optype="categorical" dataType="string">
            <Value value="red"/><Value value="blue"/><Value value="n/a" property="missing"/></DataField>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <TransformationDictionary>
          <DerivedField name="twice" optype="continuous" dataType="double">
            <Apply function="*"><FieldRef field="x"/><Constant>2</Constant></Apply></DerivedField>
          <DerivedField name="idle" optype="continuous" dataType="double">
            <Apply function="*"><FieldRef field="z"/><Constant>3</Constant></Apply></DerivedField>
        </TransformationDictionary>
      """;

  private static final String SCHEMA =
      "<MiningSchema><MiningField name=\"y\" usageType=\"target\"/><MiningField name=\"x\"/>"
          + "<MiningField name=\"z\"/><MiningField name=\"c\"/></MiningSchema>";

  private static ScoringModel model(String body) throws IOException {
    byte[] bytes = (FIELDS + body + "</PMML>").getBytes(StandardCharsets.UTF_8);
    return Agrippa.load(new ByteArrayInputStream(bytes), "traced.pmml", LoadOptions.DEFAULT);
  }

  private static ScoringModel tree(String attributes, String nodes) throws IOException {
    return model(
        "<TreeModel functionName=\"regression\" "
            + attributes
            + ">"
            + SCHEMA
            + nodes
            + "</TreeModel>");
  }

  private static Map<String, Object> record(Object... namesAndValues) {
    Map<String, Object> record = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      record.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return record;
  }

  /** The trace of a record, whose results are those of score. */
  private static Trace trace(ScoringModel model, Map<String, Object> record) {
    Trace trace = model.trace(record);
    Map<String, Object> results = new HashMap<>();
    trace.results().forEach(result -> results.put(result.name(), result.value().orElse(null)));
    assertThat(results).isEqualTo(model.score(record));
    return trace;
  }

  private static final String TREE =
      """
      <Node id="root" score="0"><True/>
        <Node id="low" score="1"><SimplePredicate field="twice" operator="lessThan" value="4"/></Node>
        <Node id="high" score="2"><SimplePredicate field="twice" operator="greaterOrEqual" value="4"/>
          <Node id="red" score="3"><SimpleSetPredicate field="c" booleanOperator="isIn"><Array type="string">red</Array></SimpleSetPredicate></Node>
          <Node id="blue" score="4"><SimplePredicate field="c" operator="equal" value="blue"/></Node>
        </Node>
      </Node>
      """;

  @Test
  void aTreeTellsTheWayThatTheRowTook() throws IOException {
    Trace trace = trace(tree("", TREE), record("x", 5, "c", "blue"));

    assertThat(trace.model().steps())
        .extracting(step -> ((Trace.NodeTest) step).node() + " " + ((Trace.NodeTest) step).truth())
        .containsExactly("root TRUE", "low FALSE", "high TRUE", "red FALSE", "blue TRUE");
    assertThat(((Trace.NodeTest) trace.model().steps().get(1)).predicate()).isEqualTo("twice < 4");
    assertThat(((Trace.NodeTest) trace.model().steps().get(3)).predicate()).isEqualTo("c in {red}");
    assertThat(trace.model().prediction().value()).contains(4.0);
    assertThat(trace.model().prediction().entity()).contains("blue");
    assertThat(trace.derived())
        .containsExactly(
            new Trace.Derived("twice", Optional.of(10.0), false, trace.derived().get(0).line()));
  }

  @ParameterizedTest
  @CsvSource({
    "lastPrediction, high, 2.0",
    "nullPrediction, , ",
    "weightedConfidence, , 3.5",
    "aggregateNodes, , 3.5",
  })
  void theStrategyForAMissingValueIsNamed(String strategy, String to, Double score)
      throws IOException {
    Trace trace = trace(tree("missingValueStrategy=\"" + strategy + "\"", TREE), record("x", 5));

    assertThat(trace.model().steps())
        .contains(new Trace.Strategy("high", strategy, Optional.ofNullable(to)))
        .anyMatch(step -> step instanceof Trace.NodeTest test && test.truth() == Truth.UNKNOWN);
    assertThat(trace.model().prediction().value()).isEqualTo(Optional.ofNullable(score));
    assertThat(trace.model().method()).isEqualTo(strategy);
  }

  @Test
  void aRowWithoutATrueChildIsToldSo() throws IOException {
    Trace trace =
        trace(
            tree("noTrueChildStrategy=\"returnLastPrediction\"", TREE),
            record("x", 5)); // unknown counts as false
    assertThat(trace.model().steps())
        .last()
        .isEqualTo(new Trace.Strategy("high", "returnLastPrediction", Optional.of("high")));
    assertThat(trace.model().prediction().value()).contains(2.0);
  }

  @Test
  void whatTreatmentsDidIsToldForEachInput() throws IOException {
    ScoringModel model =
        model(
            """
            <RegressionModel functionName="regression"><MiningSchema>
              <MiningField name="y" usageType="target"/>
              <MiningField name="x" missingValueReplacement="7" invalidValueTreatment="asMissing"/>
              <MiningField name="z" outliers="asExtremeValues" lowValue="0" highValue="10"/>
              <MiningField name="c" invalidValueTreatment="asIs"/>
            </MiningSchema>
            <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/>
              <NumericPredictor name="z" exponent="2" coefficient="3"/>
              <CategoricalPredictor name="c" value="red" coefficient="5"/>
              <PredictorTerm coefficient="0.5"><FieldRef field="x"/><FieldRef field="z"/></PredictorTerm>
            </RegressionTable></RegressionModel>
            """);

    Trace trace = trace(model, record("x", 500, "z", 11, "c", "green"));

    assertThat(trace.inputs())
        .extracting(Trace.Input::field, Trace.Input::treatment, input -> input.value().orElse(null))
        .containsExactlyInAnyOrder(
            tuple("x", Trace.Treatment.INVALID_REPLACED, 7.0),
            tuple("z", Trace.Treatment.OUTLIER_REPLACED, 10.0),
            tuple("c", Trace.Treatment.INVALID_AS_IS, "green"));
    assertThat(trace.inputs().get(0).given()).contains("500.0");
    Trace.Table table = (Trace.Table) trace.model().steps().get(0);
    assertThat(table.terms())
        .extracting(Trace.Term::what, Trace.Term::contribution)
        .containsExactly(
            tuple("x", 7.0), tuple("z^2", 300.0), tuple("c", 0.0), tuple("x · z", 35.0));
    assertThat(table.value()).contains(343.0);
    assertThat(trace(model, record("z", 1, "c", "n/a")).inputs())
        .extracting(Trace.Input::treatment)
        .containsExactlyInAnyOrder(
            Trace.Treatment.MISSING_REPLACED, Trace.Treatment.AS_IS, Trace.Treatment.MISSING);
  }

  @Test
  void aModelEmbeddedInANodeTellsWhatItDid() throws IOException {
    ScoringModel model =
        tree(
            "",
            """
            <Node id="root" score="0"><True/>
              <Node id="low" score="1"><SimplePredicate field="twice" operator="lessThan" value="4"/>
                <Regression functionName="regression"><Targets><Target rescaleFactor="2"/></Targets><ResultField name="inner"/>
                  <RegressionTable intercept="1"><NumericPredictor name="z" coefficient="3"/></RegressionTable></Regression></Node>
              <Node id="high" score="2"><SimplePredicate field="twice" operator="greaterOrEqual" value="4"/>
                <DecisionTree functionName="regression"><Node id="inside" score="7"><True/></Node></DecisionTree></Node>
            </Node>
            """);

    Trace low = trace(model, record("x", 1, "z", 2));
    Trace none = trace(model, record("x", 1));
    Trace high = trace(model, record("x", 5));

    Trace.Embedded regression = (Trace.Embedded) low.model().steps().get(2);
    assertThat(regression.node()).isEqualTo("low");
    assertThat(regression.model().element()).isEqualTo("Regression");
    assertThat(((Trace.Table) regression.model().steps().get(0)).value()).contains(7.0);
    assertThat(regression.model().rescaling())
        .contains(new Trace.Rescaling(Optional.of(7.0), Optional.of(14.0)));
    assertThat(regression.model().outputs())
        .containsExactly(new Trace.Output("inner", "predictedValue", Optional.of(14.0)));
    assertThat(low.model().prediction().value()).contains(14.0);
    assertThat(low.model().prediction().entity()).contains("low");
    assertThat(((Trace.Embedded) none.model().steps().get(2)).model().prediction().value())
        .isEmpty();
    assertThat(none.model().prediction().value()).contains(1.0);
    Trace.Embedded tree = (Trace.Embedded) high.model().steps().get(3);
    assertThat(tree.model().steps()).hasSize(1);
    assertThat(high.model().prediction().value()).contains(7.0);
    assertThat(high.model().prediction().entity()).contains("high");
  }

  private static final String ENSEMBLE =
      """
      <MiningModel functionName="regression" modelName="whole">%s
        <Targets><Target field="y" rescaleFactor="10" rescaleConstant="1"/></Targets>
        <Output><OutputField name="score" feature="predictedValue"/>
          <OutputField name="half" feature="transformedValue" optype="continuous" dataType="double">
            <Apply function="/"><FieldRef field="score"/><Constant>2</Constant></Apply></OutputField></Output>
        <Segmentation multipleModelMethod="weightedAverage">
          <Segment id="a" weight="3"><SimplePredicate field="c" operator="equal" value="red"/>
            <RegressionModel functionName="regression">%s<RegressionTable intercept="1"/></RegressionModel></Segment>
          <Segment id="b" weight="1"><True/>
            <RegressionModel functionName="regression">%s<RegressionTable intercept="5"/></RegressionModel></Segment>
        </Segmentation>
      </MiningModel>
      """
          .formatted(SCHEMA, SCHEMA, SCHEMA);

  @Test
  void anEnsembleTellsEachSegmentsVoteThenTargetsAndOutputs() throws IOException {
    ScoringModel model = model(ENSEMBLE);

    Trace both = trace(model, record("c", "red"));
    Trace one = trace(model, record());

    assertThat(both.model().method()).isEqualTo("weightedAverage");
    Trace.Segment a = (Trace.Segment) both.model().steps().get(0);
    assertThat(a.predicate()).isEqualTo("c = red");
    assertThat(a.truth()).contains(Truth.TRUE);
    assertThat(a.weight()).isEqualTo(3.0);
    assertThat(a.model().get().prediction().value()).contains(1.0);
    assertThat(both.model().rescaling())
        .contains(new Trace.Rescaling(Optional.of(2.0), Optional.of(21.0)));
    assertThat(both.model().outputs())
        .containsExactly(
            new Trace.Output("score", "predictedValue", Optional.of(21.0)),
            new Trace.Output("half", "transformedValue", Optional.of(10.5)));
    Trace.Segment skipped = (Trace.Segment) one.model().steps().get(0);
    assertThat(skipped.truth()).contains(Truth.UNKNOWN);
    assertThat(skipped.model()).isEmpty();
  }

  @Test
  void aChainTellsWhatSegmentsHandOn() throws IOException {
    ScoringModel model =
        model(
            """
            <MiningModel functionName="regression">%s
              <Segmentation multipleModelMethod="modelChain">
                <Segment id="first"><True/><RegressionModel functionName="regression">
                  <MiningSchema><MiningField name="x"/></MiningSchema>
                  <Output><OutputField name="handed" feature="predictedValue"/></Output>
                  <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel></Segment>
                <Segment id="second"><True/><RegressionModel functionName="regression">
                  <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="handed"/></MiningSchema>
                  <RegressionTable intercept="0"><NumericPredictor name="handed" coefficient="10"/></RegressionTable></RegressionModel></Segment>
              </Segmentation></MiningModel>
            """
                .formatted(SCHEMA));

    Trace trace = trace(model, record("x", 4));

    Trace.Segment first = (Trace.Segment) trace.model().steps().get(0);
    assertThat(first.model().get().outputs())
        .containsExactly(new Trace.Output("handed", "predictedValue", Optional.of(9.0)));
    assertThat(trace.results()).containsExactly(new Trace.Result("y", Optional.of(90.0)));
  }

  @Test
  void aRefusedRowIsTracedWithItsProblem() throws IOException {
    ScoringModel model = tree("", TREE);

    Trace trace = model.trace(record("x", 101, "c", "red"));

    assertThat(trace.results()).isEmpty();
    assertThat(trace.problem().get()).contains("field \"x\" is \"101.0\"", "[-100, 100]");
    assertThat(trace.inputs())
        .filteredOn(input -> input.field().equals("x"))
        .extracting(Trace.Input::treatment)
        .containsExactly(Trace.Treatment.INVALID_REFUSED);
    assertThatThrownBy(() -> model.score(record("x", 101, "c", "red")))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(trace.problem().get());
  }

  @Test
  void aForestOfVotesIsToldTreeByTree() throws IOException {
    String segment =
        "<Segment><True/><TreeModel functionName=\"classification\">"
            + "<MiningSchema><MiningField name=\"x\"/></MiningSchema>"
            + "<Node score=\"no\"><True/><Node score=\"yes\"><SimplePredicate field=\"x\" operator=\"greaterThan\" value=\"%d\"/></Node>"
            + "<Node score=\"no\"><SimplePredicate field=\"x\" operator=\"lessOrEqual\" value=\"%d\"/></Node></Node></TreeModel></Segment>";
    StringBuilder segments = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      segments.append(segment.formatted(i, i));
    }
    ScoringModel model =
        model(
            "<MiningModel functionName=\"classification\"><MiningSchema><MiningField name=\"x\"/></MiningSchema>"
                + "<Output><OutputField name=\"p\" feature=\"probability\" value=\"yes\"/></Output>"
                + "<Segmentation multipleModelMethod=\"majorityVote\">"
                + segments
                + "</Segmentation></MiningModel>");

    Trace trace = trace(model, record("x", 3.0));

    assertThat(trace.model().steps())
        .extracting(step -> ((Trace.Segment) step).model().get().prediction().value().get())
        .isEqualTo(List.of("yes", "yes", "yes", "no", "no"));
    assertThat(trace.model().prediction().probabilities()).containsEntry("yes", 0.6);
  }
}
