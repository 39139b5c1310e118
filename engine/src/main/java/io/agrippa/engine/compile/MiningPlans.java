package io.agrippa.engine.compile;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OutputField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compiles MiningModels. */
final class MiningPlans {
  private MiningPlans() {}

  static ModelPlan plan(MiningModel model, Scope scope, Binding binding) {
    if (model.segments().isEmpty()) {
      throw scope.error(model.frame().line(), "the Segmentation has no Segment; add one");
    }
    Set<String> asked = new TreeSet<>();
    for (OutputField field : model.frame().output()) {
      if (field.segmentId() != null) {
        asked.add(field.segmentId());
      }
    }
    boolean chain =
        switch (model.method()) {
          case MODEL_CHAIN, MULTI_MODEL_CHAIN -> true;
          case MAJORITY_VOTE,
              WEIGHTED_MAJORITY_VOTE,
              AVERAGE,
              WEIGHTED_AVERAGE,
              MEDIAN,
              WEIGHTED_MEDIAN,
              MAX,
              SUM,
              WEIGHTED_SUM,
              SELECT_FIRST,
              SELECT_ALL ->
              false;
        };
    boolean exports = chain || model.method() == MiningModel.Method.SELECT_FIRST;
    List<SegmentPlan> segments = new ArrayList<>();
    List<MiningModel.Segment> planned = new ArrayList<>();
    Map<String, ModelPlan.SegmentResults> results = new LinkedHashMap<>();
    Set<String> named = new TreeSet<>();
    for (int i = 0; i < model.segments().size(); i++) {
      MiningModel.Segment segment = model.segments().get(i);
      boolean kept = asked.contains(segment.id());
      boolean givesOuter = model.isSequence() && i == model.segments().size() - 1;
      SegmentPlan plan =
          scope.part(
              "element " + (model.isSequence() ? segment.model().frame().element() : "Segment"),
              () -> {
                if (givesOuter) {
                  requireFunction(segment.model().frame(), model.frame(), scope);
                }
                Scope inner =
                    givesOuter ? scope.within(segment.model()) : scope.nested(segment.model());
                return SegmentPlan.of(segment, scope, inner, binding, exports || kept, kept);
              },
              () -> null);
      if (plan == null) { // in a survey
        scope.lose(segment.model());
        continue;
      }
      planned.add(segment);
      segments.add(plan);
      if (kept) {
        results.put(
            segment.id(), new ModelPlan.SegmentResults(plan.shape(), plan.exports.outputs()));
      }
      if (model.isSequence()) {
        requireNew(plan.results(), segment.model().frame(), named, scope);
      }
      if (chain) {
        scope.publish(plan.results());
      }
    }
    return combined(
        planned.size() == model.segments().size() ? model : model.with(planned),
        segments,
        scope,
        binding,
        results);
  }

  /**
   * The results of embedded models are fields beside all others: what comes later could not tell
   * apart two of one name.
   */
  private static void requireNew(
      List<FieldHandle> fields, ModelFrame embedded, Set<String> named, Scope scope) {
    for (FieldHandle field : fields) {
      if (scope.declares(field.name()) || !named.add(field.name())) {
        throw scope.error(
            embedded.line(),
            "the result \"%s\" of the %s has the name of another field; rename it"
                .formatted(field.name(), embedded.element()));
      }
    }
  }

  private static void requireFunction(ModelFrame last, ModelFrame whole, Scope scope) {
    if (last.function() != whole.function()) {
      throw scope.error(
          last.line(),
          "the last %s does %s inside a %s that does %s; correct functionName"
              .formatted(
                  last.element(),
                  TraceLog.word(last.function()),
                  whole.element(),
                  TraceLog.word(whole.function())));
    }
  }

  private static ModelPlan combined(
      MiningModel model,
      List<SegmentPlan> segments,
      Scope scope,
      Binding binding,
      Map<String, ModelPlan.SegmentResults> results) {
    if (segments.isEmpty()) { // in a survey that found something wrong with each of them
      throw new Findings.Consequence("", model.frame().line(), "no segment could be compiled");
    }
    return switch (model.method()) {
      case MODEL_CHAIN, MULTI_MODEL_CHAIN -> new ChainPlan(model, segments, scope, results);
      case SELECT_FIRST -> new SelectPlan(model, segments, scope, results);
      case SELECT_ALL -> new SelectAllPlan(model, segments, scope, results);
      case MAJORITY_VOTE,
          WEIGHTED_MAJORITY_VOTE,
          AVERAGE,
          WEIGHTED_AVERAGE,
          MEDIAN,
          WEIGHTED_MEDIAN,
          MAX,
          SUM,
          WEIGHTED_SUM -> {
        EnsemblePlan plan = EnsemblePlan.of(model, segments, scope, results);
        ForestPlan fused = plan.fused(model, binding);
        yield fused == null ? plan : fused;
      }
    };
  }
}
