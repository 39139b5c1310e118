package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.Links;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.Normalization;

/**
 * Makes predictions of the values of RegressionTables. Which of the forms applies is decided at
 * bind.
 */
final class Normalizer {
  /** How values of tables become probabilities. */
  private enum Form {
    /** The first is clamped (none) or goes through the link; the second is the rest. */
    BINARY,
    /** All but the last are probabilities as they are; the last is the rest. */
    REST,
    /** Each goes through the logistic function; divided by their sum. */
    LOGISTIC_SHARES,
    /** Each as a share of the sum. */
    SHARES,
    /** Softmax. */
    SOFTMAX,
    /** Cumulative probabilities through the link. */
    CUMULATIVE
  }

  private final Normalization normalization;
  private final boolean single;
  private final Form form; // null for a regression

  private Normalizer(Normalization normalization, boolean single, Form form) {
    this.normalization = normalization;
    this.single = single;
    this.form = form;
  }

  static Normalizer regression(
      RegressionModel model, ModelFrame frame, boolean single, Scope scope) {
    Normalization normalization = model.normalization();
    if (normalization == Normalization.SIMPLEMAX) {
      throw scope.error(frame.line(), "a regression has no simplemax; correct normalizationMethod");
    }
    requireSupported(normalization, single, frame, scope);
    // Of one value, softmax is meant as the logistic function.
    return new Normalizer(
        normalization == Normalization.SOFTMAX ? Normalization.LOGIT : normalization, single, null);
  }

  static Normalizer classification(
      RegressionModel model, ModelFrame frame, boolean single, OpType target, Scope scope) {
    int tables = model.tables().size();
    Normalization normalization = model.normalization();
    requireSupported(normalization, single, frame, scope);
    Form form =
        switch (normalization) {
          case NONE ->
              target == OpType.ORDINAL ? Form.CUMULATIVE : tables == 2 ? Form.BINARY : Form.REST;
          case LOGIT ->
              target == OpType.ORDINAL
                  ? Form.CUMULATIVE
                  : tables == 2 ? Form.BINARY : Form.LOGISTIC_SHARES;
          case PROBIT, CLOGLOG, LOGLOG, CAUCHIT ->
              target == OpType.ORDINAL ? Form.CUMULATIVE : tables == 2 ? Form.BINARY : null;
          case SOFTMAX -> target == OpType.ORDINAL ? null : Form.SOFTMAX;
          case SIMPLEMAX -> target == OpType.ORDINAL ? null : Form.SHARES;
          case EXP -> null;
        };
    if (form == null) {
      throw scope.error(
          frame.line(),
          "normalizationMethod "
              + normalization
              + " makes no probabilities of "
              + tables
              + " tables for this target; choose another, such as softmax");
    }
    return new Normalizer(normalization, single, form);
  }

  private static void requireSupported(
      Normalization normalization, boolean single, ModelFrame frame, Scope scope) {
    if (single && normalization == Normalization.PROBIT) {
      throw scope.error(
          frame.line(), "probit has no single precision; remove x-mathContext or change the link");
    }
  }

  /** How many of the tables, from the first, take part. */
  int tablesUsed(int tables) {
    return switch (form) {
      case BINARY -> 1;
      case REST, CUMULATIVE -> tables - 1;
      case LOGISTIC_SHARES, SHARES, SOFTMAX -> tables;
    };
  }

  /** Turns the values of a regression into results, {@code from ≤ r < to}. */
  void regression(double[] values, int from, int to) {
    if (normalization != Normalization.NONE) {
      for (int r = from; r < to; r++) {
        values[r] = link(values[r]);
      }
    }
  }

  /** Turns the values of the tables into probabilities, {@code from ≤ r < to}. */
  void classification(double[][] p, int from, int to) {
    for (int r = from; r < to; r++) {
      switch (form) {
        case BINARY -> {
          p[0][r] = cumulative(p[0][r]);
          p[1][r] = Rounding.round(1 - p[0][r], single);
        }
        case REST -> rest(p, r);
        case LOGISTIC_SHARES -> {
          for (double[] values : p) {
            values[r] = link(values[r]);
          }
          shares(p, r);
        }
        case SHARES -> shares(p, r);
        case SOFTMAX -> softmax(p, r);
        case CUMULATIVE -> differences(p, r);
      }
    }
  }

  /** Marks the rows among the active ones of which the tables make no probabilities. */
  void fail(double[][] p, long[] active, Prediction out, PredictionShape shape, Frame frame) {
    if (areFinite(p, frame.rows())) {
      return;
    }
    for (int w = 0; w < frame.words(); w++) {
      for (long m = Masks.word(active, w, frame.rows()) & ~out.missing[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        if (!isFinite(p, row)) {
          Bits.set(out.missing, row);
          Bits.set(out.errors, row);
          frame.explain(
              row,
              Explain.target(shape),
              null,
              "the values of the RegressionTables add up to 0 or are not finite, so there are no"
                  + " probabilities");
        }
      }
    }
  }

  private static boolean areFinite(double[][] p, int rows) {
    double sum = 0; // of zeros, where all numbers are finite
    for (double[] values : p) {
      for (int r = 0; r < rows; r++) {
        sum += values[r] * 0;
      }
    }
    return sum == 0;
  }

  private static boolean isFinite(double[][] p, int row) {
    for (double[] values : p) {
      if (!Double.isFinite(values[row])) {
        return false;
      }
    }
    return true;
  }

  private double link(double y) {
    return switch (normalization) {
      case NONE, SIMPLEMAX, SOFTMAX -> y;
      case LOGIT -> single ? Links.logisticSingle(y) : Links.logistic(y);
      case PROBIT -> Links.probit(y);
      case CLOGLOG -> single ? Links.cloglogSingle(y) : Links.cloglog(y);
      case EXP -> single ? Links.expSingle(y) : StrictMath.exp(y);
      case LOGLOG -> single ? Links.loglogSingle(y) : Links.loglog(y);
      case CAUCHIT -> single ? Links.cauchitSingle(y) : Links.cauchit(y);
    };
  }

  /** The link, or for none the value within 0 and 1. */
  private double cumulative(double y) {
    return normalization == Normalization.NONE ? Math.max(0, Math.min(1, y)) : link(y);
  }

  private void rest(double[][] p, int r) {
    int last = p.length - 1;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      sum = Rounding.add(sum, p[i][r], single);
    }
    p[last][r] = Rounding.round(1 - sum, single);
  }

  private void shares(double[][] p, int r) {
    double sum = 0;
    for (double[] values : p) {
      sum = Rounding.add(sum, values[r], single);
    }
    for (double[] values : p) {
      values[r] = Rounding.divide(values[r], sum, single);
    }
  }

  private void softmax(double[][] p, int r) {
    double max = Double.NEGATIVE_INFINITY;
    for (double[] values : p) {
      max = Math.max(max, values[r]);
    }
    for (double[] values : p) {
      double y = Rounding.round(values[r] - max, single);
      values[r] = single ? Links.expSingle(y) : StrictMath.exp(y);
    }
    double sum = 0; // in double precision for floats too, as XGBoost does
    for (double[] values : p) {
      sum += values[r];
    }
    sum = Rounding.round(sum, single);
    for (double[] values : p) {
      values[r] = Rounding.divide(values[r], sum, single);
    }
  }

  private void differences(double[][] p, int r) {
    double before = 0;
    for (int i = 0; i < p.length - 1; i++) {
      double upTo = cumulative(p[i][r]);
      p[i][r] = Rounding.round(upTo - before, single);
      before = upTo;
    }
    p[p.length - 1][r] = Rounding.round(1 - before, single);
  }
}
