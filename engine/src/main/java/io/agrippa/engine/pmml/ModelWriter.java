package io.agrippa.engine.pmml;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;

/** Writes model elements. */
final class ModelWriter {
  private final XmlOut out;
  private final ExpressionWriter expressions;
  private final FrameWriter frames;

  ModelWriter(XmlOut out, ExpressionWriter expressions, FrameWriter frames) {
    this.out = out;
    this.expressions = expressions;
    this.frames = frames;
  }

  void write(Model model) {
    frames.start(model.frame());
    rest(model);
  }

  /**
   * Writes an embedded model.
   *
   * @param around how the model around it computes
   */
  private void embedded(Model model, ModelFrame.Arithmetic around) {
    frames.start(model.frame(), around);
    rest(model);
  }

  /** Writes what follows the attributes that all models have. */
  private void rest(Model model) {
    if (model instanceof TreeModel tree) {
      rest(tree);
    } else if (model instanceof RegressionModel regression) {
      rest(regression);
    } else if (model instanceof MiningModel mining) {
      rest(mining);
    }
    frames.end(model.frame());
  }

  private void rest(TreeModel tree) {
    out.attribute(
            "missingValueStrategy",
            Vocabulary.MISSING_VALUE_STRATEGY,
            tree.missingValueStrategy(),
            TreeModel.MissingValueStrategy.NONE)
        .attribute("missingValuePenalty", tree.missingValuePenalty(), 1)
        .attribute(
            "noTrueChildStrategy",
            Vocabulary.NO_TRUE_CHILD,
            tree.noTrueChildStrategy(),
            TreeModel.NoTrueChildStrategy.RETURN_NULL_PREDICTION);
    frames.head(tree.frame());
    nodes(tree.nodes(), tree.frame().arithmetic());
  }

  /** Writes the nodes in a loop, for trees may be deeper than the stack. */
  private void nodes(TreeNodes nodes, ModelFrame.Arithmetic arithmetic) {
    int[] ends = new int[nodes.size()]; // of the open nodes
    int open = 0;
    for (int node = 0; node < nodes.size(); node++) {
      for (; open > 0 && ends[open - 1] == node; open--) {
        out.end();
      }
      int defaultChild = nodes.defaultChild(node);
      out.line("Node")
          .attribute("id", nodes.id(node))
          .attribute("score", nodes.scoreText(node))
          .attribute("recordCount", nodes.recordCount(node))
          .attribute("defaultChild", defaultChild < 0 ? null : nodes.id(defaultChild));
      expressions.write(nodes.predicate(node));
      distributions(nodes, node);
      if (nodes.embedded(node) != null) {
        embedded(nodes.embedded(node), arithmetic);
      }
      ends[open++] = nodes.end(node);
    }
    for (; open > 0; open--) {
      out.end();
    }
  }

  private void distributions(TreeNodes nodes, int node) {
    int end = nodes.distributionStart(node + 1);
    for (int i = nodes.distributionStart(node); i < end; i++) {
      out.inline("ScoreDistribution")
          .attribute("value", nodes.labels().get(nodes.distributionLabel(i)))
          .attribute("recordCount", nodes.distributionCount(i))
          .attribute("confidence", nodes.distributionConfidence(i))
          .attribute("probability", nodes.distributionProbability(i))
          .end();
    }
  }

  private void rest(RegressionModel regression) {
    out.attribute(
        "normalizationMethod",
        Vocabulary.NORMALIZATION,
        regression.normalization(),
        RegressionModel.Normalization.NONE);
    frames.head(regression.frame());
    tables(regression);
  }

  private void tables(RegressionModel regression) {
    for (RegressionModel.RegressionTable table : regression.tables()) {
      out.line("RegressionTable")
          .required("intercept", table.intercept())
          .attribute("targetCategory", table.targetCategory());
      for (RegressionModel.NumericPredictor predictor : table.numeric()) {
        out.line("NumericPredictor")
            .attribute("name", predictor.field())
            .attribute("exponent", predictor.exponent(), 1)
            .required("coefficient", predictor.coefficient())
            .end();
      }
      for (RegressionModel.CategoricalPredictor predictor : table.categorical()) {
        out.line("CategoricalPredictor")
            .attribute("name", predictor.field())
            .attribute("value", predictor.value())
            .required("coefficient", predictor.coefficient())
            .end();
      }
      for (RegressionModel.PredictorTerm term : table.terms()) {
        out.line("PredictorTerm").required("coefficient", term.coefficient());
        for (String field : term.fields()) {
          out.inline("FieldRef").attribute("field", field).end();
        }
        out.end();
      }
      out.end();
    }
  }

  private void rest(MiningModel mining) {
    frames.head(mining.frame());
    if (mining.isSequence()) {
      for (MiningModel.Segment link : mining.segments()) {
        embedded(link.model(), mining.frame().arithmetic());
      }
      return;
    }
    out.line("Segmentation")
        .attribute("multipleModelMethod", Vocabulary.METHOD, mining.method(), null)
        .attribute(
            "missingPredictionTreatment",
            Vocabulary.MISSING_PREDICTION,
            mining.missingPredictionTreatment(),
            MiningModel.MissingPredictionTreatment.CONTINUE)
        .attribute("missingThreshold", mining.missingThreshold(), 1);
    for (MiningModel.Segment segment : mining.segments()) {
      out.line("Segment").attribute("id", segment.id()).attribute("weight", segment.weight(), 1);
      expressions.write(segment.predicate());
      write(segment.model());
      if (segment.variableWeight() != null) {
        out.line("VariableWeight").attribute("field", segment.variableWeight()).end();
      }
      out.end();
    }
    out.end();
  }
}
