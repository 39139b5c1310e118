package io.agrippa.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains boosted trees with XGBoost and exports them to PMML. */
final class BoostedTrees {
  static final int COLUMNS = 28;
  static final String[] LABELS = {"yes", "no"};

  private BoostedTrees() {}

  /** Trains a classifier on rows with a share of missing values, so that it learns their ways. */
  static Booster train(int rows, int trees, int depth) throws XGBoostError {
    Rows complete = Rows.numeric(11, rows, COLUMNS);
    float[] labels = new float[rows];
    Random noise = new Random(12);
    for (int r = 0; r < rows; r++) {
      double[] x = complete.row(r);
      double y = x[0] * x[1] + Math.sin(3 * x[2]) + x[3] * x[4] - Math.abs(x[5]) + x[7] * x[10] / 2;
      labels[r] = y + noise.nextGaussian() > 0.5 ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(floats(complete.withMissing(13, 0.05)), rows, COLUMNS, Float.NaN);
    try {
      matrix.setLabel(labels);
      Map<String, Object> parameters = new HashMap<>();
      parameters.put("objective", "binary:logistic");
      parameters.put("base_score", 0.5);
      parameters.put("max_depth", depth);
      parameters.put("eta", 0.1);
      parameters.put("min_child_weight", 0);
      parameters.put("tree_method", "hist");
      parameters.put("seed", 14);
      parameters.put("nthread", 1);
      return XGBoost.train(matrix, parameters, trees, Map.of(), null, null);
    } finally {
      matrix.dispose();
    }
  }

  /** The rows one after the other, NaN where missing. */
  static float[] floats(Rows rows) {
    float[] values = new float[rows.count() * rows.numbers().length];
    for (int r = 0; r < rows.count(); r++) {
      for (int c = 0; c < rows.numbers().length; c++) {
        values[r * rows.numbers().length + c] = (float) rows.numbers()[c][r];
      }
    }
    return values;
  }

  /**
   * The model as PMML: a sum of trees in single precision, then the logistic function. The base
   * score of 0.5 is a margin of 0.
   */
  static byte[] pmml(Booster booster) throws XGBoostError, IOException {
    PmmlText text =
        new PmmlText("XGBoost")
            .dictionary(COLUMNS, "float", 0, 0, LABELS)
            .add("<MiningModel functionName=\"classification\" x-mathContext=\"float\">")
            .schema(COLUMNS, "", 0, true)
            .probabilities("yes")
            .add("<Segmentation multipleModelMethod=\"modelChain\"><Segment id=\"1\"><True/>")
            .add("<MiningModel functionName=\"regression\" x-mathContext=\"float\">")
            .schema(COLUMNS, "", 0, false)
            .add("<Output><OutputField name=\"margin\" optype=\"continuous\"")
            .add("dataType=\"float\" feature=\"predictedValue\" isFinalResult=\"false\"/></Output>")
            .add("<Segmentation multipleModelMethod=\"sum\">");
    ObjectMapper mapper = new ObjectMapper();
    int segment = 0;
    for (String dump : booster.getModelDump("", false, "json")) {
      text.add("<Segment id=\"%d\"><True/>", ++segment)
          .add("<TreeModel functionName=\"regression\" missingValueStrategy=\"defaultChild\"")
          .add("splitCharacteristic=\"binarySplit\" x-mathContext=\"float\">")
          .schema(COLUMNS, "", 0, false);
      node(text, mapper.readTree(dump), "<True/>");
      text.add("</TreeModel></Segment>");
    }
    return text.add("</Segmentation></MiningModel></Segment>")
        .add("<Segment id=\"2\"><True/><RegressionModel functionName=\"classification\"")
        .add("normalizationMethod=\"logit\" x-mathContext=\"float\"><MiningSchema>")
        .add("<MiningField name=\"y\" usageType=\"target\"/><MiningField name=\"margin\"/>")
        .add("</MiningSchema><RegressionTable intercept=\"0\" targetCategory=\"yes\">")
        .add("<NumericPredictor name=\"margin\" coefficient=\"1\"/></RegressionTable>")
        .add("<RegressionTable intercept=\"0\" targetCategory=\"no\"/></RegressionModel>")
        .add("</Segment></Segmentation></MiningModel>")
        .bytes();
  }

  private static void node(PmmlText text, JsonNode node, String predicate) throws IOException {
    String id = node.get("nodeid").asText();
    if (node.has("leaf")) {
      text.raw("<Node id=\"" + id + "\" score=\"" + node.get("leaf").asText() + "\">" + predicate)
          .raw("</Node>\n");
      return;
    }
    text.raw("<Node id=\"" + id + "\" defaultChild=\"" + node.get("missing").asText() + "\">")
        .raw(predicate + "\n");
    String field = "x" + node.get("split").asText().substring(1);
    String threshold = node.get("split_condition").asText();
    for (JsonNode child : node.get("children")) {
      boolean less = child.get("nodeid").asInt() == node.get("yes").asInt();
      node(
          text,
          child,
          "<SimplePredicate field=\"%s\" operator=\"%s\" value=\"%s\"/>"
              .formatted(field, less ? "lessThan" : "greaterOrEqual", threshold));
    }
    text.raw("</Node>\n");
  }
}
