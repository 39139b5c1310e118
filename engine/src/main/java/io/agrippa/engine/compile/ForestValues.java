package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.SlicedTrees;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.Method;
import java.util.List;

/**
 * What each outcome of a forest adds to the sums of a row, weights included and rounded as the
 * model's arithmetic says. Immutable.
 */
final class ForestValues {
  /** What the sums are. */
  enum Kind {
    /** One sum of numbers. */
    NUMBERS,
    /** A sum of probabilities for each label. */
    SHARES,
    /** A count of votes for each label. */
    VOTES
  }

  final Kind kind;
  final boolean single;

  /** What sums start from. */
  final double start;

  /** What sums are divided by; NaN where they are not. */
  final double divisor;

  /** Number of sums. */
  final int width;

  /** By outcome, then sum, so that what an outcome adds lies together; null for votes. */
  final double[] byOutcome;

  /** For votes: label by outcome, −1 for none. */
  final int[] labelByOutcome;

  /** For votes: by tree. */
  final double[] votes;

  /**
   * By sum, then entry of the sliced trees; null for votes, floats, and where nothing is sliced.
   */
  final double[][] byEntry;

  /** The same where all arithmetic is single. */
  final float[] singleByEntry;

  /** For votes: where the label's sums start, by entry. */
  final int[] slotByEntry;

  /**
   * The values for a method that adds up or votes.
   *
   * @param translations by tree: its labels as the ensemble's; null for numbers
   * @return null where the method does not add up
   */
  static ForestValues of(
      MiningModel model,
      Summation summation,
      List<TreePlan> trees,
      Forest forest,
      int[][] translations,
      int labels) {
    boolean discrete = translations != null;
    return switch (model.method()) {
      case SUM, WEIGHTED_SUM ->
          new ForestValues(Kind.NUMBERS, model, summation, trees, forest, null, 1);
      case AVERAGE, WEIGHTED_AVERAGE ->
          new ForestValues(
              discrete ? Kind.SHARES : Kind.NUMBERS,
              model,
              summation,
              trees,
              forest,
              translations,
              discrete ? labels : 1);
      case MAJORITY_VOTE, WEIGHTED_MAJORITY_VOTE ->
          new ForestValues(Kind.VOTES, model, summation, trees, forest, translations, labels);
      case MEDIAN, WEIGHTED_MEDIAN, MAX, SELECT_FIRST, SELECT_ALL, MODEL_CHAIN, MULTI_MODEL_CHAIN ->
          null;
    };
  }

  private ForestValues(
      Kind kind,
      MiningModel model,
      Summation summation,
      List<TreePlan> trees,
      Forest forest,
      int[][] translations,
      int width) {
    this.kind = kind;
    single = summation.single();
    start = summation.start();
    this.width = width;
    Method method = model.method();
    boolean weighted =
        method == Method.WEIGHTED_SUM
            || method == Method.WEIGHTED_AVERAGE
            || method == Method.WEIGHTED_MAJORITY_VOTE;
    double[] weights = new double[trees.size()];
    double total = 0;
    for (int t = 0; t < weights.length; t++) {
      weights[t] = weighted ? Rounding.round(model.segments().get(t).weight(), single) : 1;
      total = Rounding.add(total, weights[t], single);
    }
    boolean mean = method == Method.AVERAGE || method == Method.WEIGHTED_AVERAGE;
    divisor = mean ? total : Double.NaN;
    int outcomes = forest.stepped.outcomeCount();
    byOutcome = kind == Kind.VOTES ? null : new double[width * outcomes];
    labelByOutcome = kind == Kind.VOTES ? new int[outcomes] : null;
    votes = kind == Kind.VOTES ? weights : null;
    for (int t = 0; t < weights.length; t++) {
      TreeResults results = trees.get(t).results;
      for (int o = 0; o < forest.outcomeCount(t); o++) {
        int node = forest.node(t, o);
        int at = forest.stepped.outcomeStart(t) + o;
        switch (kind) {
          case NUMBERS ->
              byOutcome[at] =
                  node < 0 ? 0 : weigh(summation.term(results.number(node)), weights[t], weighted);
          case SHARES -> shares(results, node, at, translations[t], weights[t], weighted);
          case VOTES -> labelByOutcome[at] = node < 0 ? -1 : translations[t][results.label(node)];
        }
      }
    }
    SlicedTrees sliced = forest.sliced;
    boolean floats = kind == Kind.NUMBERS && single;
    byEntry =
        sliced == null || kind == Kind.VOTES || floats
            ? null
            : new double[width][sliced.tableSize()];
    singleByEntry = sliced == null || !floats ? null : new float[sliced.tableSize()];
    slotByEntry = sliced == null || kind != Kind.VOTES ? null : new int[sliced.tableSize()];
    if (sliced != null) {
      byEntry(sliced, forest);
    }
  }

  /** Whether there is a result for each row: weights that sum to 0 are an error of each. */
  boolean isSound() {
    if (kind != Kind.VOTES) {
      return divisor != 0;
    }
    double total = 0;
    for (double vote : votes) {
      total += vote;
    }
    return total > 0;
  }

  private double weigh(double term, double weight, boolean weighted) {
    return weighted ? Rounding.multiply(weight, term, single) : term;
  }

  private void shares(
      TreeResults results, int node, int at, int[] translation, double weight, boolean weighted) {
    if (node < 0) {
      return;
    }
    int from = results.start(node);
    int to = results.start(node + 1);
    for (int d = from; d < to; d++) {
      byOutcome[at * width + translation[results.distributionLabel(d)]] =
          weigh(Rounding.round(results.probability(d), single), weight, weighted);
    }
    if (from == to) {
      byOutcome[at * width + translation[results.label(node)]] = weigh(1, weight, weighted);
    }
  }

  private void byEntry(SlicedTrees sliced, Forest forest) {
    for (int t = 0; t < sliced.size(); t++) {
      for (int e = sliced.tableStart(t); e < sliced.tableStart(t + 1); e++) {
        int outcome = sliced.outcome(e);
        if (outcome >= 0) {
          int at = forest.stepped.outcomeStart(t) + outcome;
          if (slotByEntry != null) {
            slotByEntry[e] = labelByOutcome[at] * SlicedTrees.TILE;
          } else if (singleByEntry != null) {
            singleByEntry[e] = (float) byOutcome[at];
          } else {
            for (int i = 0; i < width; i++) {
              byEntry[i][e] = byOutcome[at * width + i];
            }
          }
        }
      }
    }
  }
}
