package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.SlicedTrees;
import io.agrippa.engine.kernel.SteppedTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Trees in the layouts of the kernels. Outcomes are numbered through all trees; each is a node of
 * its tree. Immutable.
 */
final class Forest {
  private final List<Decisions> trees;
  private final Conditions conditions;
  private final int[] used;

  /** Null where a tree has too many outcomes for it, or a test that only the walker can do. */
  final SlicedTrees sliced;

  /** Serves blocks of few rows, and all where there are no sliced trees. */
  final SteppedTrees stepped;

  private Forest(
      List<Decisions> trees,
      Conditions conditions,
      int[] used,
      SlicedTrees sliced,
      SteppedTrees stepped) {
    this.trees = trees;
    this.conditions = conditions;
    this.used = used;
    this.sliced = sliced;
    this.stepped = stepped;
  }

  /** The layouts of some trees, or null if only the walker can do one of them. */
  static Forest of(List<TreePlan> plans) {
    Conditions conditions = new Conditions();
    List<Decisions> trees = new ArrayList<>();
    SortedSet<Integer> used = new TreeSet<>();
    for (TreePlan plan : plans) {
      Decisions tree = Decisions.of(plan, conditions);
      if (tree == null) {
        return null;
      }
      trees.add(tree);
      for (int feature : plan.used()) {
        used.add(feature);
      }
    }
    SteppedTrees.Builder stepped = new SteppedTrees.Builder();
    trees.forEach(stepped::tree);
    SteppedTrees built = stepped.build();
    if (built == null) {
      return null;
    }
    return new Forest(
        trees,
        conditions,
        used.stream().mapToInt(Integer::intValue).toArray(),
        SlicedCompiler.compile(trees, conditions),
        built);
  }

  int size() {
    return trees.size();
  }

  /** The features that any tree looks at. */
  int[] used() {
    return used;
  }

  /** Number of outcomes of a tree. */
  int outcomeCount(int tree) {
    return trees.get(tree).outcomeCount();
  }

  /** The node of a tree that is an outcome of it, −1 for the outcome of rows without prediction. */
  int node(int tree, int outcome) {
    return trees.get(tree).node(outcome);
  }

  /** The truths of conditions that are no comparisons, for the block that the reader has loaded. */
  SteppedTrees.Truths truths(FeatureReader in) {
    return (condition, row) -> conditions.others().get(condition).holds(in, row);
  }
}
