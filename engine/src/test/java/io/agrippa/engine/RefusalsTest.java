package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.Refusal;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
  @TempDir private Path folder;

  private static final String HEAD =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="c" optype="categorical" dataType="string"/>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
      """;

  private static final String FIELDS =
      "<MiningSchema><MiningField name=\"y\" usageType=\"target\"/><MiningField name=\"x\"/>"
          + "<MiningField name=\"c\"/></MiningSchema>";

  private List<Refusal> refusals(String document) throws IOException {
    Path file = folder.resolve("model.pmml");
    Files.writeString(file, document);
    return Agrippa.refusals(
        new Job.ModelPlace(file.toString(), Optional.empty(), Optional.empty()));
  }

  private static String regression(String inside) {
    return "<RegressionModel functionName=\"regression\">" + FIELDS + inside + "</RegressionModel>";
  }

  @Test
  void aDocumentThatIsLoadedHasNone() throws IOException {
    assertThat(
            refusals(
                HEAD
                    + regression(
                        "<RegressionTable intercept=\"1\"><NumericPredictor name=\"x\" coefficient=\"2\"/></RegressionTable>")
                    + "</PMML>"))
        .isEmpty();
  }

  @Test
  void allThatIsWrongIsListedByLineWithWhatItIs() throws IOException {
    String document =
        """
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
          <DataDictionary>
            <DataField name="x" optype="continuous" dataType="double" color="red"/>
            <DataField name="c" optype="categorical" dataType="string"/>
            <DataField name="y" optype="continuous" dataType="double"/>
            <DataField name="bad" optype="continuous" dataType="complex"/>
          </DataDictionary>
          <TransformationDictionary>
            <DerivedField name="lost" optype="continuous" dataType="double">
              <MapValues outputColumn="v"><TableLocator/></MapValues>
            </DerivedField>
            <DerivedField name="f" optype="continuous" dataType="double">
              <Apply function="+"><Apply function="mystery"><FieldRef field="x"/></Apply>
                <Apply function="sqrt"><FieldRef field="nowhere"/></Apply></Apply>
            </DerivedField>
          </TransformationDictionary>
          <MiningModel functionName="regression">
            <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="x"/><MiningField name="c"/>
              <MiningField name="bad"/></MiningSchema>
            <Output><OutputField name="o" feature="standardError"/>
              <OutputField name="p" feature="nonsense"/></Output>
            <Segmentation multipleModelMethod="sum">
              <Segment><True/><ClusteringModel functionName="clustering"><MiningSchema/></ClusteringModel></Segment>
              <Segment><SimplePredicate field="c" operator="greaterThan" value="a"/>
                <TreeModel functionName="regression" splitCharacteristic="multiSplit">
                  <MiningSchema><MiningField name="x"/><MiningField name="f"/></MiningSchema>
                  <Node score="1"><True/>
                    <Node score="2"><SimplePredicate field="x" operator="lessThan" value="low"/></Node>
                    <Node score="none"><SimplePredicate field="f" operator="greaterThan" value="1"/></Node>
                    <Node score="3"><SimplePredicate field="lost" operator="equal" value="1"/></Node>
                  </Node></TreeModel></Segment>
              <Segment><True/><RegressionModel functionName="regression">
                <MiningSchema><MiningField name="x"/><MiningField name="c"/></MiningSchema>
                <RegressionTable intercept="0">
                  <NumericPredictor name="c" coefficient="1"/>
                  <NumericPredictor name="unheard" coefficient="1"/>
                  <NumericPredictor name="x" coefficient="one"/>
                </RegressionTable></RegressionModel></Segment>
            </Segmentation>
          </MiningModel>
        </PMML>
        """;

    List<Refusal> refusals = refusals(document);

    assertThat(refusals)
        .extracting(refusal -> refusal.line() + " " + refusal.subject())
        .containsExactly(
            "3 attribute color of DataField",
            "6 element DataField",
            "10 element TableLocator",
            "13 function mystery",
            "14 element FieldRef",
            "20 element OutputField",
            "21 element OutputField",
            "23 element ClusteringModel",
            "24 element SimplePredicate",
            "28 element SimplePredicate",
            "29 element Node",
            "35 element NumericPredictor",
            "36 element NumericPredictor",
            "37 attribute coefficient of NumericPredictor");
    assertThat(refusals.get(7).problem()).startsWith("ClusteringModel is not supported yet");
    assertThat(refusals.get(3).problem()).contains("function \"mystery\" is not known");
    // What is listed is what a strict reading stumbles over, one after the other.
    assertThatThrownBy(() -> Agrippa.load(folder.resolve("model.pmml")))
        .hasMessageContaining("model.pmml:3: " + refusals.get(0).problem());
  }

  @Test
  void theFirstIsTheOneThatLoadingFailsWith() throws IOException {
    String document =
        HEAD
            + regression(
                "<RegressionTable intercept=\"1\"><NumericPredictor name=\"nowhere\" coefficient=\"2\"/></RegressionTable>")
            + "</PMML>";
    Refusal first = refusals(document).get(0);
    assertThatThrownBy(() -> Agrippa.load(folder.resolve("model.pmml")))
        .hasMessageEndingWith("model.pmml:" + first.line() + ": " + first.problem());
  }

  @Test
  void brokenXmlEndsTheListButKeepsWhatStandsBefore() throws IOException {
    List<Refusal> refusals =
        refusals(HEAD + "<TransformationDictionary><Nonsense/></TransformationDictionary><Regr");
    assertThat(refusals)
        .extracting(Refusal::subject)
        .containsExactly("element Nonsense", "document");
    assertThat(refusals.get(1).problem()).contains("XML is malformed or truncated");
  }

  @Test
  void aModelThatDoesNotGiveWhatItSaysIsRefused() throws IOException {
    List<Refusal> refusals =
        refusals(
            HEAD
                + regression(
                    "<RegressionTable intercept=\"1\"><NumericPredictor name=\"x\" coefficient=\"2\"/></RegressionTable>"
                        + "<ModelVerification><VerificationFields><VerificationField field=\"x\"/><VerificationField field=\"y\"/></VerificationFields>"
                        + "<InlineTable><row><x>1</x><y>4</y></row></InlineTable></ModelVerification>")
                + "</PMML>");
    assertThat(refusals).extracting(Refusal::subject).containsExactly("element ModelVerification");
    assertThat(refusals.get(0).problem()).contains("should be 4");
  }

  @Test
  void aModelThatMayNotScoreIsRefusedWhereThereIsNoOther() throws IOException {
    String model =
        regression("<RegressionTable intercept=\"1\"/>")
            .replace("<RegressionModel ", "<RegressionModel isScorable=\"false\" ");
    assertThat(refusals(HEAD + model + "</PMML>"))
        .extracting(Refusal::problem)
        .first()
        .asString()
        .contains("isScorable=\"false\"");
  }

  @Test
  void noDocumentAtAllIsOneRefusal() throws IOException {
    assertThat(refusals("age,income\n1,2\n")).hasSize(1);
    assertThat(refusals("<html/>"))
        .extracting(Refusal::problem)
        .first()
        .asString()
        .contains("not PMML");
  }
}
