package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets and Output: hand-worked cases. */
class OutputTest {
  /** y = x. */
  private static CompiledModel regression(String type, String targets, String output) {
    return Scored.model(
        """
        <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="%s"/></DataDictionary>
        <RegressionModel functionName="regression">
        <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
        <Output>%s</Output><Targets>%s</Targets>
        <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel>
        """
            .formatted(type, output, targets)
            .replace("<Output></Output>", "")
            .replace("<Targets></Targets>", ""));
  }

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "<null>",
      value = {
        "min='1' max='3' | 5 | 3.0",
        "min='1' max='3' | 0 | 1.0",
        "rescaleFactor='2' rescaleConstant='1' | 5 | 11.0",
        "max='3' rescaleFactor='2' rescaleConstant='1' | 5 | 7.0",
        "castInteger='round' | 2.5 | 3.0",
        "castInteger='round' | -2.5 | -2.0",
        "castInteger='ceiling' | 2.1 | 3.0",
        "castInteger='floor' | -2.1 | -3.0",
        "rescaleFactor='3' castInteger='floor' | 1.5 | 4.0",
      })
  void targetsClampThenScaleThenRound(String attributes, String x, String expected) {
    CompiledModel model = regression("double", "<Target field='y' " + attributes + "/>", "");
    assertThat(Scored.row(model, "x", x)).isEqualTo(Map.of("y", expected));
  }

  @Test
  void aMissingPredictionIsTheDefaultOnTheSameWay() {
    CompiledModel model =
        regression(
            "double",
            "<Target field='y' rescaleFactor='2'><TargetValue defaultValue='4'/></Target>",
            "");
    assertThat(Scored.row(model, "x", null)).isEqualTo(Map.of("y", "8.0"));
    assertThat(Scored.row(regression("double", "", ""), "x", null).get("y")).isNull();
  }

  @Test
  void predictionsAreOfTheTargetsType() {
    assertThat(Scored.row(regression("float", "", ""), "x", "0.1")).containsEntry("y", "0.1");
    assertThat(Scored.row(regression("integer", "", ""), "x", "2.5"))
        .as("an integer target that is not made whole is a real number")
        .containsEntry("y", "2.5");
    assertThat(
            Scored.row(
                regression("integer", "<Target field='y' castInteger='round'/>", ""), "x", "2.5"))
        .containsEntry("y", "3");
  }

  @Test
  void laterOutputsSeeEarlierOnes() {
    CompiledModel model =
        regression(
            "double",
            "",
            """
            <OutputField name="p" feature="predictedValue" isFinalResult="false"/>
            <OutputField name="twice" feature="transformedValue" dataType="integer"><Apply function="*"><FieldRef field="p"/><Constant>2</Constant></Apply></OutputField>
            <OutputField name="big" feature="decision" dataType="boolean"><Apply function="greaterThan"><FieldRef field="twice"/><Constant>6</Constant></Apply></OutputField>
            <OutputField name="r" feature="residual"/>
            """);
    assertThat(Scored.row(model, "x", "5", "y", "7"))
        .isEqualTo(Map.of("y", "5.0", "twice", "10", "big", "true", "r", "2.0"));
    assertThat(Scored.row(model.withIntermediateResults(), "x", "5", "y", "7"))
        .containsEntry("p", "5.0");
    assertThat(Scored.row(model, "x", "5.3", "y", "7").get("twice"))
        .startsWith("error: ")
        .contains("10.6");
  }

  private static CompiledModel tree(String output) {
    return Scored.model(
        """
        <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="categorical" dataType="integer"><Value value="0" displayValue="no"/><Value value="1"/></DataField></DataDictionary>
        <TreeModel functionName="classification">
        <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
        <Output>%s</Output>
        <Targets><Target field="y"><TargetValue value="1" displayValue="yes" priorProbability="0.3"/><TargetValue value="0" priorProbability="0.7"/></Target></Targets>
        <Node id="root"><True/>
          <Node id="low" score="0"><SimplePredicate field="x" operator="lessThan" value="1"/>
            <ScoreDistribution value="0" recordCount="3" confidence="0.9"/><ScoreDistribution value="1" recordCount="1" confidence="0.1"/></Node>
          <Node id="high" score="1"><SimplePredicate field="x" operator="greaterOrEqual" value="1"/>
            <ScoreDistribution value="0" recordCount="1" confidence="0.2"/><ScoreDistribution value="1" recordCount="4" confidence="0.8"/></Node>
        </Node></TreeModel>
        """
            .formatted(output));
  }

  @Test
  void classifiersGiveCategoriesSharesAndNodes() {
    CompiledModel model =
        tree(
            """
            <OutputField name="shown" feature="predictedDisplayValue"/>
            <OutputField name="p" feature="probability"/><OutputField name="p0" feature="probability" value="0.0"/>
            <OutputField name="p9" feature="probability" value="9"/>
            <OutputField name="c" feature="confidence"/><OutputField name="node" feature="entityId"/>
            <OutputField name="second" feature="predictedValue" rank="2"/>
            """);
    assertThat(Scored.row(model, "x", "0"))
        .containsEntry("y", "0")
        .containsEntry("shown", "no")
        .containsEntry("p", "0.75")
        .containsEntry("p0", "0.75")
        .containsEntry("p9", "0.0")
        .containsEntry("c", "0.9")
        .containsEntry("node", "low")
        .containsEntry("second", "1");
    assertThat(Scored.row(model, "x", "2"))
        .containsEntry("y", "1")
        .containsEntry("shown", "yes")
        .containsEntry("p", "0.8")
        .containsEntry("p0", "0.2")
        .containsEntry("node", "high");
    assertThat(Scored.row(model, "x", null))
        .as("no prediction: the priors")
        .containsEntry("y", "0")
        .containsEntry("p", "0.7")
        .containsEntry("node", null);
  }

  @Test
  void withoutConfidencesOfItsOwnAClassifierIsAsSureAsItsProbabilities() {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
            <DataField name="y" optype="categorical" dataType="string"/></DataDictionary>
            <RegressionModel functionName="classification">
            <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Output><OutputField name="c" feature="confidence"/>
            <OutputField name="no" feature="confidence" value="no"/></Output>
            <RegressionTable intercept="0" targetCategory="yes"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
            <RegressionTable intercept="0" targetCategory="no"/></RegressionModel>
            """);
    assertThat(Scored.row(model, "x", "0.75"))
        .containsEntry("y", "yes")
        .containsEntry("c", "0.75")
        .containsEntry("no", "0.25");
    assertThat(Scored.row(model, "x", null)).containsEntry("c", null);
  }

  @ParameterizedTest
  @CsvSource({"1, 11.0, 2.0, 12.0", "-1, 10.0, , "})
  void anOutputFieldOfASegmentIsAResultOfItOrAnExpressionOverThem(
      String x, String y, String twice, String more) {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
            <DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
            <MiningModel functionName="regression">
            <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Output><OutputField name="twice" feature="transformedValue" segmentId="first" value="double"/>
            <OutputField name="more" feature="transformedValue" segmentId="first">
            <Apply function="+"><FieldRef field="double"/><Constant>10</Constant></Apply></OutputField></Output>
            <Segmentation multipleModelMethod="sum">
            <Segment id="first"><SimplePredicate field="x" operator="greaterThan" value="0"/>
            <RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
            <Output><OutputField name="p" feature="predictedValue"/>
            <OutputField name="double" feature="transformedValue"><Apply function="*"><FieldRef field="p"/><Constant>2</Constant></Apply></OutputField></Output>
            <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel></Segment>
            <Segment id="second"><True/>
            <RegressionModel functionName="regression"><MiningSchema/><RegressionTable intercept="10"/></RegressionModel></Segment>
            </Segmentation></MiningModel>
            """);
    assertThat(Scored.row(model, "x", x))
        .containsEntry("y", y)
        .containsEntry("twice", twice)
        .containsEntry("more", more);
  }

  @Test
  void outputsThatCannotBeGivenAreRefused() {
    assertThatThrownBy(
            () -> regression("double", "", "<OutputField name='p' feature='probability'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("OutputField \"p\"")
        .hasMessageContaining("a regression does not give");
    assertThatThrownBy(
            () -> regression("double", "", "<OutputField name='e' feature='standardError'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("standardError");
    assertThatThrownBy(
            () ->
                regression(
                    "double",
                    "",
                    "<OutputField name='p' targetField='z' feature='predictedValue'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"z\"");
  }
}
