package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a MiningField does to a block is what a plain reading of the specification (Mining Schema)
 * does to each value alone: random treatments of a number and of a category, read as text and as
 * numbers, every pattern of missing values, blocks around the sizes of a word and of a block. One
 * worker takes all blocks.
 */
class TreatmentPropertyTest {
  private static final int MODELS = 40;
  private static final String[] NUMBERS = {
    "-999", "-5", "0", "1.5", "2", "3.25", "6", "8", "10", "20", "many", "NaN"
  };
  private static final String[] TEXTS = {"red", "blue", "N/A", "green", "pink", " ", "odd"};

  /** A field of numbers from 0 to 10, with marks for missing and invalid ones. */
  private static final String NUMBER_FIELD =
      """
      <DataField name="v" optype="continuous" dataType="double">
        <Interval closure="openClosed" leftMargin="0" rightMargin="10"/>
        <Value value="-999" property="missing"/><Value value="8" property="invalid"/>
      </DataField>
      """;

  /** A field of two colours, with marks for missing and invalid ones. */
  private static final String TEXT_FIELD =
      """
      <DataField name="w" optype="categorical" dataType="string">
        <Value value="red"/><Value value="blue"/>
        <Value value="N/A" property="missing"/><Value value="odd" property="invalid"/>
      </DataField>
      """;

