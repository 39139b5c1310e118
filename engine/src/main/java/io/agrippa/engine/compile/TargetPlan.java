package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan with a Target applied to its predictions. Numbers are clamped, multiplied, shifted, made
 * whole, in this order, and rounded to single precision for a float target; a missing number is the
 * default value, which takes the same way; a missing category is that of the largest prior
 * probability.
 */
final class TargetPlan implements ModelPlan {
  private final ModelPlan plan;
  private final PredictionShape shape;
  private final Numbers numbers;
  private final double[] priors;
  private final int likeliest;

  /** What is done to numbers; {@code fallback} NaN for none. */
  private record Numbers(
      double min,
      double max,
      double factor,
      double constant,
      Target.CastInteger cast,
      boolean singleArithmetic,
      boolean singleResult,
      double fallback) {
    boolean changesNothing() {
      return Double.isNaN(min)
          && Double.isNaN(max)
          && factor == 1
          && constant == 0
          && cast == null
          && !singleResult
          && Double.isNaN(fallback);
    }

    double apply(double value) {
      return singleArithmetic ? applySingle((float) value) : applyDouble(value);
    }

    private double applyDouble(double value) {
      double result = value < min ? min : value > max ? max : value;
      result = result * factor + constant;
      return finish(result);
    }

    private double applySingle(float value) {
      float low = (float) min;
      float high = (float) max;
      float result = value < low ? low : value > high ? high : value;
      result *= (float) factor;
      result += (float) constant;
      return finish(result);
    }

    private double finish(double value) {
      double result = value;
      if (cast != null) {
        result =
            switch (cast) {
              case ROUND -> Math.floor(value + 0.5);
              case CEILING -> Math.ceil(value);
              case FLOOR -> Math.floor(value);
            };
      }
      return singleResult ? (double) (float) result : result;
    }
  }

  private TargetPlan(
      ModelPlan plan, PredictionShape shape, Numbers numbers, double[] priors, int likeliest) {
    this.plan = plan;
    this.shape = shape;
    this.numbers = numbers;
    this.priors = priors;
    this.likeliest = likeliest;
  }

  /**
   * The plan with the Target that its model gives for its target field; the plan itself where that
   * changes nothing.
   */
  static ModelPlan of(ModelPlan plan, ModelScope scope) {
    if (scope.frame().isEmbedded() && scope.frame().targets().size() > 1) {
      throw scope.error(
          scope.frame().targets().get(1).line(),
          "a second Target in the %s, which predicts one thing; keep one"
              .formatted(scope.frame().element()));
    }
    if (plan.shape().targetType() == null) {
      return plan; // a list of predictions is no prediction
    }
    Target target = targetOf(plan, scope);
    if (plan.shape().labels() != null) {
      return target == null ? plan : ofPriors(plan, target);
    }
    ModelFrame frame = scope.frame();
    boolean singleResult =
        plan.shape().targetField() != null
            && plan.shape().targetType().dataType().kind() == DataType.Kind.FLOAT
            && frame.function() == ModelFrame.Function.REGRESSION;
    boolean singleArithmetic = frame.arithmetic() == ModelFrame.Arithmetic.FLOAT;
    Numbers numbers =
        target == null
            ? new Numbers(
                Double.NaN, Double.NaN, 1, 0, null, singleArithmetic, singleResult, Double.NaN)
            : new Numbers(
                target.min(),
                target.max(),
                target.rescaleFactor(),
                plan.isShifted() ? 0 : target.rescaleConstant(),
                target.castInteger(),
                singleArithmetic,
                singleResult,
                fallback(target, scope));
    return numbers.changesNothing() ? plan : new TargetPlan(plan, plan.shape(), numbers, null, -1);
  }

  private static double fallback(Target target, ModelScope scope) {
    List<Target.TargetValue> defaults =
        target.values().stream().filter(value -> !Double.isNaN(value.defaultValue())).toList();
    if (defaults.size() > 1) {
      throw scope.error(
          target.line(),
          "the continuous Target has several TargetValues with a defaultValue; keep one");
    }
    return defaults.isEmpty() ? Double.NaN : defaults.get(0).defaultValue();
  }

  /** The Target for the model's target field, or the one without a field for a model without. */
  static Target targetOf(ModelPlan plan, ModelScope scope) {
    return targetOf(plan.shape().targetField(), scope.frame());
  }

