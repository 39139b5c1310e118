package io.agrippa.benchmarks;

import java.util.Random;
import smile.base.cart.DecisionNode;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.base.cart.SplitRule;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.type.StructType;
import smile.data.vector.BaseVector;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;
import smile.math.MathEx;

/** Grows a random forest of deep trees with Smile and exports it to PMML. */
final class DeepForest {
  static final int COLUMNS = 28;
  static final String[] LABELS = {"a", "b", "c"};

  private DeepForest() {}

  /** Grows a forest on noisy rows, so that its trees become deep. */
  static RandomForest train(int rows, int trees) {
    Rows data = Rows.numeric(21, rows, COLUMNS);
    Random noise = new Random(22);
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      double[] x = data.row(r);
      double y = x[1] + x[2] * x[4] / 2 + noise.nextGaussian();
      labels[r] = y < -0.5 ? 0 : y < 0.7 ? 1 : 2;
    }
    DataFrame frame = frame(data).merge(IntVector.of("y", labels));
    MathEx.setSeed(23);
    return RandomForest.fit(
        Formula.lhs("y"),
        frame,
        trees,
        5,
        SplitRule.GINI,
        40,
        rows,
        1,
        1.0,
        null,
        new Random(24).longs(trees));
  }

  /** The rows as Smile takes them. */
  static DataFrame frame(Rows rows) {
    BaseVector<?, ?, ?>[] columns = new BaseVector<?, ?, ?>[rows.numbers().length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = DoubleVector.of(Rows.numberName(c), rows.numbers()[c]);
    }
    return DataFrame.of(columns);
  }

  /** The forest as PMML: the mean of the leaves' probabilities, weighted as Smile weighs trees. */
  static byte[] pmml(RandomForest forest) {
    PmmlText text =
        new PmmlText("Smile")
            .dictionary(COLUMNS, "double", 0, 0, LABELS)
            .add("<MiningModel functionName=\"classification\">")
            .schema(COLUMNS, "", 0, true)
            .probabilities(LABELS)
            .add("<Segmentation multipleModelMethod=\"weightedAverage\">");
    int segment = 0;
    for (RandomForest.Model model : forest.models()) {
      text.add("<Segment id=\"%d\" weight=\"%s\"><True/>", ++segment, model.weight)
          .add("<TreeModel functionName=\"classification\" missingValueStrategy=\"defaultChild\"")
          .add("splitCharacteristic=\"binarySplit\">")
          .schema(COLUMNS, "", 0, true);
      new TreeText(text).node(model.tree.root(), "<True/>");
      text.add("</TreeModel></Segment>");
    }
    return text.add("</Segmentation></MiningModel>").bytes();
  }

  /** Number of nodes of all trees. */
  static int nodes(RandomForest forest) {
    int nodes = 0;
    for (RandomForest.Model model : forest.models()) {
      nodes += nodes(model.tree.root());
    }
    return nodes;
  }

  private static int nodes(Node node) {
    return node instanceof InternalNode inner
        ? 1 + nodes(inner.trueChild()) + nodes(inner.falseChild())
        : 1;
  }

  /** Writes the nodes of one tree. */
  private static final class TreeText {
    private final PmmlText text;
    private int ids;

    TreeText(PmmlText text) {
      this.text = text;
    }

    void node(Node node, String predicate) {
      String id = Integer.toString(++ids);
      if (node instanceof DecisionNode leaf) {
        double[] p = leaf.posteriori(new double[LABELS.length]);
        text.raw("<Node id=\"" + id + "\" score=\"" + LABELS[leaf.output()] + "\">" + predicate);
        for (int k = 0; k < p.length; k++) {
          text.raw("<ScoreDistribution value=\"" + LABELS[k] + "\" recordCount=\"")
              .raw(leaf.count()[k] + "\" probability=\"" + p[k] + "\"/>");
        }
        text.raw("</Node>\n");
        return;
      }
      InternalNode inner = (InternalNode) node;
      // The child that holds more of the training rows is taken where the value is missing.
      boolean less = inner.trueChild().size() >= inner.falseChild().size();
      int first = ids + 1;
      int second = first + nodes(inner.trueChild());
      text.raw("<Node id=\"" + id + "\" defaultChild=\"" + (less ? first : second) + "\">")
          .raw(predicate + "\n");
      String field = Rows.numberName(inner.feature());
      double threshold = threshold(inner);
      node(inner.trueChild(), predicate(field, "lessOrEqual", threshold));
      node(inner.falseChild(), predicate(field, "greaterThan", threshold));
      text.raw("</Node>\n");
    }

    private static String predicate(String field, String operator, double threshold) {
      return "<SimplePredicate field=\"%s\" operator=\"%s\" value=\"%s\"/>"
          .formatted(field, operator, threshold);
    }

    /**
     * The greatest number that goes to the true child. Smile keeps it to itself, so it is found by
     * asking: doubles of one sign are ordered as their bits are.
     */
    private static double threshold(InternalNode node) {
      double[] values = new double[COLUMNS];
      Tuple tuple = Tuple.of(values, SCHEMA);
      long low = ordered(-1e30);
      long high = ordered(1e30);
      while (low + 1 < high) {
        long middle = (low & high) + ((low ^ high) >> 1); // the mean, without overflow
        values[node.feature()] = number(middle);
        if (node.branch(tuple)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return number(low);
    }

    private static final StructType SCHEMA = frame(Rows.numeric(1, 1, COLUMNS)).schema();

    /** Whole numbers in the order of the doubles. */
    private static long ordered(double number) {
      long bits = Double.doubleToLongBits(number);
      return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private static double number(long ordered) {
      return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }
  }
}
