package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree that is walked row by row. */
final class TreePlan implements ModelPlan {
  final TreeModel.MissingValueStrategy missingStrategy;
  final TreeModel.NoTrueChildStrategy noTrueChild;
  private final double penalty;
  private final Binding binding;
  private final TreeNodes nodes;
  private final int[] used;
  private final Map<Integer, ModelPlan> regressions = new TreeMap<>();
  final TreeCode code;
  final TreeResults results;
  private final PredictionShape shape;

  TreePlan(TreeModel model, Scope scope, Binding binding) {
    ModelFrame frame = model.frame();
    boolean discrete = frame.function() == ModelFrame.Function.CLASSIFICATION;
    if (!discrete && frame.function() != ModelFrame.Function.REGRESSION) {
      throw scope.error(
          frame.line(),
          "a TreeModel does classification or regression, not "
              + frame.function()
              + "; correct functionName");
    }
    this.binding = binding;
    nodes = model.nodes();
    missingStrategy = model.missingValueStrategy();
    noTrueChild = model.noTrueChildStrategy();
    penalty = model.missingValuePenalty();
    Tests tests = new Tests(scope, binding.features());
    code = new TreeCode(model.nodes(), tests);
    used = tests.used();
    results = new TreeResults(model, scope);
    for (int n = 0; n < model.nodes().size(); n++) {
      RegressionModel regression = model.nodes().regression(n);
      if (regression != null) {
        int node = n;
        scope.part(
            "element Regression",
            () -> {
              if (discrete) {
                throw scope.error(
                    model.nodes().line(node),
                    "a Regression in a Node of a classification; remove it");
              }
              if (mixes(missingStrategy)) {
                throw scope.error(
                    model.nodes().line(node),
                    "a Regression in a Node of a tree with missingValueStrategy %s, which mixes scores; choose another"
                        .formatted(missingStrategy));
              }
              regressions.put(node, RegressionPlan.embedded(regression, frame, scope, binding));
            });
      }
    }
    Scope.TargetField target = scope.target();
    shape =
        new PredictionShape(
            frame.function(),
            target.name(),
            target.type(),
            results.labels,
            results.hasDistributions,
            results.hasDistributions,
            ids(model.nodes()));
  }

  /** Whether predictions may be out of several nodes. */
  private static boolean mixes(TreeModel.MissingValueStrategy strategy) {
    return strategy == TreeModel.MissingValueStrategy.WEIGHTED_CONFIDENCE
        || strategy == TreeModel.MissingValueStrategy.AGGREGATE_NODES;
  }

  /** The ids of the nodes as a view; a node without an id has its position from 1. */
  private static List<String> ids(TreeNodes nodes) {
    return new AbstractList<>() {
      @Override
      public String get(int node) {
        String id = nodes.id(node);
        return id == null ? Integer.toString(node + 1) : id;
      }

      @Override
      public int size() {
        return nodes.size();
      }
    };
  }

  @Override
  public PredictionShape shape() {
    return shape;
  }

  @Override
  public Scorer scorer() {
    return new Walk();
  }

  /** Whether some nodes have a Regression of their own. */
  boolean hasRegressions() {
    return !regressions.isEmpty();
  }

  /** The features that the tests look at, ascending. */
  int[] used() {
    return used.clone();
  }

  TreeWalker walker() {
    return new TreeWalker(code, results, missingStrategy, noTrueChild, penalty);
  }

  private final class Walk implements Scorer {
    private final TreeWalker walker = walker();
    private final Map<Integer, NodeRegression> nodeRegressions = new TreeMap<>();
    private Prediction regressed;

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      out.clear();
      FeatureReader in = binding.features().reader(frame);
      in.load(frame, used);
      walker.read(in);
      walker.trace(frame.trace() == null ? null : new TreeTrace(frame.trace(), nodes, shape));
      nodeRegressions.values().forEach(NodeRegression::clear);
      for (int w = 0; w < frame.words(); w++) {
        for (long m = Masks.word(active, w, frame.rows()); m != 0; m &= m - 1) {
          int row = (w << 6) + Long.numberOfTrailingZeros(m);
          write(frame, row, walker.walk(row), out);
        }
      }
      for (NodeRegression regression : nodeRegressions.values()) {
        regression.apply(frame, out);
      }
    }

