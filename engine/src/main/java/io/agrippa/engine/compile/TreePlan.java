package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.AbstractList;
import java.util.List;

/**
 * A tree that is walked row by row; what its nodes have embedded is left to {@link
 * EmbeddingTreePlan}.
 */
final class TreePlan implements ModelPlan {
  final TreeModel.MissingValueStrategy missingStrategy;
  final TreeModel.NoTrueChildStrategy noTrueChild;
  private final double penalty;
  private final Binding binding;
  private final TreeNodes nodes;
  private final int[] used;
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

  /** The features that the tests look at, ascending. */
  int[] used() {
    return used.clone();
  }

  TreeWalker walker() {
    return new TreeWalker(code, results, missingStrategy, noTrueChild, penalty);
  }

  private final class Walk implements Scorer {
    private final TreeWalker walker = walker();

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      out.clear();
      FeatureReader in = binding.features().reader(frame);
      in.load(frame, used);
      walker.read(in);
      walker.trace(frame.trace() == null ? null : new TreeTrace(frame.trace(), nodes, shape));
      for (int w = 0; w < frame.words(); w++) {
        for (long m = Masks.word(active, w, frame.rows()); m != 0; m &= m - 1) {
          int row = (w << 6) + Long.numberOfTrailingZeros(m);
          write(frame, row, walker.walk(row), out);
        }
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
  }
}
