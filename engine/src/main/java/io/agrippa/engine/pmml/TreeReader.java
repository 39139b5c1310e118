package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Reads tree models. Nodes are read in a loop, so a tree may be as deep as {@link ReadLimits#depth}
 * lets it.
 */
final class TreeReader {
  /** A node on the stack whose predicate has not come yet. */
  private static final int UNOPENED = -1;

  private final Cursor cursor;
  private final PredicateReader predicates;
  private final Function<ModelFrame.Arithmetic, Model> embedded;

  /**
   * @param embedded reads the Regression or DecisionTree at whose start the cursor stands, for a
   *     tree that computes so
   */
  TreeReader(
      Cursor cursor, PredicateReader predicates, Function<ModelFrame.Arithmetic, Model> embedded) {
    this.cursor = cursor;
    this.predicates = predicates;
    this.embedded = embedded;
  }

  /** The TreeModel or DecisionTree at whose start the cursor stands. */
  TreeModel read(FrameReader frame) {
    TreeModel.MissingValueStrategy missingValues =
        cursor.word(
            "missingValueStrategy",
            Vocabulary.MISSING_VALUE_STRATEGY,
            TreeModel.MissingValueStrategy.NONE);
    double penalty = cursor.number("missingValuePenalty", 1);
    TreeModel.NoTrueChildStrategy noTrueChild =
        cursor.word(
            "noTrueChildStrategy",
            Vocabulary.NO_TRUE_CHILD,
            TreeModel.NoTrueChildStrategy.RETURN_NULL_PREDICTION);
    cursor.ignore("splitCharacteristic");
    TreeNodes nodes = null;
    while (cursor.nextChild()) {
      if (frame.read()) {
        continue;
      }
      if (!cursor.name().equals("Node") || nodes != null) {
        cursor.refuse();
        continue;
      }
      nodes = new Nodes(frame.arithmetic()).read();
    }
    if (nodes == null) {
      throw frame.missing("Node");
    }
    return new TreeModel(frame.frame(), missingValues, penalty, noTrueChild, nodes);
  }

  /** The nodes of one tree. */
  private final class Nodes {
    private final TreeNodes.Builder builder = new TreeNodes.Builder();
    private final ModelFrame.Arithmetic arithmetic;
    private int[] open = new int[32]; // the nodes from the root to the current one
    private int[] lines = new int[32]; // their lines
    private int depth;
    private int last = -1; // the node opened last

    // attributes of the innermost node until its predicate comes
    private String id;
    private String score;
    private double recordCount;
    private String defaultChild;

    Nodes(ModelFrame.Arithmetic arithmetic) {
      this.arithmetic = arithmetic;
    }

    TreeNodes read() {
      start();
      while (depth > 0) {
        if (cursor.nextChild()) {
          child();
        } else {
          end();
        }
      }
      return builder.build();
    }

    private void start() {
      if (depth == open.length) {
        open = Arrays.copyOf(open, depth * 2);
        lines = Arrays.copyOf(lines, depth * 2);
      }
      open[depth] = UNOPENED;
      lines[depth] = cursor.line();
      depth++;
      id = cursor.optional("id");
      score = cursor.optional("score");
      recordCount = cursor.number("recordCount", Double.NaN);
      defaultChild = cursor.optional("defaultChild");
    }

    private void child() {
      boolean opened = open[depth - 1] != UNOPENED;
      switch (cursor.name()) {
        case "Node" -> {
          needPredicate(opened);
          start();
        }
        case "ScoreDistribution" -> {
          needPredicate(opened);
          cursor.part(this::scoreDistribution);
        }
        case "Partition" -> cursor.skip();
        case "Regression", "DecisionTree" -> {
          needPredicate(opened);
          Model model =
              cursor.isSurvey()
                  ? cursor.part(() -> embedded.apply(arithmetic), null)
                  : embedded.apply(arithmetic);
          if (model != null) {
            embed(model);
          }
        }
        default -> {
          Predicate predicate = opened ? null : predicates.readIfPredicate();
          if (predicate == null) {
            cursor.refuse();
          } else {
            open(predicate);
          }
        }
      }
    }

    private void embed(Model model) {
      try {
        builder.embed(open[depth - 1], model);
      } catch (IllegalArgumentException e) {
        cursor.complain(
            "element " + model.frame().element(),
            cursor.error(model.frame().line(), e.getMessage() + "; keep one of them"));
      }
    }

    private void open(Predicate predicate) {
      last = builder.open(id, score, recordCount, defaultChild, predicate, lines[depth - 1]);
      open[depth - 1] = last;
    }

    private void needPredicate(boolean opened) {
      if (!opened) {
        cursor.complain(
            "element " + cursor.name(),
            cursor.error(
                cursor.name()
                    + " stands before the predicate of its Node; put the predicate first"));
        open(new Predicate.True()); // a survey goes on as if it were there
      }
    }

    private void scoreDistribution() {
      if (open[depth - 1] != last) {
        throw cursor.error(
            "ScoreDistribution stands behind a child of its Node; put it before the children");
      }
      builder.distribution(
          cursor.required("value"),
          cursor.number("recordCount", Double.NaN),
          cursor.number("probability", Double.NaN),
          cursor.number("confidence", Double.NaN));
      cursor.end();
    }

    private void end() {
      depth--;
      if (open[depth] == UNOPENED) {
        cursor.complain(
            "element Node",
            cursor.error(lines[depth], "Node has no predicate; add one, such as <True/>"));
        depth++;
        open(new Predicate.True());
        depth--;
      }
      try {
        builder.close(open[depth]);
      } catch (IllegalArgumentException e) {
        cursor.complain(
            "attribute defaultChild of Node",
            cursor.error(lines[depth], e.getMessage() + "; name one of them"));
      }
    }
  }
}
