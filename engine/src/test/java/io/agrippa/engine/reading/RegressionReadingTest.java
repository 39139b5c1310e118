package io.agrippa.engine.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compiled regressions mean what they read. */
class RegressionReadingTest {
  private static final int[] SIZES = {0, 1, 65, 300, 2, 64, 513};
  private static final String[] TEXTS = {"no", "yes", "maybe", "never"};
  private static final String[] WHOLES = {"0", "1.0", "2", "3"};

  @Test
  void numbers() {
    int[] good = new int[1];
    Tries.of(
        150,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random);
          RandomRegression regression = new RandomRegression(random, fields, null);
          String outputs =
              RandomOutput.field("p", "predictedValue", "")
                  + RandomOutput.field("single", "predictedValue", " dataType=\"float\"");
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"continuous\" dataType=\"%s\"/>"
                          .formatted(fields.pick("double", "float", "integer")),
                      "<RegressionModel %s>%s<Output>%s</Output>%s</RegressionModel>"
                          .formatted(
                              regression.attributes(false),
                              fields.miningSchema("y"),
                              outputs,
                              regression.tables()))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }

  @Test
  void categories() {
    int[] good = new int[1];
    Tries.of(
        150,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random).tame();
          boolean whole = random.nextBoolean();
          boolean ordinal = random.nextInt(3) == 0;
          String[] labels = Arrays.copyOf(whole ? WHOLES : TEXTS, 2 + random.nextInt(3));
          RandomRegression regression = new RandomRegression(random, fields, labels);
          String outputs =
              RandomOutput.field("p", "predictedValue", "")
                  + RandomOutput.shares("probability", labels);
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"%s\" dataType=\"%s\"/>"
                          .formatted(
                              ordinal ? "ordinal" : "categorical", whole ? "integer" : "string"),
                      "<RegressionModel %s>%s<Output>%s</Output>%s</RegressionModel>"
                          .formatted(
                              regression.attributes(ordinal),
                              fields.miningSchema("y"),
                              outputs,
                              regression.tables()))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }
}
