package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The order in which the numbers of an ensemble add up, in each of the ways in which blocks are
 * computed: few rows walk tree by tree, more step, many are sliced.
 */
class SummationTest {
  private static final double BIG = 16777216; // 2^24: in single precision, BIG + 1 is BIG

  /** A sum of two trees that predict 1 where x is above 0, with a Target for all of it. */
  private static double sum(int rows, String attributes, String target, String leaf) {
    String tree =
        """
        <Segment weight="1"><True/><TreeModel functionName="regression" CONTEXT>
          <MiningSchema><MiningField name="x"/></MiningSchema>
          <Node><True/>
            <Node score="LEAF"><SimplePredicate field="x" operator="greaterThan" value="0"/></Node>
            <Node score="0"><SimplePredicate field="x" operator="lessOrEqual" value="0"/></Node>
          </Node>
        </TreeModel></Segment>
        """
            .replace("CONTEXT", attributes.contains("float") ? "x-mathContext=\"float\"" : "")
            .replace("LEAF", leaf);
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary>
              <DataField name="x" optype="continuous" dataType="double"/>
              <DataField name="y" optype="continuous" dataType="double"/>
            </DataDictionary>
            """
                + "<MiningModel functionName=\"regression\" "
                + attributes
                + ">"
                + "<MiningSchema><MiningField name=\"y\" usageType=\"target\"/>"
                + "<MiningField name=\"x\"/></MiningSchema>"
                + "<Targets><Target field=\"y\" "
                + target
                + "/></Targets>"
                + "<Segmentation multipleModelMethod=\"sum\">"
                + tree
                + tree
                + "</Segmentation></MiningModel>");
    double[] x = new double[rows];
    Arrays.fill(x, 1);
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.DOUBLE)));
    Block scored = Scored.score(model, new Block(schema, rows, List.of(new DoubleColumn(x, null))));
    double[] y = ((DoubleColumn) scored.column(scored.schema().indexOf("y"))).values();
    assertThat(Arrays.stream(y, 0, rows).distinct().count()).isEqualTo(1);
    return y[0];
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 700})
  void singleSumsStartFromTheConstantOfTheTarget(int rows) {
    String constant = "rescaleConstant=\"16777216\"";
    assertThat(sum(rows, "x-mathContext=\"float\"", constant, "1")).isEqualTo(BIG);
    assertThat(sum(rows, "", constant, "1")).isEqualTo(BIG + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 700})
  void theConstantComesLastWhereTheTargetDoesMore(int rows) {
    String constant = "rescaleConstant=\"16777216\"";
    assertThat(sum(rows, "x-mathContext=\"float\"", constant + " min=\"1\"", "1"))
        .isEqualTo(BIG + 2);
    assertThat(sum(rows, "x-mathContext=\"float\"", constant + " rescaleFactor=\"2\"", "1"))
        .isEqualTo(BIG + 4);
  }

  /**
   * 0.3f is 0.30000001…; 8 + 0.3f in single precision is 8.3000002, of which 8 leaves 0.3000002.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 700})
  void termsOfDartGoThroughTheConstant(int rows) {
    String constant = "rescaleConstant=\"8\"";
    float term = (8f + 0.3f) - 8f;
    assertThat(term).isNotEqualTo(0.3f);
    String dart = "x-mathContext=\"float\" algorithmName=\"XGBoost (DART)\"";
    assertThat(sum(rows, dart, constant, "0.3")).isEqualTo((8f + term) + term);
    assertThat(sum(rows, "x-mathContext=\"float\"", constant, "0.3")).isEqualTo((8f + 0.3f) + 0.3f);
  }
}
