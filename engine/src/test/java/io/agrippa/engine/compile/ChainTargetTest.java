package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.pmml.PmmlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a chain predicts where its last segment does not run. */
class ChainTargetTest {
  /**
   * A first segment that predicts something of its own, then one for the target that runs for x
   * below 10.
   */
  private static final String CHAIN =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="double"/>
      </DataDictionary>
      <MiningModel functionName="regression">
        <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="x"/></MiningSchema>
        <Segmentation multipleModelMethod="modelChain">
          <Segment><True/><RegressionModel functionName="regression">
            <MiningSchema><MiningField name="x"/></MiningSchema>
            <Output><OutputField name="oddness" optype="continuous" dataType="double"/></Output>
            <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
          </RegressionModel></Segment>
          <Segment><SimplePredicate field="oddness" operator="lessThan" value="20"/>
          <RegressionModel functionName="regression">
            <MiningSchema><MiningField name="x"/>TARGET</MiningSchema>
            <RegressionTable intercept="100"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
          </RegressionModel></Segment>
        </Segmentation>
      </MiningModel></PMML>
      """;

  private static DoubleColumn predictions(String document, String column) {
    CompiledModel model =
        ModelCompiler.compile(
            PmmlReader.read(document.getBytes(StandardCharsets.UTF_8), "chain.pmml"));
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.DOUBLE)));
    Block rows = new Block(schema, 2, List.of(new DoubleColumn(new double[] {1, 50}, null)));
    Block scored = model.bind(schema, List.of()).worker().apply(rows);
    return (DoubleColumn) scored.column(scored.schema().indexOf(column));
  }

  @Test
  void isMissingWhereTheSegmentOfItsTargetDoesNotRun() {
    String document = CHAIN.replace("TARGET", "<MiningField name=\"y\" usageType=\"target\"/>");
    DoubleColumn y = predictions(document, "y");
    assertThat(y.values()[0]).isEqualTo(101);
    assertThat(y.isMissing(1)).isTrue();
    DoubleColumn oddness = predictions(document, "oddness");
    assertThat(oddness.values()).startsWith(2, 100);
  }

  @Test
  void isThatOfTheLastSegmentThatRanWhereNoneNamesItsTarget() {
    String document = CHAIN.replace("TARGET", "");
    ResultField first =
        ModelCompiler.compile(
                PmmlReader.read(document.getBytes(StandardCharsets.UTF_8), "chain.pmml"))
            .results()
            .get(0);
    DoubleColumn y = predictions(document, first.name());
    assertThat(y.values()).startsWith(101, 100);
  }

  @Test
  void ofSeveralTargetsNoneIsGivenWhereASegmentHasNoPredictionAndMissingIsAskedFor() {
    String document =
        """
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="y" optype="continuous" dataType="double"/>
          <DataField name="z" optype="continuous" dataType="double"/>
        </DataDictionary>
        <MiningModel functionName="mixed">
          <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/>
          <MiningField name="z" usageType="target"/></MiningSchema>
          <Segmentation multipleModelMethod="x-multiModelChain" missingPredictionTreatment="TREATMENT">
            <Segment><True/><RegressionModel functionName="regression">
              <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
              <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
            </RegressionModel></Segment>
            <Segment><True/><TreeModel functionName="regression">
              <MiningSchema><MiningField name="x"/><MiningField name="z" usageType="target"/></MiningSchema>
              <Node score="7"><SimplePredicate field="x" operator="lessThan" value="10"/></Node>
            </TreeModel></Segment>
          </Segmentation>
        </MiningModel></PMML>
        """;
    for (String treatment : List.of("continue", "returnMissing")) {
      String asked = document.replace("TREATMENT", treatment);
      DoubleColumn y = predictions(asked, "y");
      assertThat(y.values()[0]).isEqualTo(2);
      assertThat(y.isMissing(1)).as(treatment).isEqualTo(treatment.equals("returnMissing"));
      DoubleColumn z = predictions(asked, "z");
      assertThat(z.values()[0]).isEqualTo(7);
      assertThat(z.isMissing(1)).isTrue();
    }
  }
}
