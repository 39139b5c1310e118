package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MiningFields do to values: hand-worked cases. */
class TreatmentTest {
  private static CompiledModel model(String dataField, String miningField) {
    return Scored.model(
        """
        <DataDictionary>%s</DataDictionary>
        <RegressionModel functionName="regression"><MiningSchema>%s</MiningSchema>
        <Output>
          <OutputField name="out" feature="transformedValue"><FieldRef field="v"/></OutputField>
          <OutputField name="valid" feature="transformedValue"><Apply function="isValid"><FieldRef field="v"/></Apply></OutputField>
        </Output>
        <RegressionTable intercept="0"/></RegressionModel>
        """
            .formatted(dataField, miningField));
  }

  private static String treated(String dataField, String attributes, String value) {
    CompiledModel model = model(dataField, "<MiningField name=\"v\" " + attributes + "/>");
    String result = Scored.row(model, "v", value).get("out");
    return result == null ? "<missing>" : result.startsWith("error: ") ? "<error>" : result;
  }

  @ParameterizedTest(name = "{0} with {1} is {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "<null>",
      value = {
        "5 | | 5.0",
        "<null> | | <missing>",
        "<null> | missingValueReplacement='3' | 3.0",
        "<null> | missingValueReplacement='3' missingValueTreatment='asMean' | 3.0",
        "<null> | missingValueReplacement='3' missingValueTreatment='returnInvalid' | <error>",
        "<null> | missingValueTreatment='returnInvalid' | <error>",
        "-999 | | <missing>",
        "-999 | missingValueReplacement='3' | 3.0",
        "N/A | missingValueReplacement='3' | 3.0",
        "20 | | <error>",
        "20 | invalidValueTreatment='asIs' | 20.0",
        "20 | invalidValueTreatment='asMissing' | <missing>",
        "20 | invalidValueTreatment='asMissing' missingValueReplacement='3' | 3.0",
        "20 | invalidValueTreatment='asMissing' missingValueTreatment='returnInvalid' | <missing>",
        "20 | invalidValueTreatment='asValue' invalidValueReplacement='77' | 77.0",
        "20 | invalidValueTreatment='asValue' | 20.0",
        "20 | invalidValueTreatment='asIs' invalidValueReplacement='77' | 77.0",
        "abc | | <error>",
        "abc | invalidValueTreatment='asIs' | <error>",
        "abc | invalidValueTreatment='asMissing' | <missing>",
        "abc | invalidValueTreatment='asValue' invalidValueReplacement='77' | 77.0",
        "NaN | | <error>",
        "10 | | 10.0",
        "0 | | <error>",
        "8 | outliers='asExtremeValues' lowValue='2' highValue='6' | 6.0",
        "1 | outliers='asExtremeValues' lowValue='2' highValue='6' | 2.0",
        "6 | outliers='asExtremeValues' lowValue='2' highValue='6' | 6.0",
        "8 | outliers='asMissingValues' lowValue='2' highValue='6' | <missing>",
        "8 | outliers='asMissingValues' highValue='6' missingValueReplacement='9' | 9.0",
        "<null> | outliers='asExtremeValues' highValue='6' missingValueReplacement='9' | 9.0",
        "20 | invalidValueTreatment='asIs' outliers='asExtremeValues' highValue='6' | 20.0",
      })
  void numbersAreTreatedInOrder(String value, String attributes, String expected) {
    String field =
        """
        <DataField name="v" optype="continuous" dataType="double">
          <Interval closure="openClosed" leftMargin="0" rightMargin="10"/>
          <Value value="-999" property="missing"/><Value value="N/A" property="missing"/>
        </DataField>
        """;
    assertThat(treated(field, attributes == null ? "" : attributes, value)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} with {1} is {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "<null>",
      value = {
        "a | | a",
        "z | | <error>",
        "z | invalidValueTreatment='asIs' | z",
        "z | invalidValueTreatment='asMissing' missingValueReplacement='b' | b",
        "z | invalidValueTreatment='asValue' invalidValueReplacement='c' | c",
        "? | missingValueReplacement='b' | b",
        "bad | | <error>",
        "bad | invalidValueTreatment='asMissing' | <missing>",
        "<null> | missingValueReplacement='new' | new",
      })
  void textsAreTreatedInOrder(String value, String attributes, String expected) {
    String field =
        """
        <DataField name="v" optype="categorical" dataType="string">
          <Value value="a"/><Value value="b"/><Value value="?" property="missing"/><Value value="bad" property="invalid"/>
        </DataField>
        """;
    assertThat(treated(field, attributes == null ? "" : attributes, value)).isEqualTo(expected);
  }

  @Test
  void oneListedValueMakesTheListComplete() {
    String listed =
        "<DataField name='v' optype='continuous' dataType='integer'><Interval"
            + " closure='closedClosed' leftMargin='0' rightMargin='9'/><Value"
            + " value='1'/></DataField>";
    assertThat(treated(listed, "", "1.0")).isEqualTo("1");
    assertThat(treated(listed, "", "5")).isEqualTo("<error>");
    String marked =
        "<DataField name='v' optype='categorical' dataType='string'><Value value='x'"
            + " property='invalid'/></DataField>";
    assertThat(treated(marked, "", "anything")).isEqualTo("anything");
    assertThat(treated(marked, "", "x")).isEqualTo("<error>");
  }

  @Test
  void valuesThatAreInvalidButPassAreNotValid() {
    CompiledModel model =
        model(
            "<DataField name='v' optype='categorical' dataType='string'><Value"
                + " value='a'/></DataField>",
            "<MiningField name='v' invalidValueTreatment='asIs'/>");
    assertThat(Scored.row(model, "v", "z"))
        .containsEntry("valid", "false")
        .containsEntry("out", "z");
    assertThat(Scored.row(model, "v", "a")).containsEntry("valid", "true");
    assertThat(Scored.row(model, "v", null)).containsEntry("valid", "false");
  }

  @Test
  void aRefusedValueIsNamedWithWhatWouldBeRight() {
    CompiledModel model =
        model(
            "<DataField name='v' optype='categorical' dataType='string'><Value value='a'/><Value"
                + " value='b'/></DataField>",
            "<MiningField name='v'/>");
    var problem =
        Scored.score(
                model, Scored.texts(List.of("v"), List.of(new String[] {"a"}, new String[] {"z"})))
            .problems();
    assertThat(problem).hasSize(1);
    assertThat(problem.get(0).row()).isEqualTo(1);
    assertThat(problem.get(0).field()).isEqualTo("v");
    assertThat(problem.get(0).value()).isEqualTo("z");
    assertThat(problem.get(0).reason()).contains("one of a, b");
  }

  @Test
  void mistakesInTheSchemaAreFoundWhenCompiling() {
    String field = "<DataField name='v' optype='continuous' dataType='integer'/>";
    assertThatThrownBy(() -> model(field, "<MiningField name='w'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "MiningField \"w\" is not in the DataDictionary; declare it or remove it");
    assertThatThrownBy(() -> model(field, "<MiningField name='v' missingValueReplacement='x'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"x\" is not a number");
    assertThatThrownBy(() -> model(field, "<MiningField name='v' outliers='asExtremeValues'/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("neither lowValue nor highValue");
    assertThatThrownBy(() -> model(field, ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("add a MiningField");
  }
}