  /**
   * The same, for a target field, null for a model without. What an embedded model predicts has no
   * name in a MiningSchema of its own, so its Target is that, whatever it calls it.
   */
  static Target targetOf(String field, ModelFrame frame) {
    for (Target target : frame.targets()) {
      if (frame.isEmbedded()) {
        return target;
      }
      if (target.field() == null ? field == null : target.field().equals(field)) {
        return target;
      }
    }
    return null;
  }

  private static ModelPlan ofPriors(ModelPlan plan, Target target) {
    PredictionShape shape = plan.shape();
    DataType type = shape.targetType().dataType();
    List<String> texts = new ArrayList<>(shape.labels().texts());
    double total = 0;
    for (Target.TargetValue value : target.values()) {
      if (value.value() != null && !Double.isNaN(value.priorProbability())) {
        String text = Literals.canonical(value.value(), type);
        if (!texts.contains(text)) {
          texts.add(text);
        }
        total += value.priorProbability();
      }
    }
    if (total == 0) {
      return plan;
    }
    double[] priors = new double[texts.size()];
    int likeliest = -1;
    for (Target.TargetValue value : target.values()) {
      if (value.value() != null && !Double.isNaN(value.priorProbability())) {
        int label = texts.indexOf(Literals.canonical(value.value(), type));
        priors[label] = value.priorProbability() / total;
        if (likeliest < 0 || priors[label] > priors[likeliest]) {
          likeliest = label;
        }
      }
    }
    PredictionShape extended =
        new PredictionShape(
            shape.function(),
            shape.targetField(),
            shape.targetType(),
            texts.size() == shape.labels().size() ? shape.labels() : new Labels(texts),
            true, // where the model itself gives none, it is sure of its category
            shape.hasConfidences(),
            shape.entityIds());
    return new TargetPlan(plan, extended, null, priors, likeliest);
  }

  @Override
  public PredictionShape shape() {
    return shape;
  }

  @Override
  public List<FieldHandle> results() {
    return plan.results();
  }

  @Override
  public Map<String, SegmentResults> segments() {
    return plan.segments();
  }

  @Override
  public Scorer scorer() {
    Scorer scorer = plan.scorer();
    return new Scorer() {
      @Override
      public void score(Frame frame, long[] active, Prediction out) {
        scorer.score(frame, active, out);
        TraceLog log = frame.trace();
        Optional<Object> before = log == null ? Optional.empty() : log.value(out, plan.shape());
        if (numbers != null) {
          applyNumbers(frame, active, out);
        } else {
          applyPriors(frame, active, out);
        }
        if (log != null) {
          log.rescaled(before, log.value(out, shape));
        }
      }

      @Override
      public Prediction segment(String id) {
        return scorer.segment(id);
      }
    };
  }

  private void applyNumbers(Frame frame, long[] active, Prediction out) {
    boolean hasFallback = !Double.isNaN(numbers.fallback);
    double[] values = out.numbers;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (!Bits.get(out.missing, row)) {
        values[row] = numbers.apply(values[row]);
      } else if (hasFallback && isAsked(active, row) && !Bits.get(out.errors, row)) {
        values[row] = numbers.apply(numbers.fallback);
        Bits.clear(out.missing, row);
      }
    }
  }

  private static boolean isAsked(long[] active, int row) {
    return active == null || Bits.get(active, row);
  }

  private void applyPriors(Frame frame, long[] active, Prediction out) {
    int known = plan.shape().labels().size();
    boolean sure = !plan.shape().hasProbabilities() && out.probabilities != null;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      boolean missing = Bits.get(out.missing, row);
      if (missing && (!isAsked(active, row) || Bits.get(out.errors, row))) {
        continue;
      }
      if (missing) {
        Bits.clear(out.missing, row);
        out.labels[row] = likeliest;
        if (out.entities != null) {
          out.entities[row] = -1;
        }
      }
      if (sure && !missing && out.labels[row] >= 0) { // whatever the model has left there
        Prediction.fill(out.probabilities, row, 0);
        out.probabilities[out.labels[row]][row] = 1;
      }
      for (int label = missing ? 0 : known; label < priors.length; label++) {
        if (out.probabilities != null) {
          out.probabilities[label][row] = missing ? priors[label] : 0;
        }
        if (out.confidences != null) {
          out.confidences[label][row] = missing ? priors[label] : 0;
        }
      }
    }
  }
}
