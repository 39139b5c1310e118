package io.agrippa.engine.compile;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;

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
    ModelFrame frame = model.frame();
    throw scope.error(frame.line(), frame.element() + " is not supported; remove it");
  }
}
