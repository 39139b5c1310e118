package io.agrippa.engine.compile;

import io.agrippa.engine.model.MiningModel;
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
    for (MiningModel.Segment segment : model.segments()) {
      boolean kept = asked.contains(segment.id());
      SegmentPlan plan =
          scope.part(
              "element Segment",
              () -> SegmentPlan.of(segment, scope, binding, exports || kept, kept),
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
      case SELECT_ALL -> new SelectAllPlan(segments, scope, results);
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