    private void write(Frame frame, int row, int end, Prediction out) {
      if (end == TreeWalker.FAILED) {
        Bits.set(out.errors, row);
        if (walker.lacksDefaultChild) {
          frame.explain(
              row,
              Explain.target(shape),
              null,
              "a value is missing where the tree's node has no defaultChild; add it");
        }
      }
      if (out.entities != null) {
        out.entities[row] = Math.max(end, -1);
      }
      boolean known = (end >= 0 && results.has(end)) || end == TreeWalker.MIXED;
      if (!known) {
        Bits.set(out.missing, row);
      }
      if (end >= 0 && regressions.containsKey(end)) {
        nodeRegressions
            .computeIfAbsent(end, node -> new NodeRegression(node, frame.capacity()))
            .add(row);
      }
      if (results.labels == null) {
        out.numbers[row] =
            end == TreeWalker.MIXED ? walker.number : known ? results.number(end) : Double.NaN;
      } else {
        classify(row, known ? end : TreeWalker.NONE, out);
      }
    }

    private void classify(int row, int end, Prediction out) {
      if (end == TreeWalker.MIXED) {
        mixed(row, out);
        return;
      }
      out.labels[row] = end < 0 ? -1 : results.label(end);
      Prediction.fill(out.probabilities, row, end < 0 ? Double.NaN : 0);
      Prediction.fill(out.confidences, row, end < 0 ? Double.NaN : 0);
      if (end < 0) {
        return;
      }
      double factor = walker.factor();
      int from = results.start(end);
      int to = results.start(end + 1);
      for (int d = from; d < to; d++) {
        int label = results.distributionLabel(d);
        if (out.probabilities != null) {
          out.probabilities[label][row] = results.probability(d);
        }
        if (out.confidences != null) {
          out.confidences[label][row] =
              Rounding.multiply(results.confidence(d), factor, results.isSingle());
        }
      }
      if (from == to) { // no distribution: all weight is on the score
        if (out.probabilities != null) {
          out.probabilities[results.label(end)][row] = 1;
        }
        if (out.confidences != null) {
          out.confidences[results.label(end)][row] = factor;
        }
      }
    }

    private void mixed(int row, Prediction out) {
      boolean byConfidence = missingStrategy == TreeModel.MissingValueStrategy.WEIGHTED_CONFIDENCE;
      double[] deciding = byConfidence ? walker.confidences : walker.weights;
      int best = 0;
      double factor = walker.factor();
      for (int i = 0; i < deciding.length; i++) {
        best = deciding[i] > deciding[best] ? i : best;
        if (out.probabilities != null) {
          out.probabilities[i][row] = walker.weights[i];
        }
        if (out.confidences != null) {
          out.confidences[i][row] =
              Rounding.multiply(walker.confidences[i], factor, results.isSingle());
        }
      }
      out.labels[row] = best;
    }

    /** The rows that end in a node with a Regression of its own. */
    private final class NodeRegression {
      private final Scorer scorer;
      private final PredictionShape nodeShape;
      private final long[] rows;
      private boolean any;

      NodeRegression(int node, int capacity) {
        ModelPlan plan = regressions.get(node);
        scorer = plan.scorer();
        nodeShape = plan.shape();
        rows = new long[Bits.words(capacity)];
      }

      void clear() {
        Arrays.fill(rows, 0);
        any = false;
      }

      void add(int row) {
        Bits.set(rows, row);
        any = true;
      }

      /** Its result comes first; the node's score is used only where it gives none. */
      void apply(Frame frame, Prediction out) {
        if (!any) {
          return;
        }
        if (regressed == null) {
          regressed = new Prediction(nodeShape, frame.capacity());
        }
        scorer.score(frame, rows, regressed);
        for (int w = 0; w < frame.words(); w++) {
          out.errors[w] |= regressed.errors[w] & rows[w];
          out.missing[w] |= regressed.errors[w] & rows[w];
          for (long m = rows[w] & ~regressed.missing[w]; m != 0; m &= m - 1) {
            int row = (w << 6) + Long.numberOfTrailingZeros(m);
            Bits.clear(out.missing, row);
            out.numbers[row] = regressed.numbers[row];
          }
        }
      }
    }
  }
}
