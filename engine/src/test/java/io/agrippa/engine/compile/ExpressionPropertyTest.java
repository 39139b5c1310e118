package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.RowProblem;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A block of rows gives what a plain reading of the expression gives for each row alone: random
 * expressions, every pattern of missing values, blocks around the sizes of a word and of a block.
 * One worker takes all blocks, so that what it leaves behind in its scratch space shows.
 */
class ExpressionPropertyTest {
  private static final int MODELS = 25;
  private static final int OUTPUTS = 4;

  private static CompiledModel model(List<PlainExpression> expressions) {
    StringBuilder dictionary = new StringBuilder();
    StringBuilder schema = new StringBuilder();
    for (int i = 0; i < PlainExpressions.FIELDS.size(); i++) {
      String name = PlainExpressions.FIELDS.get(i);
      PlainExpression.Kind kind = PlainExpressions.kind(i);
      boolean number = kind == PlainExpression.Kind.NUMBER || kind == PlainExpression.Kind.WHOLE;
      dictionary.append(
          "<DataField name=\"%s\" optype=\"%s\" dataType=\"%s\"/>"
              .formatted(name, number ? "continuous" : "categorical", kind.dataType));
      schema.append("<MiningField name=\"%s\"/>".formatted(name));
    }
    StringBuilder outputs = new StringBuilder();
    for (int i = 0; i < expressions.size(); i++) {
      outputs.append(
          "<OutputField name=\"out%d\" feature=\"transformedValue\">%s</OutputField>"
              .formatted(i, expressions.get(i).xml()));
    }
    return Scored.model(
        "<DataDictionary>%s</DataDictionary><RegressionModel functionName=\"regression\"><MiningSchema>%s</MiningSchema><Output>%s</Output><RegressionTable intercept=\"0\"/></RegressionModel>"
            .formatted(dictionary, schema, outputs));
  }

  @ParameterizedTest
  @EnumSource(RandomRows.Pattern.class)
  void blocksMeanWhatRowsMean(RandomRows.Pattern pattern) {
    for (int m = 0; m < MODELS; m++) {
      long seed = 1000L * pattern.ordinal() + m;
      Random random = new Random(seed);
      PlainExpressions expressions = new PlainExpressions(random);
      List<PlainExpression> outputs =
          java.util.stream.Stream.generate(expressions::next).limit(OUTPUTS).toList();
      CompiledModel model = model(outputs);
      RandomRows rows = new RandomRows(random, pattern);
      BlockOperator.Worker worker = null;
      for (int size : RandomRows.SIZES) {
        List<Object[]> table = rows.table(size);
        Block block = rows.block(table);
        if (worker == null) {
          worker = model.bind(block.schema(), List.of()).worker();
        }
        compare(seed, outputs, table, worker.apply(block));
      }
    }
  }

  private static void compare(
      long seed, List<PlainExpression> outputs, List<Object[]> table, Block scored) {
    assertThat(scored.rows()).isEqualTo(table.size());
    Set<Integer> bad = scored.problems().stream().map(RowProblem::row).collect(Collectors.toSet());
    for (int row = 0; row < table.size(); row++) {
      Object[] values = table.get(row);
      boolean expectedBad = false;
      Object[] expected = new Object[outputs.size()];
      for (int i = 0; i < expected.length; i++) {
        try {
          expected[i] = outputs.get(i).value(values);
        } catch (PlainExpression.BadRow e) {
          expectedBad = true;
        }
      }
      if (expectedBad != bad.contains(row)) {
        throw difference(seed, outputs, table, row, expectedBad ? "bad" : "good", scored);
      }
      for (int i = 0; i < expected.length && !expectedBad; i++) {
        int column = scored.schema().indexOf("out" + i);
        Object actual =
            RandomRows.value(scored.schema().field(column).type(), scored.column(column), row);
        if (!same(expected[i], actual)) {
          throw difference(
              seed, List.of(outputs.get(i)), table, row, expected[i] + ", not " + actual, scored);
        }
      }
    }
  }

  private static boolean same(Object expected, Object actual) {
    if (expected instanceof Number a && actual instanceof Number b) {
      return a.doubleValue() == b.doubleValue()
          || Double.compare(a.doubleValue(), b.doubleValue()) == 0;
    }
    return java.util.Objects.equals(expected, actual);
  }

  private static AssertionError difference(
      long seed,
      List<PlainExpression> outputs,
      List<Object[]> table,
      int row,
      String expected,
      Block scored) {
    return new AssertionError(
        "seed %d, row %d of %d %s should be %s; problems %s; %s"
            .formatted(
                seed,
                row,
                table.size(),
                java.util.Arrays.toString(table.get(row)),
                expected,
                scored.problems().stream().filter(p -> p.row() == row).toList(),
                outputs.stream().map(PlainExpression::xml).toList()));
  }
}
