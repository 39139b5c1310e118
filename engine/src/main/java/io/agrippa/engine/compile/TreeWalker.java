package io.agrippa.engine.compile;

import io.agrippa.engine.model.TreeModel.MissingValueStrategy;
import io.agrippa.engine.model.TreeModel.NoTrueChildStrategy;
import java.util.Arrays;

/**
 * Walks one row after the other down a tree, in the words of the specification. It can do
 * everything, and all faster layouts must give what it gives. Scratch space of a worker.
 */
final class TreeWalker {
  /** No prediction. */
  static final int NONE = -1;

  /** A field that was needed could not be computed. */
  static final int FAILED = -2;

  /** The prediction is no node's but stands in {@link #weights} and {@link #confidences}. */
  static final int MIXED = -3;

  private static final int STAY = -4;

  private final TreeCode code;
  private final TreeResults results;
  private final MissingValueStrategy missingStrategy;
  private final NoTrueChildStrategy noTrueChild;
  private final double penalty;
  private final boolean single;
  private FeatureReader in;
  private TreeTrace trace; // null where nobody wants to know

  /** Whether the last walk failed because a node names no default child. */
  boolean lacksDefaultChild;

  private int defaults; // levels at which the default child was taken

  /** By label, after {@link #MIXED}: the category's share. */
  final double[] weights;

  /** By label, after {@link #MIXED}. */
  final double[] confidences;

  /** After {@link #MIXED} in a regression. */
  double number;

  TreeWalker(
      TreeCode code,
      TreeResults results,
      MissingValueStrategy missingStrategy,
      NoTrueChildStrategy noTrueChild,
      double penalty) {
    this.code = code;
    this.results = results;
    this.missingStrategy = missingStrategy;
    this.noTrueChild = noTrueChild;
    single = results.isSingle();
    this.penalty = Rounding.round(penalty, single);
    int size = results.labels == null ? 0 : results.labels.size();
    weights = new double[size];
    confidences = new double[size];
  }

  /** Sets where the ways of the rows are written down, or null. */
  void trace(TreeTrace log) {
    trace = log;
  }

  private int test(int node, int row) {
    int truth = code.test(node, in, row);
    if (trace != null) {
      trace.test(node, truth);
    }
    return truth;
  }

  /** Sets where the rows are. */
  void read(FeatureReader reader) {
    in = reader;
  }

  /**
   * The node that a row of the reader's block ends in, or {@link #NONE}, {@link #FAILED}, {@link
   * #MIXED}.
   */
  int walk(int row) {
    defaults = 0;
    lacksDefaultChild = false;
    in.surrogates = 0;
    int root = test(0, row);
    if (root != RowTest.TRUE) {
      return root == RowTest.ERROR ? FAILED : NONE;
    }
    return walk(0, row);
  }

  /** What the confidences of the last walk's result are multiplied by. */
  double factor() {
    return factor(levels());
  }

  /** Levels at which a missing value was met. */
  private int levels() {
    return defaults + in.surrogates;
  }

  private double factor(int levels) {
    double factor = 1;
    for (int i = 0; i < levels; i++) {
      factor = Rounding.multiply(factor, penalty, single);
    }
    return factor;
  }

  /** Walks on from a node that was reached. */
  private int walk(int from, int row) {
    int node = from;
    while (true) {
      int next = next(node, row);
      if (next == STAY) {
        return node;
      }
      if (next < 0) {
        return next;
      }
      node = next;
    }
  }

  /** The child to go to, {@link #STAY}, or how the walk ends. */
  private int next(int node, int row) {
    if (code.isLeaf(node)) {
      return STAY;
    }
    int end = code.end(node);
    int surrogates = in.surrogates;
    for (int child = node + 1; child < end; child = code.end(child)) {
      int truth = test(child, row);
      if (truth == RowTest.TRUE) {
        return child;
      }
      if (truth == RowTest.ERROR) {
        return FAILED;
      }
      if (truth == RowTest.UNKNOWN && missingStrategy != MissingValueStrategy.NONE) {
        int reached = unknown(node, row, surrogates);
        if (trace != null) {
          trace.strategy(node, missingStrategy, reached == STAY ? node : reached);
        }
        return reached;
      }
    }
    return fallback(node);
  }

  private int fallback(int node) {
    int end =
        switch (noTrueChild) {
          case RETURN_NULL_PREDICTION -> NONE;
          case RETURN_LAST_PREDICTION -> results.mayPredict(node) ? STAY : NONE;
        };
    if (trace != null) {
      trace.strategy(node, noTrueChild, end == STAY ? node : NONE);
    }
    return end;
  }

