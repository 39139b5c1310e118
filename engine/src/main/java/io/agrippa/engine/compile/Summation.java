package io.agrippa.engine.compile;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Target;

/**
 * How the numbers of an ensemble's segments add up.
 *
 * <p>The specification adds the rescaleConstant of the Target last. In double precision that is
 * done. Single precision is asked for by the converters of XGBoost, whose sums start from the base
 * score, which is that constant; the two orders differ in bits, and by more than a few units in the
 * last place where terms cancel. So single sums start from the constant where nothing else stands
 * between.
 *
 * @param start what sums start from; 0 unless arithmetic is single
 * @param throughStart whether each term is taken as the difference that it makes to {@code start},
 *     with the rounding of both steps, as XGBoost's booster DART predicts in place
 * @param single whether arithmetic is in single precision
 */
record Summation(double start, boolean throughStart, boolean single) {
  private static final String DART = "XGBoost (DART)";

  /** The summation of a regression ensemble of any method. */
  static Summation of(MiningModel model, Scope scope) {
    ModelFrame frame = model.frame();
    boolean single = frame.arithmetic() == ModelFrame.Arithmetic.FLOAT;
    boolean sum = model.method() == MiningModel.Method.SUM;
    if (!single || !(sum || model.method() == MiningModel.Method.WEIGHTED_SUM)) {
      return plain(single);
    }
    double start = (float) constant(TargetPlan.targetOf(scope.target().name(), frame));
    return new Summation(start, sum && DART.equals(scope.algorithm()), true);
  }

  /** One that starts from 0. */
  static Summation plain(boolean single) {
    return new Summation(0, false, single);
  }

  /** The rescaleConstant of a Target that does nothing else before it, otherwise 0. */
  private static double constant(Target target) {
    return target != null
            && target.rescaleFactor() == 1
            && Double.isNaN(target.min())
            && Double.isNaN(target.max())
            && target.values().stream().allMatch(value -> Double.isNaN(value.defaultValue()))
        ? target.rescaleConstant()
        : 0;
  }

  /** A segment's number as it is added, before its weight. */
  double term(double y) {
    double term = Rounding.round(y, single);
    return throughStart ? (float) ((float) (start + term) - start) : term;
  }
}