  /** A MiningField; null and NaN where an attribute is absent. */
  private record Treated(
      String missingTreatment,
      String missingReplacement,
      String invalidTreatment,
      String invalidReplacement,
      String outliers,
      double low,
      double high) {
    static Treated random(Random random, String[] replacements) {
      String outliers = pick(random, null, "asIs", "asMissingValues", "asExtremeValues");
      boolean bounded = outliers != null && !outliers.equals("asIs");
      boolean both = random.nextBoolean();
      return new Treated(
          pick(random, null, null, "asIs", "asMean", "asValue", "returnInvalid"),
          random.nextBoolean() ? pick(random, replacements) : null,
          pick(random, null, "returnInvalid", "asIs", "asMissing", "asValue"),
          random.nextInt(3) == 0 ? pick(random, replacements) : null,
          outliers,
          bounded && (both || random.nextBoolean()) ? 2 : Double.NaN,
          bounded ? 6 : Double.NaN);
    }

    private static String pick(Random random, String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    String xml(String name) {
      return "<MiningField name=\"%s\"%s%s%s%s%s%s%s/>"
          .formatted(
              name,
              attribute("missingValueTreatment", missingTreatment),
              attribute("missingValueReplacement", missingReplacement),
              attribute("invalidValueTreatment", invalidTreatment),
              attribute("invalidValueReplacement", invalidReplacement),
              attribute("outliers", outliers),
              attribute("lowValue", Double.isNaN(low) ? null : low),
              attribute("highValue", Double.isNaN(high) ? null : high));
    }

    private static String attribute(String name, Object value) {
      return value == null ? "" : " " + name + "=\"" + value + "\"";
    }

    private Object missing() {
      if ("returnInvalid".equals(missingTreatment)) {
        throw new PlainExpression.BadRow();
      }
      return missingReplacement;
    }

    /**
     * An invalid value.
     *
     * @param itself the value, or null where it is none of the type
     */
    private Object invalid(Object itself) {
      if ("asMissing".equals(invalidTreatment)) {
        return missingReplacement;
      }
      boolean lenient = "asIs".equals(invalidTreatment) || "asValue".equals(invalidTreatment);
      if (lenient && invalidReplacement != null) {
        return invalidReplacement;
      }
      if (lenient && itself != null) {
        return itself;
      }
      throw new PlainExpression.BadRow();
    }

    /** A treated number, as a Double; null where missing. */
    Object number(String text) {
      return number(treat(text));
    }

    private static Double number(Object value) {
      return value == null ? null : Double.valueOf(value.toString());
    }

    private Object treat(String text) {
      if (text == null || text.equals("-999")) {
        return missing();
      }
      if (text.equals("many") || text.equals("NaN")) {
        return invalid(text.equals("many") ? null : Double.NaN);
      }
      double value = Double.parseDouble(text);
      if (value == 8 || !(value > 0 && value <= 10)) {
        return invalid(value);
      }
      boolean below = value < low;
      if (!below && !(value > high)) {
        return value;
      }
      return switch (outliers) {
        case "asMissingValues" -> missingReplacement;
        case "asExtremeValues" -> below ? low : high;
        default -> value;
      };
    }

    /** A treated text; null where missing. */
    Object text(String text) {
      if (text == null || text.equals("N/A")) {
        return missing();
      }
      return text.equals("red") || text.equals("blue") ? text : invalid(text);
    }
  }

  private static CompiledModel model(Treated number, Treated text) {
    return Scored.model(
        """
        <DataDictionary>%s%s</DataDictionary>
        <RegressionModel functionName="regression"><MiningSchema>%s%s</MiningSchema>
        <Output>
          <OutputField name="v2" feature="transformedValue"><FieldRef field="v"/></OutputField>
          <OutputField name="w2" feature="transformedValue"><FieldRef field="w"/></OutputField>
        </Output>
        <RegressionTable intercept="0"/></RegressionModel>
        """
            .formatted(NUMBER_FIELD, TEXT_FIELD, number.xml("v"), text.xml("w")));
  }

  @ParameterizedTest
  @EnumSource(RandomRows.Pattern.class)
  void blocksAreTreatedAsRows(RandomRows.Pattern pattern) {
    for (int m = 0; m < MODELS; m++) {
      long seed = 1000L * pattern.ordinal() + m;
      Random random = new Random(seed);
      Treated number = Treated.random(random, new String[] {"4", "77", "-999"});
      Treated text = Treated.random(random, new String[] {"blue", "grey"});
      text =
          new Treated(
              text.missingTreatment,
              text.missingReplacement,
              text.invalidTreatment,
              text.invalidReplacement,
              null,
              Double.NaN,
              Double.NaN);
      CompiledModel model = model(number, text);
      boolean typed = random.nextBoolean();
      BlockOperator.Worker worker = null;
      for (int size : RandomRows.SIZES) {
        List<String[]> table = table(random, pattern, size);
        Block texts = Scored.texts(List.of("v", "w"), table);
        Block block = typed ? withNumbers(texts, table) : texts;
        if (worker == null) {
          worker = model.bind(block.schema(), List.of()).worker();
        }
        compare(
            "seed %d, %s, %s, %s"
                .formatted(seed, typed ? "numbers" : "texts", number.xml("v"), text.xml("w")),
            number,
            text,
            table,
            worker.apply(block));
      }
    }
  }

  private static List<String[]> table(Random random, RandomRows.Pattern pattern, int rows) {
    List<String[]> table = new ArrayList<>();
    // Rarely anything but ordinary values, or no row would be good under returnInvalid.
    boolean ordinary = random.nextInt(3) == 0;
    for (int row = 0; row < rows; row++) {
      String v = NUMBERS[ordinary ? 3 + random.nextInt(4) : random.nextInt(NUMBERS.length)];
      String w = TEXTS[ordinary ? random.nextInt(2) : random.nextInt(TEXTS.length)];
      table.add(
          new String[] {
            pattern.isMissing(random, row, 0, rows) ? null : v,
            pattern.isMissing(random, row, 1, rows) ? null : w
          });
    }
    return table;
  }

  /** The first column as numbers, with what is none beside them, as a reader of CSV gives it. */
  private static Block withNumbers(Block texts, List<String[]> table) {
    int rows = table.size();
    double[] values = new double[rows];
    long[] missing = new long[(rows + 63) / 64];
    List<Integer> malformedRows = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      String text = table.get(row)[0];
      if (text == null) {
        missing[row >> 6] |= 1L << row;
      } else if (text.equals("many")) {
        malformedRows.add(row);
        malformed.add(text);
      } else {
        values[row] = Double.parseDouble(text);
      }
    }
    Column numbers =
        malformed.isEmpty()
            ? new DoubleColumn(values, missing)
            : new DoubleColumn(
                values,
                missing,
                Malformed.of(
                    malformedRows.stream().mapToInt(Integer::intValue).toArray(),
                    malformed.toArray(String[]::new)));
    return new Block(
        new Schema(List.of(new Field("v", Type.Scalar.DOUBLE), new Field("w", Type.Scalar.STRING))),
        rows,
        List.of(numbers, texts.column(1)));
  }

  private static void compare(
      String what, Treated number, Treated text, List<String[]> table, Block scored) {
    Set<Integer> bad = scored.problems().stream().map(RowProblem::row).collect(Collectors.toSet());
    for (int row = 0; row < table.size(); row++) {
      String[] cells = table.get(row);
      Object expected;
      try {
        expected = List.of(shown(number.number(cells[0])), shown(text.text(cells[1])));
      } catch (PlainExpression.BadRow e) {
        expected = "bad";
      }
      Object actual =
          bad.contains(row)
              ? "bad"
              : List.of(shown(cell(scored, "v2", row)), shown(cell(scored, "w2", row)));
      if (!expected.equals(actual)) {
        assertThat(actual)
            .as(
                "%s, row %d of %d: %s",
                what, row, table.size(), List.of(shown(cells[0]), shown(cells[1])))
            .isEqualTo(expected);
      }
    }
  }

  private static Object cell(Block scored, String name, int row) {
    int column = scored.schema().indexOf(name);
    return RandomRows.value(scored.schema().field(column).type(), scored.column(column), row);
  }

  private static String shown(Object value) {
    return Objects.toString(value, "<missing>");
  }
}
