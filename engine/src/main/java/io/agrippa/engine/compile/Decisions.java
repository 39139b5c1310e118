package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.SteppedTrees;
import io.agrippa.engine.model.TreeModel.MissingValueStrategy;
import io.agrippa.engine.model.TreeModel.NoTrueChildStrategy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A tree in a form without strategies: decisions between two ways, by conditions that are true or
 * false, never unknown. What a missing value leads to has become part of the conditions and of the
 * way the decisions hang together; a decision may be reached by several ways. The faster layouts
 * are made of it.
 *
 * <p>A reference is a decision (0 or more), or {@code ~outcome} for an outcome; outcomes count the
 * nodes of the tree that may be a row's result, and {@link #none} is the outcome of rows without a
 * prediction.
 */
final class Decisions implements SteppedTrees.Builder.Tree {
  /** Trees of more levels stay with the walker, which does not recur; nobody grows such trees. */
  private static final int MOST_LEVELS = 400;

  private static final int NO_OUTCOME = -1;

  private static final int NOT_MADE = Integer.MIN_VALUE;

  private final TreeCode code;
  private final TreeResults results;
  private final MissingValueStrategy strategy;
  private final NoTrueChildStrategy noTrueChild;
  private final Conditions conditions;
  private final Map<Integer, Integer> reached = new HashMap<>(); // nodes that ways meet again in

  private final Map<Integer, Integer> inner = new HashMap<>(); // outcomes that are no leaves

  private int size;
  private int[] features = new int[16];
  private double[] thresholds = new double[16];
  private boolean[] missingHolds = new boolean[16];
  private int[] yes = new int[16];
  private int[] no = new int[16];
  private int[] outcomes = new int[16]; // node of the tree
  private int outcomeCount;
  private int none = NO_OUTCOME;
  private int root;

  private Decisions(TreePlan tree, Conditions conditions) {
    code = tree.code;
    results = tree.results;
    strategy = tree.missingStrategy;
    noTrueChild = tree.noTrueChild;
    this.conditions = conditions;
  }

  /** The decisions of a tree, or null if only the walker can do it. */
  static Decisions of(TreePlan tree, Conditions conditions) {
    boolean decides =
        switch (tree.missingStrategy) {
          case NONE, LAST_PREDICTION, NULL_PREDICTION, DEFAULT_CHILD -> true;
          case WEIGHTED_CONFIDENCE, AGGREGATE_NODES -> false;
        };
    if (!decides || levels(tree.code) > MOST_LEVELS) {
      return null;
    }
    Decisions decisions = new Decisions(tree, conditions);
    try {
      decisions.build();
      return decisions;
    } catch (Conditions.Inexpressible e) {
      return null;
    }
  }

  private static int levels(TreeCode code) {
    int[] open = new int[MOST_LEVELS + 1]; // ends of the nodes above
    int depth = 0;
    int most = 0;
    for (int n = 0; n < code.size(); n++) {
      while (depth > 0 && open[depth - 1] <= n) {
        depth--;
      }
      if (depth > MOST_LEVELS) {
        return depth;
      }
      open[depth++] = code.end(n);
      most = Math.max(most, depth);
    }
    return most;
  }

  private void build() {
    root = decide(code.test(0), Conditions.Truth.TRUE, below(0), noneWay());
    trim();
  }

  private void trim() {
    features = Arrays.copyOf(features, size);
    thresholds = Arrays.copyOf(thresholds, size);
    missingHolds = Arrays.copyOf(missingHolds, size);
    yes = Arrays.copyOf(yes, size);
    no = Arrays.copyOf(no, size);
    reached.clear();
    inner.clear();
  }

  /** What happens in a node that was reached. */
  private int below(int node) {
    if (code.isLeaf(node)) {
      return results.has(node) ? outcome(node) : noneWay();
    }
    int[] children = new int[4];
    int count = 0;
    for (int child = node + 1; child < code.end(node); child = code.end(child)) {
      if (count == children.length) {
        children = Arrays.copyOf(children, count * 2);
      }
      children[count++] = child;
    }
    // From the last child to the first. What is never reached is never made, so that outcomes that
    // no row can have do not count.
    int rest = NOT_MADE; // where to go if no test from this child on is true
    int nextWay = NOT_MADE;
    for (int i = count - 1; i >= 0; i--) {
      RowTest test = code.test(children[i]);
      int way =
          strategy == MissingValueStrategy.DEFAULT_CHILD ? meet(children[i]) : below(children[i]);
      // Where the next sibling's test is this one's opposite, it holds if this one is false.
      boolean settled =
          i < count - 1 && Conditions.areComplements(test, code.test(children[i + 1]));
      boolean settles =
          i > 0
              && strategy != MissingValueStrategy.NONE
              && Conditions.areComplements(code.test(children[i - 1]), test);
      if (!settles) {
        if (rest == NOT_MADE && !(settled && strategy != MissingValueStrategy.NONE)) {
          rest = lastResort(node);
        }
        rest = decide(node, test, way, settled ? nextWay : rest, rest);
      }
      nextWay = way;
    }
    return rest;
  }

