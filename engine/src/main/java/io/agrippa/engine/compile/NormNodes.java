package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.MiningField.OutlierTreatment;
import java.util.Arrays;
import java.util.List;

/** NormContinuous and NormDiscrete. */
final class NormNodes {
  private NormNodes() {}

  /** A NormContinuous of a number. */
  static Node continuous(Expression.NormContinuous norm, Node argument, Site site) {
    if (norm.norms().size() < 2) {
      throw site.error("NormContinuous has fewer than two LinearNorms; add the others");
    }
    for (int i = 1; i < norm.norms().size(); i++) {
      if (!(norm.norms().get(i - 1).orig() <= norm.norms().get(i).orig())) {
        throw site.error(
            "NormContinuous has a LinearNorm with orig=\"%s\" behind one with orig=\"%s\"; sort them"
                .formatted(norm.norms().get(i).orig(), norm.norms().get(i - 1).orig()));
      }
    }
    return new Continuous(norm, argument);
  }

  /** A NormDiscrete: 1 where the argument equals the value. */
  static Node discrete(Expression.NormDiscrete norm, Node argument, Site site) {
    ConstantNode value = ConstantNode.of(norm.value(), Types.STRING);
    return new Discrete(
        CompareNode.of(CompareNode.Comparison.EQUAL, argument, value, site), norm.mapMissingTo());
  }

  private static void fillMissing(Frame frame, double fill, Vector out) {
    if (Double.isNaN(fill) || out.missing == null) {
      return;
    }
    long[] missing = out.missingBuffer();
    double[] values = out.numbers;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (Bits.get(missing, row) && !Bits.get(out.errors, row)) {
        values[row] = fill;
        Bits.clear(missing, row);
      }
    }
  }

  private static final class Discrete extends Node {
    private final Node equal;
    private final double mapMissingTo;

    Discrete(Node equal, double mapMissingTo) {
      super(Types.DOUBLE);
      this.equal = equal;
      this.mapMissingTo = mapMissingTo;
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      equal.evaluate(frame, out);
      fillMissing(frame, mapMissingTo, out);
    }
  }

  /**
   * Piecewise linear: from a knot on, the line to the next one holds; of two knots at one place the
   * second holds there.
   */
  private static final class Continuous extends Node {
    private final Node argument;
    private final double[] origs;
    private final double[] norms;
    private final OutlierTreatment outliers;
    private final double mapMissingTo;

    Continuous(Expression.NormContinuous norm, Node argument) {
      super(Types.DOUBLE);
      this.argument = argument;
      List<Expression.LinearNorm> points = norm.norms();
      origs = points.stream().mapToDouble(Expression.LinearNorm::orig).toArray();
      norms = points.stream().mapToDouble(Expression.LinearNorm::norm).toArray();
      outliers = norm.outliers();
      mapMissingTo = norm.mapMissingTo();
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      argument.evaluate(frame, out);
      out.invalid = null;
      double[] from = out.numbers;
      double[] to = out.numberBuffer();
      int last = origs.length - 1;
      for (int row = 0, rows = frame.rows(); row < rows; row++) {
        double x = from[row];
        if (x >= origs[0] && x <= origs[last]) {
          to[row] = line(segment(x), x);
        } else if (Double.isNaN(x)) {
          to[row] = x;
        } else if (outliers == OutlierTreatment.AS_IS) {
          to[row] = line(x < origs[0] ? 0 : last - 1, x);
        } else if (outliers == OutlierTreatment.AS_EXTREME_VALUES) {
          to[row] = norms[x < origs[0] ? 0 : last];
        } else {
          Bits.set(out.missingBuffer(), row);
        }
      }
      fillMissing(frame, mapMissingTo, out);
    }

    private int segment(double x) {
      int found = Arrays.binarySearch(origs, x + 0.0);
      int knot = found >= 0 ? found : -found - 2;
      while (knot + 1 < origs.length && origs[knot + 1] == x) {
        knot++;
      }
      return Math.min(knot, origs.length - 2);
    }

    private double line(int segment, double x) {
      double x1 = origs[segment];
      double y1 = norms[segment];
      double run = origs[segment + 1] - x1;
      double rise = norms[segment + 1] - y1;
      if (run == 0 || rise == 0) { // a step, or level as far as infinity
        return norms[segment + 1];
      }
      return y1 + (x - x1) / run * rise;
    }
  }
}