  /**
   * What an unknown test leads to.
   *
   * @param surrogates count of surrogates before the node's children were tested
   */
  private int unknown(int node, int row, int surrogates) {
    return switch (missingStrategy) {
      case LAST_PREDICTION -> results.mayPredict(node) ? STAY : NONE;
      case NULL_PREDICTION -> NONE;
      case DEFAULT_CHILD -> {
        defaults++;
        int child = code.defaultChild(node);
        lacksDefaultChild = child < 0;
        yield child < 0 ? FAILED : child;
      }
      case WEIGHTED_CONFIDENCE -> {
        in.surrogates = surrogates; // all children are tested again
        yield weigh(node, row);
      }
      case AGGREGATE_NODES -> {
        in.surrogates = surrogates;
        yield aggregate(node, row);
      }
      case NONE -> throw new IllegalStateException("an unknown predicate is taken as false");
    };
  }

  /**
   * Mixes the confidences of the children that may hold, by their training rows. What is missing
   * below a child makes the confidences of this child smaller.
   */
  private int weigh(int node, int row) {
    double[] weightSums = new double[weights.length];
    double[] confidenceSums = new double[weights.length];
    double numberSum = 0;
    double total = 0;
    int end = code.end(node);
    for (int child = node + 1; child < end; child = code.end(child)) {
      int truth = test(child, row);
      if (truth == RowTest.ERROR) {
        return FAILED;
      }
      if (truth == RowTest.FALSE) {
        continue;
      }
      int surrogates = in.surrogates;
      int reached = walk(child, row);
      if (reached == FAILED) {
        return FAILED;
      }
      double factor = factor(in.surrogates - surrogates);
      in.surrogates = surrogates;
      if (reached == MIXED || (reached != NONE && results.has(reached))) {
        double share = results.recordCount(child);
        if (reached != MIXED) {
          spread(reached);
        }
        for (int i = 0; i < weightSums.length; i++) {
          weightSums[i] = plus(weightSums[i], times(share, weights[i]));
          confidenceSums[i] = plus(confidenceSums[i], times(share, times(confidences[i], factor)));
        }
        numberSum = plus(numberSum, times(share, number));
        total = plus(total, share);
      }
    }
    return mixed(weightSums, confidenceSums, numberSum, total);
  }

  private double plus(double a, double b) {
    return Rounding.add(a, b, single);
  }

  private double times(double a, double b) {
    return Rounding.multiply(a, b, single);
  }

  /** Sets the scratch space to the prediction of a node that has one. */
  private void spread(int node) {
    if (results.labels == null) {
      number = results.number(node);
      return;
    }
    Arrays.fill(weights, 0);
    Arrays.fill(confidences, 0);
    for (int d = results.start(node); d < results.start(node + 1); d++) {
      weights[results.distributionLabel(d)] = results.probability(d);
      confidences[results.distributionLabel(d)] = results.confidence(d);
    }
    if (results.start(node) == results.start(node + 1)) {
      weights[results.label(node)] = 1;
      confidences[results.label(node)] = 1;
    }
  }

  private int mixed(double[] weightSums, double[] confidenceSums, double numberSum, double total) {
    if (!(total > 0)) {
      return NONE;
    }
    for (int i = 0; i < weightSums.length; i++) {
      weights[i] = Rounding.divide(weightSums[i], total, single);
      confidences[i] = Rounding.divide(confidenceSums[i], total, single);
    }
    number = Rounding.divide(numberSum, total, single);
    return MIXED;
  }

  /** Adds up the leaves that may be reached. */
  private int aggregate(int node, int row) {
    double[] sums = new double[weights.length];
    double[] numberAndTotal = new double[2];
    if (!collect(node, row, sums, numberAndTotal)) {
      return FAILED;
    }
    return mixed(sums, sums, numberAndTotal[0], numberAndTotal[1]);
  }

  private boolean collect(int node, int row, double[] sums, double[] numberAndTotal) {
    boolean followed = false;
    int end = code.end(node);
    for (int child = node + 1; child < end; child = code.end(child)) {
      int truth = test(child, row);
      if (truth == RowTest.ERROR) {
        return false;
      }
      if (truth != RowTest.FALSE) {
        followed = true;
        if (!collect(child, row, sums, numberAndTotal)) {
          return false;
        }
      }
      if (truth == RowTest.TRUE) {
        return true;
      }
    }
    boolean fallsThrough = !code.isLeaf(node) && fallback(node) == NONE;
    if (followed || fallsThrough || !results.has(node)) {
      return true;
    }
    double records = results.recordCount(node);
    if (results.labels == null) {
      numberAndTotal[0] = plus(numberAndTotal[0], times(records, results.number(node)));
      numberAndTotal[1] = plus(numberAndTotal[1], records);
    } else if (results.start(node) == results.start(node + 1)) {
      sums[results.label(node)] = plus(sums[results.label(node)], records);
      numberAndTotal[1] = plus(numberAndTotal[1], records);
    } else {
      for (int d = results.start(node); d < results.start(node + 1); d++) {
        int label = results.distributionLabel(d);
        sums[label] = plus(sums[label], results.count(node, d));
        numberAndTotal[1] = plus(numberAndTotal[1], results.count(node, d));
      }
    }
    return true;
  }
}
