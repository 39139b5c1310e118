package io.agrippa.engine.reading;

import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeModel.MissingValueStrategy;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tree Models: a row on its way from the root. */
final class TreeReading {
  private final TreeModel model;
  private final TreeNodes nodes;
  private final Scope row;
  private final Category category;
  private final Predicates predicates;
  private final Arithmetic math;
  private final boolean classifies;

  /** Levels at which the default child was taken. */
  private int defaults;

  TreeReading(TreeModel model, Scope row) {
    this.model = model;
    this.row = row;
    nodes = model.nodes();
    category = Category.of(row);
    predicates = new Predicates(row);
    math = Arithmetic.of(model.frame());
    classifies = model.frame().function() == ModelFrame.Function.CLASSIFICATION;
  }

  Score score() {
    if (predicates.of(nodes.predicate(0)) != Truth.TRUE) {
      return Score.NONE;
    }
    Score score = below(0);
    // A tree in which no node has a distribution gives but a category.
    return nodes.distributionStart(nodes.size()) == 0
        ? new Score(score.value(), null, null, score.entity())
        : penalised(score, levels());
  }

  /** Levels at which a value was missing: each makes the confidence smaller. */
  private int levels() {
    return defaults + predicates.surrogates;
  }

  private List<Integer> children(int node) {
    List<Integer> children = new ArrayList<>();
    for (int child = node + 1; child < nodes.end(node); child = nodes.end(child)) {
      children.add(child);
    }
    return children;
  }

  /** The first child that holds is gone into; a leaf gives its own score. */
  private Score below(int node) {
    if (nodes.isLeaf(node)) {
      return own(node);
    }
    int surrogates = predicates.surrogates;
    for (int child : children(node)) {
      Truth truth = predicates.of(nodes.predicate(child));
      if (truth == Truth.TRUE) {
        return below(child);
      }
      if (truth == Truth.UNKNOWN && model.missingValueStrategy() != MissingValueStrategy.NONE) {
        return unknown(node, surrogates);
      }
    }
    return noTrueChild(node);
  }

  private Score noTrueChild(int node) {
    return switch (model.noTrueChildStrategy()) {
      case RETURN_NULL_PREDICTION -> Score.NONE;
      case RETURN_LAST_PREDICTION -> own(node);
    };
  }

  private Score unknown(int node, int surrogates) {
    return switch (model.missingValueStrategy()) {
      case LAST_PREDICTION -> own(node);
      case NULL_PREDICTION -> Score.NONE;
      case DEFAULT_CHILD -> defaultChild(node);
      case WEIGHTED_CONFIDENCE -> {
        predicates.surrogates = surrogates; // each child is looked at once
        yield weighted(node);
      }
      case AGGREGATE_NODES -> {
        predicates.surrogates = surrogates;
        Mixture mixture = new Mixture();
        collect(node, mixture);
        yield mixture.score();
      }
      case NONE -> throw new IllegalStateException();
    };
  }

  private Score defaultChild(int node) {
    defaults++;
    if (nodes.defaultChild(node) < 0) {
      throw new BadRow("no default child");
    }
    return below(nodes.defaultChild(node));
  }

  /**
   * The children that do not fail are scored each for itself, and their confidences weighted by
   * their shares of the records.
   */
  private Score weighted(int node) {
    Mixture mixture = new Mixture();
    for (int child : children(node)) {
      if (predicates.of(nodes.predicate(child)) != Truth.FALSE) {
        int defaultsBefore = defaults;
        int surrogatesBefore = predicates.surrogates;
        int before = levels();
        Score score = below(child);
        mixture.add(penalised(score, levels() - before), records(child));
        defaults = defaultsBefore;
        predicates.surrogates = surrogatesBefore;
      }
    }
    return mixture.score();
  }

  /** The records of all leaves that may be reached are added up. */
  private void collect(int node, Mixture mixture) {
    if (nodes.isLeaf(node)) {
      mixture.addRecords(node);
      return;
    }
    boolean followed = false;
    for (int child : children(node)) {
      Truth truth = predicates.of(nodes.predicate(child));
      if (truth != Truth.FALSE) {
        followed = true;
        collect(child, mixture);
      }
      if (truth == Truth.TRUE) {
        return;
      }
    }
    if (!followed
        && model.noTrueChildStrategy() == TreeModel.NoTrueChildStrategy.RETURN_LAST_PREDICTION) {
      mixture.addRecords(node);
    }
  }

  /** What the node itself predicts. */
  private Score own(int node) {
    String id = nodes.id(node) == null ? Integer.toString(node + 1) : nodes.id(node);
    return classifies ? category(node, id) : number(node, id);
  }

  /** A Regression in the node comes first. */
  private Score number(int node, String id) {
    if (nodes.embedded(node) instanceof RegressionModel regression) {
      Score score = new RegressionReading(regression, model.frame(), row).score();
      if (!score.isMissing()) {
        return new Score(score.value(), null, null, id);
      }
    }
    String text = nodes.scoreText(node);
    if (text == null) {
      return Score.NONE;
    }
    return new Score(
        math == Arithmetic.FLOAT ? (double) Float.parseFloat(text) : Double.parseDouble(text),
        null,
        null,
        id);
  }

