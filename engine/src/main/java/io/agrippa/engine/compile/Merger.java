package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one prediction of those of several models, each row of which comes from one of them whole.
 */
final class Merger {
  private final List<PredictionShape> candidates;
  private final int[][] translations; // by candidate: its labels as the merged ones; null: numbers
  private final PredictionShape shape;

  /**
   * @param candidates what those predict that may give the prediction; at least one
   * @param ids what {@link Prediction#entities} count: by candidate
   */
  Merger(
      List<PredictionShape> candidates, List<String> ids, ModelFrame frame, int line, Scope scope) {
    this.candidates = List.copyOf(candidates);
    PredictionShape first = candidates.get(0);
    boolean discrete = first.labels() != null;
    boolean probabilities = false;
    boolean confidences = false;
    Scope.TargetField target = target(candidates, frame, scope);
    TreeResults.LabelBuilder builder = new TreeResults.LabelBuilder(target.type());
    List<int[]> maps = new ArrayList<>();
    for (PredictionShape one : candidates) {
      if ((one.labels() != null) != discrete) {
        throw scope.error(
            line,
            frame.element()
                + " may end with a segment that predicts numbers and with one that predicts"
                + " categories; give its segments the same functionName");
      }
      probabilities |= one.hasProbabilities();
      confidences |= one.hasConfidences();
      if (discrete) {
        maps.add(one.labels().texts().stream().mapToInt(builder::index).toArray());
      }
    }
    translations = discrete ? maps.toArray(int[][]::new) : null;
    shape =
        new PredictionShape(
            first.function(),
            target.name(),
            target.type(),
            discrete ? builder.build() : null,
            probabilities,
            confidences,
            ids);
  }

  /**
   * What is predicted: the model's own target where its candidates have that or none, otherwise the
   * first that a candidate has. A model of several targets has none of its own.
   */
  private static Scope.TargetField target(
      List<PredictionShape> candidates, ModelFrame frame, Scope scope) {
    if (TargetFields.areSeveral(frame)) {
      PredictionShape first = candidates.get(0);
      return new Scope.TargetField(first.targetField(), first.targetType(), List.of());
    }
    Scope.TargetField own = scope.target();
    PredictionShape named = null;
    for (PredictionShape candidate : candidates) {
      String name = candidate.targetField();
      if (name != null && name.equals(own.name())) {
        return own;
      }
      named = named == null && name != null ? candidate : named;
    }
    if (named != null) {
      return new Scope.TargetField(named.targetField(), named.targetType(), List.of());
    }
    if (own.name() != null) {
      return own;
    }
    // Floats where all that is computed are floats.
    PredictionShape widest = candidates.get(0);
    for (PredictionShape candidate : candidates) {
      boolean isWider = candidate.targetType().dataType().kind() == DataType.Kind.DOUBLE;
      widest = isWider ? candidate : widest;
    }
    boolean isNumber = widest.labels() == null;
    return isNumber && own.type().dataType().kind() == DataType.Kind.DOUBLE
        ? own
        : new Scope.TargetField(null, widest.targetType(), List.of());
  }

  PredictionShape shape() {
    return shape;
  }

  /** What each candidate has to predict for {@code out}. */
  PredictionShape wanted(int candidate) {
    PredictionShape own = candidates.get(candidate);
    return new PredictionShape(
        own.function(),
        own.targetField(),
        own.targetType(),
        own.labels(),
        own.hasProbabilities(),
        own.hasConfidences(),
        List.of());
  }

  /** Copies a candidate's rows. */
  void copy(int candidate, Prediction from, long[] rows, int words, Prediction out) {
    for (int w = 0; w < words; w++) {
      out.missing[w] = (out.missing[w] & ~rows[w]) | (from.missing[w] & rows[w]);
      out.errors[w] |= from.errors[w] & rows[w];
      for (long m = rows[w]; m != 0; m &= m - 1) {
        copy(candidate, from, (w << 6) + Long.numberOfTrailingZeros(m), out);
      }
    }
  }

  private void copy(int candidate, Prediction from, int row, Prediction out) {
    if (out.entities != null) {
      out.entities[row] = candidate;
    }
    if (translations == null) {
      out.numbers[row] = from.numbers[row];
      return;
    }
    int[] translation = translations[candidate];
    if (Bits.get(from.missing, row)) {
      int entity = out.entities == null ? -1 : out.entities[row];
      out.withdraw(row);
      if (out.entities != null) {
        out.entities[row] = entity;
      }
      return;
    }
    out.labels[row] = translation[from.labels[row]];
    copy(from.probabilities, out.probabilities, translation, row, from.labels[row]);
    double[][] confidences = from.confidences == null ? from.probabilities : from.confidences;
    copy(confidences, out.confidences, translation, row, from.labels[row]);
  }

  /** A candidate without such numbers is sure of its category. */
  private static void copy(double[][] from, double[][] to, int[] translation, int row, int label) {
    if (to == null) {
      return;
    }
    Prediction.fill(to, row, 0);
    if (from == null) {
      to[translation[label]][row] = 1;
      return;
    }
    for (int i = 0; i < translation.length; i++) {
      to[translation[i]][row] = from[i][row];
    }
  }
}
