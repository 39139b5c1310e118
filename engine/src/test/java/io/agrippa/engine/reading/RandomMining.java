package io.agrippa.engine.reading;

import java.util.List;
import java.util.Random;

/** Models of all kinds over {@link RandomFields}, MiningModels with models in them among them. */
final class RandomMining {
  private static final String[] NUMBER_METHODS = {
    "sum", "average", "weightedAverage", "median", "x-weightedMedian", "x-weightedSum"
  };
  private static final String[] CATEGORY_METHODS = {
    "majorityVote", "weightedMajorityVote", "average", "weightedAverage", "max", "median"
  };

  private final Random random;
  private final RandomFields fields;
  private int count;

  RandomMining(Random random, RandomFields fields) {
    this.random = random;
    this.fields = fields;
  }

  /** Methods that combine, those that select, and chains. */
  String method(String[] labels) {
    return switch (random.nextInt(4)) {
      case 0 -> "selectFirst";
      case 1 -> "modelChain";
      default -> fields.pick(labels == null ? NUMBER_METHODS : CATEGORY_METHODS);
    };
  }

  /** The same, and those that give more than one prediction. */
  String methodOfWhole(String[] labels) {
    return switch (random.nextInt(8)) {
      case 0 -> "selectAll";
      case 1 -> "x-multiModelChain";
      default -> method(labels);
    };
  }

  /**
   * A MiningModel.
   *
   * @param labels categories; null for a regression
   * @param schema its MiningSchema
   * @param target its target, or null
   * @param output its Output
   * @param depth how deep MiningModels may lie in it
   */
  String model(
      String method, String[] labels, String schema, String target, String output, int depth) {
    List<String> known = fields.added();
    String local = "";
    if (random.nextInt(4) == 0) {
      String name = "l" + ++count;
      local =
          "<LocalTransformations><DerivedField name=\"%s\" optype=\"continuous\" dataType=\"double\"><Apply function=\"+\"><FieldRef field=\"%s\"/><Constant>0.5</Constant></Apply></DerivedField></LocalTransformations>"
              .formatted(name, fields.pick("x", "k", "f"));
      fields.add(name, RandomFields.Kind.DOUBLE);
    }
    boolean chain = method.equals("modelChain") || method.equals("x-multiModelChain");
    boolean weighs = !chain && !method.startsWith("select");
    StringBuilder segments = new StringBuilder();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      String segment = segment(labels, target, chain && i < size - 1, chain, depth);
      segments.append(
          weighs && random.nextInt(5) == 0
              ? segment.replaceAll(
                  "</Segment>\\n$",
                  "<VariableWeight field=\"%s\"/></Segment>\n".formatted(fields.pick("k", "n")))
              : segment);
    }
    fields.retain(known);
    String treatment =
        chain
            ? fields.pick("continue", "returnMissing")
            : fields.pick("continue", "skipSegment", "returnMissing");
    return """
    <MiningModel functionName="%s"%s>%s<Output>%s</Output>%s%s
    <Segmentation multipleModelMethod="%s" missingPredictionTreatment="%s" missingThreshold="%s">
    %s</Segmentation></MiningModel>
    """
        .formatted(
            labels == null ? "regression" : "classification",
            fields.pick("", "", " x-mathContext=\"float\""),
            schema,
            output,
            targets(labels, target),
            local,
            method,
            treatment,
            fields.pick("1", "1", "0.5", "0.3"),
            segments);
  }

  /**
   * A Segment.
   *
   * @param early whether it runs before others that see its Output
   */
  private String segment(String[] labels, String target, boolean early, boolean chain, int depth) {
    String id = random.nextInt(3) == 0 ? "" : " id=\"segment " + ++count + "\"";
    String predicate = random.nextInt(5) < 3 ? "<True/>" : fields.predicate(1);
    if (chain && !early && target == null) {
      predicate = "<True/>"; // so that those before it need not predict the same
    }
    String[] own = early && random.nextBoolean() ? null : labels;
    String ownTarget = early || random.nextBoolean() ? null : target;
    if (chain && !early) {
      ownTarget = target;
    }
    String name = early ? "s" + ++count : null;
    String output = early ? output(name, own) : "";
    String model = model(own, ownTarget, output, depth);
    if (early) {
      fields.add(name, own == null ? RandomFields.Kind.DOUBLE : RandomFields.Kind.TEXT);
      if (own != null) {
        fields.add(name + "p", RandomFields.Kind.DOUBLE);
      }
    }
    return "<Segment%s weight=\"%s\">%s%s</Segment>\n"
        .formatted(id, fields.pick("1", "1", "0", "0.5", "2.3"), predicate, model);
  }

  private String output(String name, String[] own) {
    String xml =
        RandomOutput.field(
            name,
            "predictedValue",
            own == null
                ? fields.pick("", " dataType=\"double\"", " dataType=\"float\"")
                : " dataType=\"string\"");
    return own == null
        ? xml
        : xml
            + RandomOutput.field(
                name + "p",
                "probability",
                fields.pick("", " value=\"" + own[0] + "\"") + " isFinalResult=\"false\"");
  }

  private String model(String[] labels, String target, String output, int depth) {
    String schema = fields.nestedSchema(target);
    int kind = random.nextInt(10);
    if (kind == 0 && depth > 0) {
      return model(method(labels), labels, schema, target, output, depth - 1);
    }
    String head = schema + "<Output>" + output + "</Output>" + targets(labels, target);
    if (kind < 4) {
      RandomRegression regression = new RandomRegression(random, fields, labels);
      return "<RegressionModel %s>%s%s</RegressionModel>"
          .formatted(regression.attributes(false), head, regression.tables());
    }
    RandomTree tree = new RandomTree(random, fields, labels);
    return "<TreeModel %s>%s%s</TreeModel>"
        .formatted(tree.attributes(), head, tree.node(1 + random.nextInt(3)));
  }

  /** Targets, or nothing; without a field where the model has no target. */
  String targets(String[] labels, String target) {
    if (random.nextInt(4) > 0) {
      return "";
    }
    StringBuilder xml =
        new StringBuilder("<Targets><Target")
            .append(target == null ? "" : " field=\"" + target + "\"");
    if (labels == null) {
      xml.append(fields.pick("", " rescaleFactor=\"2\"", " rescaleFactor=\"0.1\""))
          .append(fields.pick("", " rescaleConstant=\"0.5\"", " rescaleConstant=\"-0.1\""))
          .append(fields.pick("", "", " min=\"-1\"", " max=\"1.1\"", " min=\"-0.5\" max=\"0.5\""))
          .append(
              fields.pick(
                  "",
                  "",
                  " castInteger=\"round\"",
                  " castInteger=\"floor\"",
                  " castInteger=\"ceiling\""))
          .append('>')
          .append(random.nextBoolean() ? "<TargetValue defaultValue=\"2.6\"/>" : "");
    } else {
      xml.append('>');
      for (String label : labels) {
        xml.append(
            "<TargetValue value=\"%s\" priorProbability=\"0.%d\"%s/>"
                .formatted(
                    label,
                    1 + random.nextInt(4),
                    random.nextInt(3) == 0 ? " displayValue=\"target's " + label + "\"" : ""));
      }
    }
    return xml.append("</Target></Targets>").toString();
  }
}