  private Score category(int node, String id) {
    Map<Object, Double> probabilities = probabilities(node);
    Object value =
        nodes.scoreText(node) == null
            ? Score.best(probabilities)
            : category.of(nodes.scoreText(node));
    if (value == null) {
      return Score.NONE;
    }
    if (probabilities.isEmpty()) {
      return new Score(value, Map.of(value, 1.0), Map.of(value, 1.0), id);
    }
    Map<Object, Double> confidences = new LinkedHashMap<>();
    for (int d = nodes.distributionStart(node); d < nodes.distributionStart(node + 1); d++) {
      Object label = category.of(nodes.labels().get(nodes.distributionLabel(d)));
      double confidence = nodes.distributionConfidence(d);
      confidences.put(
          label, Double.isNaN(confidence) ? probabilities.get(label) : math.of(confidence));
    }
    return new Score(value, probabilities, confidences, id);
  }

  /** The given probabilities, or else the shares of the records, over their own sum. */
  private Map<Object, Double> probabilities(int node) {
    int from = nodes.distributionStart(node);
    int to = nodes.distributionStart(node + 1);
    boolean given = from < to && !Double.isNaN(nodes.distributionProbability(from));
    Map<Object, Double> shares = new LinkedHashMap<>();
    double sum = 0;
    for (int d = from; d < to; d++) {
      double share = math.of(given ? nodes.distributionProbability(d) : nodes.distributionCount(d));
      shares.put(category.of(nodes.labels().get(nodes.distributionLabel(d))), share);
      sum = math.add(sum, share);
    }
    double total = sum;
    if (total != 1) {
      shares.replaceAll((label, share) -> math.divide(share, total));
    }
    return shares;
  }

  /** Training records of a node: as said, or those of its distribution, or one. */
  private double records(int node) {
    if (!Double.isNaN(nodes.recordCount(node))) {
      return math.of(nodes.recordCount(node));
    }
    double sum = 0;
    for (int d = nodes.distributionStart(node); d < nodes.distributionStart(node + 1); d++) {
      sum = math.add(sum, nodes.distributionCount(d));
    }
    return sum > 0 ? sum : 1;
  }

  private Score penalised(Score score, int levels) {
    if (score.confidences() == null) {
      return score;
    }
    double factor = 1;
    for (int i = 0; i < levels; i++) {
      factor = math.multiply(factor, model.missingValuePenalty());
    }
    double all = factor;
    Map<Object, Double> confidences = new LinkedHashMap<>(score.confidences());
    confidences.replaceAll((label, confidence) -> math.multiply(confidence, all));
    return new Score(score.value(), score.probabilities(), confidences, score.entity());
  }

  /** A prediction out of several. */
  private final class Mixture {
    private final Map<Object, Double> shares =
        classifies ? Score.all(Categories.of(nodes, category), 0) : new LinkedHashMap<>();
    private final Map<Object, Double> confidences = new LinkedHashMap<>(shares);
    private double numbers;
    private double total;

    /** A child's prediction, by its records. */
    void add(Score score, double records) {
      if (score.isMissing()) {
        return;
      }
      if (classifies) {
        score
            .probabilities()
            .forEach((label, share) -> add(shares, label, math.multiply(records, share)));
        score
            .confidences()
            .forEach((label, share) -> add(confidences, label, math.multiply(records, share)));
      } else {
        numbers = math.add(numbers, math.multiply(records, score.number()));
      }
      total = math.add(total, records);
    }

    /** A leaf's records by category. */
    void addRecords(int node) {
      Score score = own(node);
      if (score.isMissing()) {
        return;
      }
      int from = nodes.distributionStart(node);
      int to = nodes.distributionStart(node + 1);
      if (!classifies || from == to) {
        add(score, records(node));
        return;
      }
      for (int d = from; d < to; d++) {
        Object label = category.of(nodes.labels().get(nodes.distributionLabel(d)));
        double count = math.of(nodes.distributionCount(d));
        if (Double.isNaN(count)) {
          count = math.multiply(score.probabilities().get(label), records(node));
        }
        add(shares, label, count);
        add(confidences, label, count);
        total = math.add(total, count);
      }
    }

    private void add(Map<Object, Double> sums, Object label, double number) {
      sums.merge(label, number, math::add);
    }

    Score score() {
      if (!(total > 0)) {
        return Score.NONE;
      }
      if (!classifies) {
        return Score.number(math.divide(numbers, total));
      }
      shares.replaceAll((label, sum) -> math.divide(sum, total));
      confidences.replaceAll((label, sum) -> math.divide(sum, total));
      Object best = Score.best(confidences);
      return new Score(best, shares, confidences, null);
    }
  }
}
