package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import org.junit.jupiter.api.Test;

class DerivedFieldTest {
  private static CompiledModel model(String global, String local, String field) {
    return Scored.model(
        """
        <DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
        <TransformationDictionary>%s</TransformationDictionary>
        <RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
        <Output><OutputField name="out" feature="transformedValue"><FieldRef field="%s"/></OutputField></Output>
        <LocalTransformations>%s</LocalTransformations>
        <RegressionTable intercept="0"/></RegressionModel>
        """
            .formatted(global, field, local));
  }

  private static String derived(String name, String type, String of, int plus) {
    return "<DerivedField name='%s' optype='continuous' dataType='%s'><Apply function='+'><FieldRef field='%s'/><Constant>%d</Constant></Apply></DerivedField>"
        .formatted(name, type, of, plus);
  }

  @Test
  void localFieldsBeatGlobalOnesAndMiningFieldsBeatBoth() {
    String global = derived("a", "double", "x", 1) + derived("b", "double", "a", 10);
    assertThat(Scored.row(model(global, "", "b"), "x", "5")).containsEntry("out", "16.0");
    String local = derived("a", "double", "x", 100);
    assertThat(Scored.row(model(global, local, "a"), "x", "5")).containsEntry("out", "105.0");
    assertThat(Scored.row(model(global, local, "b"), "x", "5"))
        .as("a global field sees no local one")
        .containsEntry("out", "16.0");
    assertThat(Scored.row(model("", derived("x", "double", "x", 1), "x"), "x", "5"))
        .containsEntry("out", "5.0");
  }

  @Test
  void valuesAreCastToTheDeclaredType() {
    assertThat(Scored.row(model(derived("a", "integer", "x", 1), "", "a"), "x", "5"))
        .containsEntry("out", "6");
    assertThat(Scored.row(model(derived("a", "integer", "x", 1), "", "a"), "x", "5.5").get("out"))
        .startsWith("error: ")
        .contains("6.5")
        .contains("not of type integer");
    assertThat(Scored.row(model(derived("a", "float", "x", 0), "", "a"), "x", "0.1"))
        .containsEntry("out", "0.1");
    assertThat(Scored.row(model(derived("a", "string", "x", 0), "", "a"), "x", "5"))
        .containsEntry("out", "5.0");
  }

  @Test
  void anOrdinalFieldThatButRefersToAnotherHasItsOrder() {
    String document =
        """
        <DataDictionary><DataField name="size" optype="ordinal" dataType="string">
        <Value value="small"/><Value value="large"/></DataField></DataDictionary>
        <TransformationDictionary><DerivedField name="d" optype="ordinal" dataType="string">
        <FieldRef field="size"/>%s</DerivedField></TransformationDictionary>
        <TreeModel functionName="regression"><MiningSchema><MiningField name="size"/></MiningSchema>
        <Output><OutputField name="out" feature="predictedValue"/></Output>
        <Node score="0"><True/>
        <Node score="1"><SimplePredicate field="d" operator="lessThan" value="large"/></Node>
        <Node score="2"><True/></Node></Node></TreeModel>
        """;
    assertThat(Scored.row(Scored.model(document.formatted("")), "size", "small"))
        .containsEntry("out", "1.0");
    String own = "<Value value=\"large\"/><Value value=\"small\"/>";
    assertThat(Scored.row(Scored.model(document.formatted(own)), "size", "small"))
        .containsEntry("out", "2.0");
  }

  @Test
  void aCycleIsNamedWithItsFieldsAndLines() {
    String cycle =
        derived("a", "double", "b", 1)
            + derived("b", "double", "c", 1)
            + derived("c", "double", "a", 1);
    assertThatThrownBy(() -> model(cycle, "", "b"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"b\" (line ")
        .hasMessageContaining("\"c\" (line ")
        .hasMessageContaining("\"a\" (line ")
        .hasMessageContaining("break the cycle");
    assertThatThrownBy(() -> model("", cycle, "a"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("break the cycle");
    assertThatThrownBy(() -> model("", derived("a", "double", "a", 1), "a"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is defined by itself");
    assertThat(Scored.row(model(cycle, "", "x"), "x", "5"))
        .as("a cycle that nothing depends on is never met")
        .containsEntry("out", "5.0");
  }
}
