package io.agrippa.engine.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compiled trees mean what they read. */
class TreeReadingTest {
  private static final int[] SIZES = {0, 1, 65, 300, 2, 64};
  private static final String[] TEXTS = {"no", "yes", "maybe"};
  private static final String[] WHOLES = {"0", "1", "2.0"};

  @Test
  void classifications() {
    int[] good = new int[1];
    Tries.of(
        150,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random);
          boolean whole = random.nextBoolean();
          String[] labels = whole ? WHOLES : TEXTS;
          RandomTree tree = new RandomTree(random, fields, labels);
          String outputs =
              RandomOutput.field("p", "predictedValue", "")
                  + RandomOutput.field("entity", "entityId", "")
                  + RandomOutput.shares("probability", labels)
                  + RandomOutput.shares("confidence", labels);
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"categorical\" dataType=\"%s\"/>"
                          .formatted(whole ? "integer" : "string"),
                      "<TreeModel %s>%s<Output>%s</Output>%s</TreeModel>"
                          .formatted(
                              tree.attributes(),
                              fields.miningSchema("y"),
                              outputs,
                              tree.node(1 + random.nextInt(4))))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }

  @Test
  void regressions() {
    int[] good = new int[1];
    Tries.of(
        150,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random).tame();
          RandomTree tree = new RandomTree(random, fields, null);
          String outputs =
              RandomOutput.field("p", "predictedValue", "")
                  + RandomOutput.field("single", "predictedValue", " dataType=\"float\"")
                  + RandomOutput.field("entity", "entityId", "");
          good[0] +=
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"continuous\" dataType=\"%s\"/>"
                          .formatted(fields.pick("double", "float")),
                      "<TreeModel %s>%s<Output>%s</Output>%s</TreeModel>"
                          .formatted(
                              tree.attributes(),
                              fields.miningSchema("y"),
                              outputs,
                              tree.node(1 + random.nextInt(4))))
                  .check(fields, SIZES);
        });
    assertThat(good[0]).isPositive();
  }
}
