package io.agrippa.engine.compile;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;

/** Compiles model elements. */
final class ModelPlans {
  private ModelPlans() {}

  /**
   * The plan of a model element, without its own Targets and Output (which the caller adds: {@link
   * Scope#withTargets}).
   *
   * @param scope of this model
   * @throws io.agrippa.engine.model.ModelException for a mistake in the document, or for what is
   *     not supported
   */
  static ModelPlan plan(Model model, Scope scope) {
    return plan(model, scope, new Binding(new Features()));
  }

  /** The same within a model that shares what its models share. */
  static ModelPlan plan(Model model, Scope scope, Binding binding) {
    ModelFrame frame = model.frame();
    if (!frame.scorable()) {
      throw scope.error(
          frame.line(),
          frame.element() + " is marked as not scorable; it only describes, use another model");
    }
    if (model instanceof TreeModel tree && tree.nodes().hasEmbedded()) {
      return new EmbeddingTreePlan(tree, scope, binding);
    }
    if (model instanceof TreeModel tree) {
      return new TreePlan(tree, scope, binding);
    }
    if (model instanceof RegressionModel regression) {
      return new RegressionPlan(regression, frame, scope, binding);
    }
    if (model instanceof MiningModel mining) {
      return MiningPlans.plan(mining, scope, binding);
    }
    throw scope.error(frame.line(), frame.element() + " is not supported");
  }
}