  /**
   * The decision for one child.
   *
   * @param way into the child
   * @param ifFalse where to go if the test is false
   * @param ifSkipped where to go if an unknown test counts as false
   */
  private int decide(int node, RowTest test, int way, int ifFalse, int ifSkipped) {
    return switch (strategy) {
      case NONE -> decide(test, Conditions.Truth.TRUE, way, ifSkipped);
      case DEFAULT_CHILD -> {
        int byDefault = defaultWay(node, test);
        if (byDefault == way) {
          yield decide(test, Conditions.Truth.TRUE_OR_UNKNOWN, way, ifFalse);
        }
        yield byDefault == ifFalse
            ? decide(test, Conditions.Truth.TRUE, way, ifFalse)
            : threeWays(test, way, byDefault, ifFalse);
      }
      case LAST_PREDICTION -> threeWays(test, way, lastPrediction(node), ifFalse);
      case NULL_PREDICTION -> threeWays(test, way, noneWay(), ifFalse);
      case WEIGHTED_CONFIDENCE, AGGREGATE_NODES ->
          throw new IllegalStateException(strategy + " mixes predictions");
    };
  }

  private int threeWays(RowTest test, int way, int ifUnknown, int ifFalse) {
    int otherwise =
        conditions.mayBeUnknown(test)
            ? decide(test, Conditions.Truth.UNKNOWN, ifUnknown, ifFalse)
            : ifFalse;
    return decide(test, Conditions.Truth.TRUE, way, otherwise);
  }

  private int defaultWay(int node, RowTest test) {
    int child = code.defaultChild(node);
    if (child < 0) {
      if (conditions.mayBeUnknown(test)) {
        throw new Conditions.Inexpressible(); // an error of the rows that come here
      }
      return noneWay();
    }
    return meet(child);
  }

  /** Ways into a child that may be reached in two: built once. */
  private int meet(int child) {
    Integer known = reached.get(child);
    if (known == null) {
      known = below(child);
      reached.put(child, known);
    }
    return known;
  }

  private int lastResort(int node) {
    return switch (noTrueChild) {
      case RETURN_NULL_PREDICTION -> noneWay();
      case RETURN_LAST_PREDICTION -> lastPrediction(node);
    };
  }

  private int lastPrediction(int node) {
    return results.has(node) ? outcome(node) : noneWay();
  }

  private int noneWay() {
    if (none == NO_OUTCOME) {
      none = outcomeCount;
      append(-1);
    }
    return ~none;
  }

  private int outcome(int node) {
    if (code.isLeaf(node)) {
      return ~append(node);
    }
    return ~inner.computeIfAbsent(node, this::append);
  }

  private int append(int node) {
    if (outcomeCount == outcomes.length) {
      outcomes = Arrays.copyOf(outcomes, outcomeCount * 2);
    }
    outcomes[outcomeCount] = node;
    return outcomeCount++;
  }

  /** A decision by whether the test has this truth; none where it is always so or never. */
  private int decide(RowTest test, Conditions.Truth truth, int ifSo, int ifNot) {
    if (ifSo == ifNot) {
      return ifSo;
    }
    Conditions.Condition condition = conditions.of(test, truth);
    if (condition.constant() != null) {
      return condition.constant() ? ifSo : ifNot;
    }
    if (size == features.length) {
      int capacity = size * 2;
      features = Arrays.copyOf(features, capacity);
      thresholds = Arrays.copyOf(thresholds, capacity);
      missingHolds = Arrays.copyOf(missingHolds, capacity);
      yes = Arrays.copyOf(yes, capacity);
      no = Arrays.copyOf(no, capacity);
    }
    features[size] = condition.feature();
    thresholds[size] = condition.threshold();
    missingHolds[size] = condition.missingHolds();
    yes[size] = condition.inverted() ? ifNot : ifSo;
    no[size] = condition.inverted() ? ifSo : ifNot;
    return size++;
  }

  /** Number of decisions; children come before their parents. */
  @Override
  public int size() {
    return size;
  }

  @Override
  public int root() {
    return root;
  }

  /** Number of outcomes. */
  @Override
  public int outcomeCount() {
    return outcomeCount;
  }

  /** The node of the tree that is an outcome; −1 for none. */
  int node(int outcome) {
    return outcomes[outcome];
  }

  /** The outcome of rows without a prediction, or −1 if there are no such rows. */
  @Override
  public int none() {
    return none;
  }

  /**
   * What a decision looks at: a number field ({@code ≤ threshold}?), or {@code ~condition} for
   * another condition.
   */
  @Override
  public int feature(int decision) {
    return features[decision];
  }

  @Override
  public double threshold(int decision) {
    return thresholds[decision];
  }

  /** Whether a missing number goes the way of yes. */
  @Override
  public boolean missingHolds(int decision) {
    return missingHolds[decision];
  }

  @Override
  public int yes(int decision) {
    return yes[decision];
  }

  @Override
  public int no(int decision) {
    return no[decision];
  }
}
