package io.agrippa.engine.reading;

import java.util.Locale;
import java.util.Random;

/** Trees over {@link RandomFields}. */
final class RandomTree {
  private static final String[] STRATEGIES = {
    "none",
    "lastPrediction",
    "nullPrediction",
    "defaultChild",
    "weightedConfidence",
    "aggregateNodes"
  };

  private final Random random;
  private final RandomFields fields;
  private final RandomRegression regressions;
  private final String[] labels; // null for a regression
  private final String strategy;
  private final boolean distributions;
  private final boolean regressing;
  private int count;

  /**
   * @param labels categories as the document writes them; null for a regression
   */
  RandomTree(Random random, RandomFields fields, String[] labels) {
    this.random = random;
    this.fields = fields;
    this.labels = labels;
    regressions = new RandomRegression(random, fields, null);
    strategy = fields.pick(STRATEGIES);
    distributions = random.nextInt(5) > 0;
    boolean mixes = strategy.equals("weightedConfidence") || strategy.equals("aggregateNodes");
    regressing = labels == null && !mixes && random.nextInt(4) == 0;
  }

  /** Attributes of the TreeModel. */
  String attributes() {
    return "functionName=\"%s\" missingValueStrategy=\"%s\" noTrueChildStrategy=\"%s\"%s%s"
        .formatted(
            labels == null ? "regression" : "classification",
            strategy,
            fields.pick("returnNullPrediction", "returnLastPrediction"),
            fields.pick("", " missingValuePenalty=\"0.8\""),
            fields.pick("", " x-mathContext=\"float\""));
  }

  /** The root with all below. */
  String node(int levels) {
    return node(levels, random.nextInt(8) > 0 ? "<True/>" : fields.predicate(1), "root");
  }

  private String node(int levels, String predicate, String id) {
    int children = levels == 0 || random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(4);
    count++;
    String attributes = random.nextInt(4) == 0 && id.equals("root") ? "" : " id=\"" + id + "\"";
    if (random.nextInt(children == 0 ? 12 : 3) > 0) {
      attributes += " score=\"" + score() + "\"";
    }
    if (random.nextInt(3) > 0) {
      attributes +=
          " recordCount=\""
              + fields.pick("", "1", "2", "4")
              + random.nextInt(10)
              + fields.pick("", ".1")
              + "\"";
    }
    if (children > 0 && random.nextInt(10) > 0) {
      attributes += " defaultChild=\"" + id + "." + random.nextInt(children) + "\"";
    }
    StringBuilder xml = new StringBuilder("<Node" + attributes + ">" + predicate);
    if (regressing && random.nextInt(3) == 0) {
      xml.append("<Regression functionName=\"regression\">")
          .append(regressions.table(null))
          .append("</Regression>");
    }
    if (labels != null && distributions && random.nextInt(5) > 0) {
      xml.append(distribution());
    }
    String before = null;
    for (int i = 0; i < children; i++) {
      String next =
          before != null && random.nextInt(3) == 0 ? opposite(before) : fields.predicate(2);
      before = next;
      xml.append('\n').append(node(levels - 1, next, id + "." + i));
    }
    return xml.append("</Node>").toString();
  }

  private String score() {
    return labels != null
        ? fields.pick(labels)
        : fields.pick("1", "-2.5", "0.1", "3e-2", Double.toString(random.nextInt(2000) / 999.0));
  }

  private String distribution() {
    StringBuilder xml = new StringBuilder();
    boolean probabilities = random.nextInt(3) == 0;
    boolean confidences = random.nextInt(3) == 0;
    int sure = random.nextInt(labels.length);
    for (int i = 0; i < labels.length; i++) {
      if (i != sure && random.nextInt(5) == 0) {
        continue;
      }
      xml.append(
          "<ScoreDistribution value=\"%s\" recordCount=\"%d%s\"%s%s/>"
              .formatted(
                  labels[i],
                  (i == sure ? 1 : 0) + random.nextInt(9),
                  fields.pick("", "", ".3"),
                  probabilities ? " probability=\"" + (1 + random.nextInt(9)) / 10.0 + "\"" : "",
                  confidences && random.nextInt(4) > 0
                      ? " confidence=\"" + random.nextInt(11) / 10.0 + "\""
                      : ""));
    }
    return xml.toString();
  }

  /** The predicate with the opposite operator, where it is a comparison. */
  private String opposite(String predicate) {
    String[][] pairs = {
      {"\"lessThan\"", "\"greaterOrEqual\""},
      {"\"greaterThan\"", "\"lessOrEqual\""},
      {"\"equal\"", "\"notEqual\""},
      {"\"isIn\"", "\"isNotIn\""},
      {"\"isMissing\"", "\"isNotMissing\""}
    };
    for (String[] pair : pairs) {
      for (int i = 0; i < 2; i++) {
        if (!predicate.startsWith("<Compound") && predicate.contains(pair[i])) {
          return predicate.replace(pair[i], pair[1 - i]);
        }
      }
    }
    return fields.predicate(2);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "tree of %d nodes, %s", count, strategy);
  }
}
