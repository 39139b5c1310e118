package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A field with isCyclic, such as an hour of the day: its values come round, but comparisons are
 * those of any number, and its intervals say what is valid.
 */
class CyclicFieldTest {
  @ParameterizedTest(name = "isCyclic {0}: {1} o''clock is {2}")
  @CsvSource(
      nullValues = "<null>",
      value = {
        "0, 23, late",
        "1, 23, late",
        "1, 0, early",
        "1, 11.5, early",
        "1, 12, late",
        "1, 23.99, late",
        "1, <null>, <null>",
        "1, 24, <null>",
        "1, -1, <null>",
      })
  void anHourIsComparedAsANumber(String cyclic, String hour, String expected) {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="hour" optype="continuous" dataType="double" isCyclic="%s"><Interval closure="closedOpen" leftMargin="0" rightMargin="24"/></DataField>
            <DataField name="y" optype="categorical" dataType="string"/></DataDictionary>
            <TreeModel functionName="classification"><MiningSchema><MiningField name="hour" invalidValueTreatment="asMissing"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Node><True/><Node score="early"><SimplePredicate field="hour" operator="lessThan" value="12"/></Node>
            <Node score="late"><SimplePredicate field="hour" operator="greaterOrEqual" value="12"/></Node></Node></TreeModel>
            """
                .formatted(cyclic));
    Map<String, String> result = Scored.row(model, "hour", hour);
    assertThat(result).containsOnlyKeys("y").containsEntry("y", expected);
  }

  @ParameterizedTest
  @CsvSource({"mon, weekday", "fri, weekday", "sun, weekend"})
  void aDayOfTheWeekIsOrderedAsItsFieldListsIt(String day, String expected) {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="day" optype="ordinal" dataType="string" isCyclic="1"><Value value="mon"/><Value value="fri"/><Value value="sat"/><Value value="sun"/></DataField>
            <DataField name="y" optype="categorical" dataType="string"/></DataDictionary>
            <TreeModel functionName="classification"><MiningSchema><MiningField name="day"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Node><True/><Node score="weekday"><SimplePredicate field="day" operator="lessThan" value="sat"/></Node>
            <Node score="weekend"><True/></Node></Node></TreeModel>
            """);
    assertThat(Scored.row(model, "day", day)).containsEntry("y", expected);
  }
}
