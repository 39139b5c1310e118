package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How segments and the model around them go together, by hand-worked cases. */
class SegmentTest {
  private static final String FIELDS =
      """
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="integer"/>
        <DataField name="c" optype="categorical" dataType="string"/>
      </DataDictionary>
      """;

  private static String leaf(String schema, String score) {
    return "<TreeModel functionName=\"regression\"><MiningSchema>%s</MiningSchema><Node score=\"%s\"><True/></Node></TreeModel>"
        .formatted(schema, score);
  }

  /**
   * A chain in a selection hands on its outputs, whether it runs for some row of a block or not.
   */
  @Test
  void a_chain_that_is_selected_for_no_row_hands_on_nothing() {
    CompiledModel model =
        Scored.model(
            FIELDS
                + """
                <MiningModel functionName="regression">
                  <MiningSchema><MiningField name="x"/></MiningSchema>
                  <Segmentation multipleModelMethod="selectFirst">
                    <Segment><SimplePredicate field="x" operator="lessThan" value="0"/>
                      <MiningModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
                        <Segmentation multipleModelMethod="modelChain"><Segment><SimplePredicate field="x" operator="isNotMissing"/>
                          <TreeModel functionName="regression"><MiningSchema/>
                            <Output><OutputField name="inner" feature="predictedValue"/></Output>
                            <Node score="3"><True/></Node></TreeModel></Segment></Segmentation></MiningModel></Segment>
                    <Segment><True/>%s</Segment>
                  </Segmentation>
                </MiningModel>
                """
                    .formatted(leaf("", "4")));
    assertThat(Scored.row(model, "x", "1"))
        .containsEntry("_target", "4.0")
        .containsEntry("inner", null);
    assertThat(Scored.row(model, "x", "-1"))
        .containsEntry("_target", "3.0")
        .containsEntry("inner", "3.0");
  }

  @Test
  void what_the_model_around_refuses_is_not_replaced_within() {
    CompiledModel model =
        Scored.model(
            FIELDS
                + """
                <MiningModel functionName="regression">
                  <MiningSchema><MiningField name="x"/></MiningSchema>
                  <Segmentation multipleModelMethod="sum"><Segment><True/>
                    <RegressionModel functionName="regression">
                      <MiningSchema><MiningField name="x" missingValueReplacement="7"/></MiningSchema>
                      <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
                    </RegressionModel></Segment></Segmentation>
                </MiningModel>
                """);
    assertThat(Scored.row(model, "x", null)).containsEntry("_target", "8.0");
    assertThat(Scored.row(model, "x", "many").get("_target")).startsWith("error: ");
  }

  @Test
  void a_selection_of_segments_without_a_target_predicts_its_own() {
    CompiledModel model =
        Scored.model(
            FIELDS
                + """
                <MiningModel functionName="regression">
                  <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
                  <Targets><Target field="y" rescaleFactor="2" castInteger="round"/></Targets>
                  <Segmentation multipleModelMethod="selectFirst"><Segment><True/>%s</Segment></Segmentation>
                </MiningModel>
                """
                    .formatted(leaf("", "3.6")));
    assertThat(Scored.row(model, "x", "1")).containsOnlyKeys("y").containsEntry("y", "7");
  }

  @Test
  void an_integer_target_has_32_bits() {
    CompiledModel model =
        Scored.model(
            FIELDS
                + """
                <RegressionModel functionName="regression">
                  <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
                  <Targets><Target field="y" castInteger="round"/></Targets>
                  <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
                </RegressionModel>
                """);
    assertThat(Scored.row(model, "x", "2147483647.4")).containsEntry("y", "2147483647");
    assertThat(Scored.row(model, "x", "2147483648").get("y")).contains("outside the integers");
  }

  @Test
  void a_prior_probability_is_a_probability_though_the_tree_has_none() {
    CompiledModel model =
        Scored.model(
            FIELDS
                + """
                <TreeModel functionName="classification">
                  <MiningSchema><MiningField name="x"/><MiningField name="c" usageType="target"/></MiningSchema>
                  <Output><OutputField name="p" feature="probability"/></Output>
                  <Targets><Target field="c"><TargetValue value="a" priorProbability="0.2"/>
                    <TargetValue value="b" priorProbability="0.6"/></Target></Targets>
                  <Node score="a"><SimplePredicate field="x" operator="lessThan" value="0"/></Node>
                </TreeModel>
                """);
    assertThat(Scored.row(model, "x", "1"))
        .containsEntry("c", "b")
        .containsEntry("p", Double.toString(0.6 / (0.2 + 0.6)));
    assertThat(Scored.row(model, "x", "-1")).containsEntry("c", "a").containsEntry("p", "1.0");
  }
}
