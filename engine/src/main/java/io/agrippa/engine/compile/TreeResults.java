package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each node of a tree predicts. Distributions are held as runs of (label, probability,
 * confidence), so that a tree of many nodes and many categories stays small. Immutable.
 */
final class TreeResults {
  /**
   * Categories in order of first appearance in distributions, then scores; null for a regression.
   */
  final Labels labels;

  /** Whether any node has a distribution. */
  final boolean hasDistributions;

  private final TreeNodes nodes;
  private final boolean single;
  private final double[] numbers; // NaN where the node has no score
  private final int[] scores; // label, −1 where the node has neither score nor distribution
  private final int[] starts;
  private final int[] distributionLabels;
  private final double[] distributionCounts;
  private final double[] distributionProbabilities;
  private final double[] distributionConfidences;
  private final double[] recordCounts;

  TreeResults(TreeModel model, Scope scope) {
    nodes = model.nodes();
    single = model.frame().arithmetic() == ModelFrame.Arithmetic.FLOAT;
    int size = nodes.size();
    recordCounts = new double[size];
    for (int n = 0; n < size; n++) {
      recordCounts[n] = Rounding.round(nodes.recordCount(n), single);
    }
    if (model.frame().function() == ModelFrame.Function.REGRESSION) {
      labels = null;
      hasDistributions = false;
      numbers = new double[size];
      for (int n = 0; n < size; n++) {
        int node = n;
        scope.part("element Node", () -> numbers[node] = number(node, scope));
      }
      scores = null;
      starts = null;
      distributionLabels = null;
      distributionCounts = null;
      distributionProbabilities = null;
      distributionConfidences = null;
      return;
    }
    numbers = null;
    starts = new int[size + 1];
    for (int n = 0; n <= size; n++) {
      starts[n] = nodes.distributionStart(n);
    }
    int total = starts[size];
    hasDistributions = total > 0;
    distributionLabels = new int[total];
    distributionCounts = new double[total];
    distributionProbabilities = new double[total];
    distributionConfidences = new double[total];
    LabelBuilder builder = new LabelBuilder(scope.target().type());
    int[] translation = nodes.labels().stream().mapToInt(builder::index).toArray();
    for (int d = 0; d < total; d++) {
      distributionLabels[d] = translation[nodes.distributionLabel(d)];
      distributionCounts[d] = Rounding.round(nodes.distributionCount(d), single);
    }
    scores = new int[size];
    for (int n = 0; n < size; n++) {
      int node = n;
      scope.part("element ScoreDistribution", () -> distribution(node, scope));
      String score = nodes.scoreText(n);
      scores[n] = score == null ? mostProbable(n) : builder.index(score);
    }
    labels = builder.build();
  }

  private double number(int node, Scope scope) {
    double number = single ? nodes.scoreSingle(node) : nodes.scoreNumber(node);
    String text = Double.isNaN(number) ? nodes.scoreText(node) : null;
    if (text != null) {
      try {
        number = Literals.number(text, DataType.DOUBLE);
      } catch (LiteralException e) {
        throw scope.error(
            nodes.line(node), "score " + e.getMessage() + "; the score of a regression is one");
      }
    }
    return single ? (float) number : number;
  }

  private void distribution(int node, Scope scope) {
    int from = starts[node];
    int to = starts[node + 1];
    if (from == to) {
      return;
    }
    boolean given = !Double.isNaN(nodes.distributionProbability(from));
    double sum = 0;
    for (int d = from; d < to; d++) {
      double share = given ? nodes.distributionProbability(d) : nodes.distributionCount(d);
      if (Double.isNaN(share) || share < 0 || (given && share > 1)) {
        throw scope.error(
            nodes.line(node),
            "ScoreDistribution \"%s\" has no valid %s; all of a Node need the same"
                .formatted(
                    nodes.labels().get(nodes.distributionLabel(d)),
                    given ? "probability" : "recordCount"));
      }
      distributionProbabilities[d] = single ? (float) share : share;
      sum = Rounding.add(sum, distributionProbabilities[d], single);
    }
    for (int d = from; d < to; d++) {
      // A sum of 0 leaves NaN: no probability, which is an error only where somebody asks for it.
      if (sum != 1) {
        distributionProbabilities[d] = Rounding.divide(distributionProbabilities[d], sum, single);
      }
      double confidence = nodes.distributionConfidence(d);
      distributionConfidences[d] =
          Double.isNaN(confidence)
              ? distributionProbabilities[d]
              : Rounding.round(confidence, single);
    }
  }

  private int mostProbable(int node) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int d = starts[node]; d < starts[node + 1]; d++) {
      if (distributionProbabilities[d] > most) {
        most = distributionProbabilities[d];
        best = distributionLabels[d];
      }
    }
    return best;
  }

  /** Whether the node has a score, given or by its distribution. */
  boolean has(int node) {
    return numbers == null ? scores[node] >= 0 : !Double.isNaN(numbers[node]);
  }

  /** Whether the node may predict something: by its score, or by a model embedded in it. */
  boolean mayPredict(int node) {
    return has(node) || nodes.embedded(node) != null;
  }

  /** The node's number; NaN where it has none. */
  double number(int node) {
    return numbers[node];
  }

  /** The node's category; −1 where it has none. */
  int label(int node) {
    return scores[node];
  }

  /** Where the node's distribution starts; it runs to the start of the next node's. */
  int start(int node) {
    return starts[node];
  }

  int distributionLabel(int distribution) {
    return distributionLabels[distribution];
  }

  /** Share of the category in its node. */
  double probability(int distribution) {
    return distributionProbabilities[distribution];
  }

  /** As given, or else the share. */
  double confidence(int distribution) {
    return distributionConfidences[distribution];
  }

  /** Whether the tree computes in single precision. */
  boolean isSingle() {
    return single;
  }

  /** Training rows of the category in this node, or if not given its share of the node's. */
  double count(int node, int distribution) {
    double count = distributionCounts[distribution];
    return Double.isNaN(count)
        ? Rounding.multiply(distributionProbabilities[distribution], recordCount(node), single)
        : count;
  }

  /** Training rows of the node: as given, or else the sum of the distribution, or else 1. */
  double recordCount(int node) {
    if (!Double.isNaN(recordCounts[node])) {
      return recordCounts[node];
    }
    double sum = 0;
    if (starts != null) {
      for (int d = starts[node]; d < starts[node + 1]; d++) {
        sum = Rounding.add(sum, distributionCounts[d], single);
      }
    }
    return sum > 0 ? sum : 1;
  }

  /** Collects categories in order of first appearance, in canonical text. */
  static final class LabelBuilder {
    private final FieldType type;
    private final Map<String, Integer> byText = new HashMap<>();
    private final Map<String, Integer> byCanonical = new HashMap<>();
    private final List<String> canonical = new ArrayList<>();

    LabelBuilder(FieldType type) {
      this.type = type;
    }

    /** The index of a category as written. */
    int index(String text) {
      Integer known = byText.get(text);
      if (known == null) {
        String form = Literals.canonical(text, type.dataType());
        known = byCanonical.putIfAbsent(form, canonical.size());
        if (known == null) {
          known = canonical.size();
          canonical.add(form);
        }
        byText.put(text, known);
      }
      return known;
    }

    Labels build() {
      return new Labels(canonical);
    }
  }
}
