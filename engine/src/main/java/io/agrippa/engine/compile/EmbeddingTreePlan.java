package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tree some of whose nodes have a model embedded (PMML's model selection). The rows that end in
 * such a node get that model's prediction, and the node's own score where it predicts nothing.
 */
final class EmbeddingTreePlan implements ModelPlan {
  private static final int TREE = 0; // the tree among the candidates; then the embedded models

  private final TreePlan tree;
  private final Binding own; // of the tree's predictions
  private final Binding inner; // of the embedded models' predictions
  private final List<Embedded> embedded = new ArrayList<>();
  private final int[] byNode; // index in embedded; −1 for none
  private final Merger merger;
  private final MergedOutputs outputs;

  /**
   * A model in a node.
   *
   * @param exports null where it has no Output
   */
  private record Embedded(int node, Model model, ModelPlan plan, Scope.Exports exports) {
    /** The fields that are results of it: its outputs, and those of models within. */
    List<FieldHandle> results() {
      List<FieldHandle> results = new ArrayList<>();
      if (exports != null) {
        results.addAll(exports.outputs());
      }
      results.addAll(plan.results());
      return results;
    }
  }

  EmbeddingTreePlan(TreeModel model, Scope scope, Binding binding) {
    own = binding.nested();
    inner = own.nested();
    tree = new TreePlan(model, scope, own);
    TreeNodes nodes = model.nodes();
    byNode = new int[nodes.size()];
    Arrays.fill(byNode, -1);
    for (int n = 0; n < byNode.length; n++) {
      if (nodes.embedded(n) != null) {
        int node = n;
        scope.part(
            "element " + nodes.embedded(n).frame().element(),
            () -> embed(node, nodes.embedded(node), model, scope));
      }
    }
    List<PredictionShape> shapes = new ArrayList<>(List.of(tree.shape()));
    List<List<FieldHandle>> fields = new ArrayList<>();
    for (Embedded one : embedded) {
      shapes.add(one.plan().shape());
      fields.add(one.results());
    }
    merger =
        new Merger(shapes, tree.shape().entityIds(), model.frame(), model.frame().line(), scope);
    outputs = new MergedOutputs(fields, false, scope);
  }

  private void embed(int node, Model model, TreeModel tree, Scope scope) {
    ModelFrame frame = model.frame();
    if (frame.function() != tree.frame().function()) {
      throw scope.error(
          frame.line(),
          "a %s that does %s in a Node of a tree that does %s; correct functionName"
              .formatted(
                  frame.element(),
                  TraceLog.word(frame.function()),
                  TraceLog.word(tree.frame().function())));
    }
    if (mixes(tree.missingValueStrategy())) {
      throw scope.error(
          frame.line(),
          "a %s in a Node of a tree with missingValueStrategy %s, which mixes scores; choose another"
              .formatted(frame.element(), TraceLog.word(tree.missingValueStrategy())));
    }
    Scope within = scope.within(model);
    ModelPlan plan = within.withTargets(ModelPlans.plan(model, within, inner));
    Scope.Exports exports = frame.output().isEmpty() ? null : within.exports(plan);
    byNode[node] = embedded.size();
    embedded.add(new Embedded(node, model, plan, exports));
  }

  /** Whether predictions may be out of several nodes. */
  private static boolean mixes(TreeModel.MissingValueStrategy strategy) {
    return strategy == TreeModel.MissingValueStrategy.WEIGHTED_CONFIDENCE
        || strategy == TreeModel.MissingValueStrategy.AGGREGATE_NODES;
  }

  @Override
  public PredictionShape shape() {
    return merger.shape();
  }

  @Override
  public List<FieldHandle> results() {
    return outputs.fields();
  }

  @Override
  public Scorer scorer() {
    return new Runs();
  }

  private final class Runs implements Scorer {
    private final Scorer walk = tree.scorer();
    private final MergedOutputs.Runner merging = outputs.runner();
    private final Run[] runs = new Run[embedded.size()]; // null until a row comes
    private long[] asked;

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      if (asked == null) {
        asked = new long[Bits.words(frame.capacity())];
      }
      for (int w = 0; w < frame.words(); w++) {
        asked[w] = Masks.word(active, w, frame.rows());
      }
      out.clear();
      Prediction walked = own.prediction(frame, tree.shape());
      walk.score(frame, asked, walked);
      merger.copy(TREE, walked, asked, frame.words(), out);
      sort(frame, walked);
      merging.begin(frame);
      for (Run run : runs) {
        if (run != null && run.any) {
          run.score(frame, out);
        }
      }
      if (out.entities != null) { // the node counts, whoever gave the prediction
        System.arraycopy(walked.entities, 0, out.entities, 0, frame.rows());
      }
    }

    /** Finds out which rows end in which of the nodes. */
    private void sort(Frame frame, Prediction walked) {
      for (Run run : runs) {
        if (run != null) {
          run.clear();
        }
      }
      for (int w = 0; w < frame.words(); w++) {
        for (long m = asked[w] & ~walked.errors[w]; m != 0; m &= m - 1) {
          int row = (w << 6) + Long.numberOfTrailingZeros(m);
          int index = walked.entities[row] < 0 ? -1 : byNode[walked.entities[row]];
          if (index >= 0) {
            runs[index] = runs[index] == null ? new Run(index, frame.capacity()) : runs[index];
            runs[index].add(row);
          }
        }
      }
    }

    /** An embedded model at work. */
    private final class Run {
      private final int index;
      private final Embedded one;
      private final Scorer scorer;
      private final Scope.Publisher publisher;
      private final long[] rows; // that end in its node
      private final long[] given; // those for which it predicts something
      private boolean any;

      Run(int index, int capacity) {
        this.index = index;
        one = embedded.get(index);
        scorer = one.plan().scorer();
        publisher = one.exports() == null ? null : one.exports().publisher();
        rows = new long[Bits.words(capacity)];
        given = new long[rows.length];
      }

      void clear() {
        Arrays.fill(rows, 0);
        any = false;
      }

      void add(int row) {
        Bits.set(rows, row);
        any = true;
      }

      void score(Frame frame, Prediction out) {
        Prediction prediction = inner.prediction(frame, one.plan().shape());
        TraceLog log = frame.trace();
        boolean traced = log != null && Bits.get(rows, log.row());
        if (traced) {
          log.begin(one.model());
        } else {
          frame.trace(null);
        }
        scorer.score(frame, rows, prediction);
        if (traced) {
          log.predicted(prediction, one.plan().shape());
        }
        if (publisher != null) {
          publisher.publish(frame, scorer, prediction, rows);
        }
        if (traced) {
          log.end();
          log.nested()
              .ifPresent(
                  model ->
                      log.add(new Trace.Embedded(tree.shape().entityIds().get(one.node()), model)));
        }
        frame.trace(log);
        take(frame, prediction, out);
      }

      private void take(Frame frame, Prediction prediction, Prediction out) {
        for (int w = 0; w < frame.words(); w++) {
          long failed = prediction.errors[w] & rows[w];
          given[w] = rows[w] & ~prediction.missing[w] & ~failed;
          out.errors[w] |= failed;
          out.missing[w] |= failed;
          for (long m = failed; m != 0; m &= m - 1) {
            out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
          }
        }
        merger.copy(TREE + 1 + index, prediction, given, frame.words(), out);
        merging.take(frame, index, rows);
      }
    }
  }
}
