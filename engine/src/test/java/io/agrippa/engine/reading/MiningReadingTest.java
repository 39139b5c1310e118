package io.agrippa.engine.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compiled MiningModels mean what they read. */
class MiningReadingTest {
  private static final int[] SIZES = {0, 1, 65, 200, 2};
  private static final String[] TEXTS = {"no", "yes", "maybe", "never"};
  private static final String[] WHOLES = {"0", "1.0", "2", "3"};

  @Test
  void numbers() {
    int[] good = new int[1];
    Tries.of(
        60,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random).tame();
          RandomMining mining = new RandomMining(random, fields);
          String method = mining.methodOfWhole(null);
          String output =
              method.equals("selectAll")
                  ? ""
                  : RandomOutput.field("p", "predictedValue", "")
                      + RandomOutput.ofNumber()
                      + entity(method);
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"continuous\" dataType=\"%s\"/>"
                          .formatted(fields.pick("double", "float", "integer")),
                      mining.model(method, null, fields.miningSchema("y"), "y", output, 2))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }

  @Test
  void categories() {
    int[] good = new int[1];
    Tries.of(
        60,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random).tame();
          RandomMining mining = new RandomMining(random, fields);
          boolean whole = random.nextBoolean();
          String[] labels = Arrays.copyOf(whole ? WHOLES : TEXTS, 2 + random.nextInt(3));
          String method = mining.methodOfWhole(labels);
          String output =
              method.equals("selectAll")
                  ? ""
                  : RandomOutput.field("p", "predictedValue", "")
                      + RandomOutput.shares("probability", labels)
                      + RandomOutput.shares("confidence", labels)
                      + RandomOutput.ofCategory()
                      + entity(method);
          String values =
              random.nextBoolean()
                  ? ""
                  : "<Value value=\"%s\" displayValue=\"the second\"/><Value value=\"%s\"/>"
                      .formatted(labels[1], labels[0]);
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"categorical\" dataType=\"%s\">%s</DataField>"
                          .formatted(whole ? "integer" : "string", values),
                      mining.model(method, labels, fields.miningSchema("y"), "y", output, 2))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }

  private static String entity(String method) {
    return method.equals("selectFirst") || method.endsWith("odelChain")
        ? RandomOutput.field("entity", "entityId", "")
        : "";
  }
}
