package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import org.junit.jupiter.api.Test;

class ModelVerifierTest {
  private static CompiledModel model(String fields, String rows) {
    return Scored.model(
        """
        <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
        <RegressionModel functionName="regression">
        <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
        <ModelVerification><VerificationFields>%s</VerificationFields><InlineTable>%s</InlineTable></ModelVerification>
        <RegressionTable intercept="-3"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel>
        """
            .formatted(fields, rows));
  }

  private static final String FIELDS =
      "<VerificationField field='x' column='a'/><VerificationField field='y' precision='0.01'"
          + " zeroThreshold='0.5'/>";

  @Test
  void resultsWithinTheToleranceAgree() {
    assertThat(
            model(
                    FIELDS,
                    "<row><a>1</a><y>-1.01</y></row><row><a>10</a><y>17.17</y></row><row><a>1.6</a><y>-0.4</y></row><row><a>1</a></row>")
                .verify())
        .isEqualTo(4);
  }

  @Test
  void aDifferenceIsNamedWithRowFieldAndBothValues() {
    assertThatThrownBy(
            () ->
                model(FIELDS, "<row><a>1</a><y>-1</y></row><row><a>10</a><y>17.18</y></row>")
                    .verify())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ModelVerification")
        .hasMessageContaining("row 2")
        .hasMessageContaining("\"y\"")
        .hasMessageContaining("17.18")
        .hasMessageContaining("17.0");
  }

  @Test
  void anUnknownFieldAndARowWithoutAResultAreDifferences() {
    assertThatThrownBy(
            () -> model("<VerificationField field='z'/>", "<row><z>1</z></row>").verify())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"z\" is neither an input nor a result");
    assertThatThrownBy(() -> model(FIELDS, "<row><y>1</y></row>").verify())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no value");
  }
}
