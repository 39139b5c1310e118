package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Treatments of whole blocks give what they give row by row, and what the words of PMML say. */
class TreatmentBlockTest {
  private static final int[] SIZES = {0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096};
  private static final double[] EDGES = {
    -1, 0, -0.0, 0.5, 1, Math.nextUp(1.0), 2, 3, 1e300, Double.MIN_VALUE, -Double.MIN_VALUE
  };

  private static final Schema SCHEMA =
      new Schema(List.of(new Field("v", Type.Scalar.DOUBLE), new Field("t", Type.Scalar.STRING)));

  private static CompiledModel model(String number, String attributes, String text) {
    return Scored.model(
        """
        <DataDictionary>
          <DataField name="v" optype="continuous" dataType="double">%s</DataField>
          <DataField name="t" optype="categorical" dataType="string">%s</DataField>
        </DataDictionary>
        <RegressionModel functionName="regression">
        <MiningSchema><MiningField name="v" %s/><MiningField name="t"/></MiningSchema>
        <Output>
          <OutputField name="out" feature="transformedValue"><FieldRef field="v"/></OutputField>
          <OutputField name="text" feature="transformedValue"><FieldRef field="t"/></OutputField>
          <OutputField name="valid" feature="transformedValue"><Apply function="isValid"><FieldRef field="v"/></Apply></OutputField>
        </Output>
        <RegressionTable intercept="0"/></RegressionModel>
        """
            .formatted(number, text, attributes));
  }

  private static double value(Random random, boolean wild) {
    if (wild && random.nextInt(20) == 0) {
      double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      return odd[random.nextInt(odd.length)];
    }
    return random.nextInt(3) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : random.nextDouble() * (wild ? 4 : 1);
  }

  /** Random rows; where a number is missing, anything may stand in its place. */
  private static Block rows(Random random, int rows) {
    boolean wild = random.nextBoolean();
    double share = random.nextInt(3) * 0.1;
    double[] numbers = new double[rows];
    long[] missing = share == 0 ? null : new long[Bits.words(rows)];
    DictionaryBuilder texts = new DictionaryBuilder();
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      numbers[row] = value(random, wild);
      if (random.nextDouble() < share) {
        Bits.set(missing, row);
        numbers[row] = random.nextBoolean() ? 0 : value(random, true);
      }
      boolean none = random.nextDouble() < share;
      codes[row] = none ? StringColumn.MISSING : texts.code("abc".substring(random.nextInt(3)));
    }
    return new Block(
        SCHEMA,
        rows,
        List.of(new DoubleColumn(numbers, missing), new StringColumn(codes, texts.snapshot())));
  }

  private static Block row(Block block, int row) {
    DoubleColumn numbers = (DoubleColumn) block.column(0);
    StringColumn texts = (StringColumn) block.column(1);
    return new Block(
        SCHEMA,
        1,
        List.of(
            new DoubleColumn(
                new double[] {numbers.values()[row]},
                numbers.isMissing(row) ? new long[] {1} : null),
            new StringColumn(new int[] {texts.codes()[row]}, texts.dictionary())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "invalidValueTreatment='asIs'",
        "invalidValueTreatment='asMissing'",
        "invalidValueTreatment='asMissing' missingValueReplacement='0.25'",
        "missingValueReplacement='7'",
        "missingValueTreatment='returnInvalid'",
        "outliers='asExtremeValues' lowValue='0.125' highValue='0.75' invalidValueTreatment='asIs'",
        "outliers='asExtremeValues' highValue='0' invalidValueTreatment='asMissing'",
        "outliers='asMissingValues' lowValue='0' invalidValueTreatment='asIs'",
        "outliers='asMissingValues' lowValue='-1' highValue='1' missingValueReplacement='3'"
            + " invalidValueTreatment='asIs'"
      })
  void a_block_is_treated_as_its_rows(String attributes) {
    String[] domains = {
      "",
      "<Interval closure='closedClosed' leftMargin='0' rightMargin='1'/>",
      "<Interval closure='openOpen' leftMargin='0' rightMargin='1'/>",
      "<Interval closure='closedOpen' rightMargin='1'/>",
      "<Interval closure='openClosed' leftMargin='0'/>",
      "<Interval closure='closedClosed' leftMargin='0' rightMargin='1'/><Value value='0.5'"
          + " property='missing'/>",
      "<Interval closure='closedOpen' leftMargin='0' rightMargin='1'/><Interval"
          + " closure='closedClosed' leftMargin='2' rightMargin='3'/>"
    };
    String[] texts = {
      "", "<Value value='c' property='missing'/>", "<Value value='abc'/><Value value='bc'/>"
    };
    int seed = 0;
    for (String domain : domains) {
      String text = texts[seed % texts.length];
      BlockOperator operator = model(domain, attributes, text).bind(SCHEMA, List.of());
      BlockOperator.Worker worker = operator.worker();
      BlockOperator.Worker single = operator.worker();
      Random random = new Random(++seed);
      for (int rows : SIZES) {
        Block block = rows(random, rows);
        Block scored = worker.apply(block);
        List<Map<String, String>> expected = new ArrayList<>();
        List<Map<String, String>> actual = new ArrayList<>();
        for (int row = 0; row < rows; row += rows < 600 ? 1 : 7) {
          expected.add(Scored.results(single.apply(row(block, row)), 0));
          actual.add(Scored.results(scored, row));
        }
        assertThat(actual).as(domain + ", seed " + seed + ", " + rows).isEqualTo(expected);
      }
    }
  }

  @Test
  void numbers_outside_an_interval_are_invalid_and_no_others() {
    for (String closure : List.of("closedClosed", "openOpen", "closedOpen", "openClosed")) {
      CompiledModel model =
          model(
              "<Interval closure='%s' leftMargin='0' rightMargin='1'/>".formatted(closure),
              "invalidValueTreatment='asMissing'",
              "");
      Random random = new Random(closure.hashCode());
      for (int rows : SIZES) {
        Block block = rows(random, rows);
        DoubleColumn in = (DoubleColumn) block.column(0);
        Block scored = Scored.score(model, block);
        int out = scored.schema().indexOf("out");
        for (int row = 0; row < rows; row++) {
          double x = in.values()[row];
          boolean above = closure.startsWith("open") ? x > 0 : x >= 0;
          boolean below = closure.endsWith("Open") ? x < 1 : x <= 1;
          assertThat(scored.column(out).isMissing(row))
              .as(closure + ", " + x)
              .isEqualTo(in.isMissing(row) || !above || !below);
        }
      }
    }
  }
}
