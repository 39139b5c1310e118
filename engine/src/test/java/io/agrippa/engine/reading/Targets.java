package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Target.TargetValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Targets: what becomes of a model's prediction. */
final class Targets {
  private Targets() {}

  /**
   * The prediction after the Target.
   *
   * @param shifted whether the rescaleConstant is in the prediction already
   */
  static Score apply(Score score, Scope row, boolean shifted) {
    ModelFrame frame = row.frame();
    Category category = Category.of(row);
    Target target = of(frame, category.name());
    if (frame.function() == ModelFrame.Function.CLASSIFICATION) {
      if (target == null || !hasPriors(target)) {
        return score;
      }
      return score.isMissing()
          ? likeliest(target, category).with(score.results())
          : new Score(
              score.value(), score.shares(), score.confidences(), score.entity(), score.results());
    }
    if (frame.function() != ModelFrame.Function.REGRESSION) {
      return score;
    }
    Object value = score.value();
    if (value == null && target != null) {
      value = defaultValue(target);
    }
    if (value == null) {
      return score;
    }
    double number = (Double) value;
    if (target != null) {
      number = rescaled(number, target, shifted, Arithmetic.of(frame));
    }
    boolean single =
        category.declared() != null && category.declared().kind() == DataType.Kind.FLOAT;
    return new Score(
        single ? (double) (float) number : number, null, null, score.entity(), score.results());
  }

  /** The Target for a field; one without a field is for a model without a target. */
  static Target of(ModelFrame frame, String field) {
    for (Target target : frame.targets()) {
      if (target.field() == null ? field == null : target.field().equals(field)) {
        return target;
      }
    }
    return null;
  }

  static boolean hasPriors(Target target) {
    return target.values().stream()
        .anyMatch(value -> value.value() != null && value.priorProbability() > 0);
  }

  private static Double defaultValue(Target target) {
    for (TargetValue value : target.values()) {
      if (!Double.isNaN(value.defaultValue())) {
        return value.defaultValue();
      }
    }
    return null;
  }

  /** Within min and max, times rescaleFactor, plus rescaleConstant, castInteger. */
  private static double rescaled(double number, Target target, boolean shifted, Arithmetic math) {
    double y = math.of(number);
    if (y < math.of(target.min())) {
      y = math.of(target.min());
    } else if (y > math.of(target.max())) {
      y = math.of(target.max());
    }
    y = math.multiply(y, target.rescaleFactor());
    y = math.add(y, shifted ? 0 : target.rescaleConstant());
    if (target.castInteger() == null) {
      return y;
    }
    return switch (target.castInteger()) {
      case ROUND -> Math.floor(y + 0.5);
      case CEILING -> Math.ceil(y);
      case FLOOR -> Math.floor(y);
    };
  }

  /** Without a prediction: the category with the largest prior probability. */
  private static Score likeliest(Target target, Category category) {
    Map<Object, Double> priors = new LinkedHashMap<>();
    double total = 0;
    for (TargetValue value : target.values()) {
      if (!Double.isNaN(value.priorProbability())) {
        priors.put(category.of(value.value()), value.priorProbability());
        total += value.priorProbability();
      }
    }
    double sum = total;
    priors.replaceAll((label, prior) -> prior / sum);
    return new Score(Score.best(priors), priors, null, null);
  }
}
