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
          StringBuilder outputs = new StringBuilder(output("p", "predictedValue", ""));
          outputs.append(output("entity", "entityId", ""));
          for (String feature : new String[] {"probability", "confidence"}) {
            outputs.append(output(feature, feature, ""));
            for (String label : new String[] {labels[0], labels[1], labels[2], "7"}) {
              outputs.append(output(feature + label, feature, " value=\"" + label + "\""));
            }
          }
          good[0] +=
              check(
                  fields,
                  "<DataField name=\"y\" optype=\"categorical\" dataType=\"%s\"/>"
                      .formatted(whole ? "integer" : "string"),
                  "<TreeModel %s>%s<Output>%s</Output>%s</TreeModel>"
                      .formatted(
                          tree.attributes(),
                          schema(fields),
                          outputs,
                          tree.node(1 + random.nextInt(4))));
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
              output("p", "predictedValue", "")
                  + output("single", "predictedValue", " dataType=\"float\"")
                  + output("entity", "entityId", "");
          good[0] +=
              check(
                  fields,
                  "<DataField name=\"y\" optype=\"continuous\" dataType=\"%s\"/>"
                      .formatted(fields.pick("double", "float")),
                  "<TreeModel %s>%s<Output>%s</Output>%s</TreeModel>"
                      .formatted(
                          tree.attributes(),
                          schema(fields),
                          outputs,
                          tree.node(1 + random.nextInt(4))));
        });
    assertThat(good[0]).isPositive();
  }

  private static String output(String name, String feature, String attributes) {
    return "<OutputField name=\"%s\" feature=\"%s\"%s/>".formatted(name, feature, attributes);
  }

  private static String schema(RandomFields fields) {
    return "<MiningSchema>"
        + fields.miningFields()
        + "<MiningField name=\"y\" usageType=\"target\"/></MiningSchema>";
  }

  private static int check(RandomFields fields, String target, String model) {
    Agreement agreement =
        new Agreement(
            "<DataDictionary>"
                + fields.dataFields()
                + target
                + "</DataDictionary><TransformationDictionary>"
                + fields.derivedFields()
                + "</TransformationDictionary>"
                + model);
    int good = 0;
    for (int size : SIZES) {
      good += agreement.check(fields.schema(), fields.rows(size));
    }
    return good;
  }
}
