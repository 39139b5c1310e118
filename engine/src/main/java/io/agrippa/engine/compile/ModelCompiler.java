package io.agrippa.engine.compile;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles models of documents. Stateless, so safe for use by many threads. */
public final class ModelCompiler {
  private ModelCompiler() {}

  /**
   * Compiles the first model of a document that is not marked as not scorable.
   *
   * @throws ModelException if the document has a mistake, or something that is not supported; the
   *     message says where
   */
  public static CompiledModel compile(Document document) {
    if (document.models().isEmpty()) {
      throw new ModelException(document.place(), 0, "the document has no model; add one");
    }
    Model model =
        document.models().stream()
            .filter(candidate -> candidate.frame().scorable())
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        document.place(),
                        document.models().get(0).frame().line(),
                        "the model says isScorable=\"false\"; choose another document"));
    return compile(document, model);
  }

  /**
   * Compiles the model of this modelName.
   *
   * @throws ModelException if there is none, if it is marked as not scorable, if the document has a
   *     mistake, or something that is not supported; the message says where
   */
  public static CompiledModel compile(Document document, String modelName) {
    for (Model model : document.models()) {
      if (modelName.equals(model.frame().modelName())) {
        if (!model.frame().scorable()) {
          throw new ModelException(
              document.place(),
              model.frame().line(),
              "the model \""
                  + modelName
                  + "\" says isScorable=\"false\"; choose another model or document");
        }
        return compile(document, model);
      }
    }
    String names =
        document.models().stream()
            .map(model -> model.frame().modelName())
            .map(name -> name == null ? "one without a name" : "\"" + name + "\"")
            .collect(Collectors.joining(", "));
    throw new ModelException(
        document.place(),
        0,
        "the document has no model named \"" + modelName + "\"; it has " + names);
  }

  /**
   * Lists all for which {@link #compile} would refuse the models of a document that can be scored.
   *
   * @param modelName the model to look at; empty for all
   * @param lost names that are not known because what they name could not be read; nothing is said
   *     of them
   * @return in the order in which a compilation meets them
   */
  public static List<Refusal> survey(
      Document document, Optional<String> modelName, Set<String> lost) {
    Findings findings = new Findings(lost);
    for (Model model : document.models()) {
      ModelFrame frame = model.frame();
      if (frame.scorable() && (modelName.isEmpty() || modelName.get().equals(frame.modelName()))) {
        PlanBuilder builder = new PlanBuilder(document, findings);
        builder.part(
            "element " + frame.element(),
            () -> {
              ModelScope scope = ModelScope.of(builder, model);
              return OutputPlan.of(scope.withTargets(ModelPlans.plan(model, scope)), scope);
            },
            () -> null);
      }
    }
    return findings.refusals();
  }

  /**
   * Compiles a model of a document.
   *
   * @throws ModelException if the document has a mistake, or something that is not supported; the
   *     message says where
   */
  public static CompiledModel compile(Document document, Model model) {
    PlanBuilder builder = new PlanBuilder(document);
    ModelScope scope = ModelScope.of(builder, model);
    ModelPlan plan = scope.withTargets(ModelPlans.plan(model, scope));
    OutputPlan outputs = OutputPlan.of(plan, scope);
    return new CompiledModel(document, model, builder, plan, outputs);
  }
}
