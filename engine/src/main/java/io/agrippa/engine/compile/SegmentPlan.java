package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A segment of an ensemble, compiled with its targets. Immutable. */
final class SegmentPlan {
  private final Binding binding; // of the segment's depth
  private final TestPlan predicate;
  private final MiningModel.Segment segment;
  private final double weight;
  private final FieldHandle variableWeight; // null where the weight is fixed
  final String id;
  final ModelPlan plan;
  final Scope.Exports exports; // null where nobody wants the outputs
  final boolean kept; // whether the prediction is wanted after others have run

  private SegmentPlan(
      Binding binding,
      TestPlan predicate,
      MiningModel.Segment segment,
      FieldHandle variableWeight,
      ModelPlan plan,
      Scope.Exports exports,
      boolean kept) {
    this.binding = binding;
    this.predicate = predicate;
    this.segment = segment;
    this.weight = segment.weight();
    this.variableWeight = variableWeight;
    this.id = segment.id();
    this.plan = plan;
    this.exports = exports;
    this.kept = kept;
  }

  /**
   * Compiles a segment.
   *
   * @param scope of the ensemble
   * @param inner scope of the segment's model
   * @param binding of the ensemble
   * @param exported whether its outputs are wanted
   * @param kept whether its prediction is wanted after others have run
   */
  static SegmentPlan of(
      MiningModel.Segment segment,
      Scope scope,
      Scope inner,
      Binding binding,
      boolean exported,
      boolean kept) {
    if (segment.weight() < 0) {
      throw scope.error(
          segment.line(),
          "Segment \"" + segment.id() + "\" has a negative weight; weights are 0 or more");
    }
    TestPlan predicate = new TestPlan(segment.predicate(), scope, binding.features());
    ModelPlan plan = inner.withTargets(ModelPlans.plan(segment.model(), inner, binding.nested()));
    boolean output = !segment.model().frame().output().isEmpty();
    Scope.Exports exports =
        exported || (output && segment.variableWeight() != null) ? inner.exports(plan) : null;
    FieldHandle weight = null;
    if (segment.variableWeight() != null) {
      weight =
          exports == null
              ? null
              : exports.outputs().stream()
                  .filter(field -> field.name().equals(segment.variableWeight()))
                  .findFirst()
                  .orElse(null);
      if (weight == null) {
        weight = scope.field(segment.variableWeight(), segment.line());
      }
      if (weight.type().isText()) {
        throw scope.error(
            segment.line(),
            "the weight of Segment \"" + segment.id() + "\" is a string; name a numeric field");
      }
    }
    return new SegmentPlan(binding.nested(), predicate, segment, weight, plan, exports, kept);
  }

  /** Whether it runs for all rows. */
  boolean runsAlways() {
    return predicate.isTrue();
  }

  /** Whether it runs for all rows, has a fixed weight and gives but its prediction. */
  boolean isPlain() {
    return runsAlways() && variableWeight == null && exports == null && !kept;
  }

  PredictionShape shape() {
    return plan.shape();
  }

  /**
   * Whether the target is an integer, but what is predicted is a real number: a regression that no
   * Target makes whole.
   */
  boolean isReal() {
    Target target = TargetPlan.targetOf(shape().targetField(), segment.model().frame());
    return shape().targetType().dataType().kind() == DataType.Kind.INTEGER
        && (target == null || target.castInteger() == null);
  }

  /** The fields that are results of the segment: its outputs, and those of segments within. */
  List<FieldHandle> results() {
    List<FieldHandle> results = new ArrayList<>(exports.outputs());
    for (FieldHandle field : plan.results()) {
      if (results.stream().noneMatch(other -> other.name().equals(field.name()))) {
        results.add(field);
      }
    }
    return results;
  }

  /** Fails unless the segment's function is the ensemble's. */
  void requireFunction(ModelFrame ensemble, MiningModel.Segment segment, Scope scope) {
    ModelFrame.Function own = plan.shape().function();
    if (own != ensemble.function() && ensemble.function() != ModelFrame.Function.MIXED) {
      throw scope.error(
          segment.line(),
          "Segment \"%s\" does %s inside a %s that does %s; correct functionName"
              .formatted(
                  id,
                  own.name().toLowerCase(Locale.ROOT),
                  ensemble.element(),
                  ensemble.function().name().toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * A runner for one worker.
   *
   * @param wanted what of the predictions the ensemble uses
   */
  Runner runner(PredictionShape wanted) {
    return new Runner(kept ? plan.shape() : wanted);
  }

  /** Runs the segment for one worker. */
  final class Runner {
    private final PredictionShape wanted;
    private final PredicatePlan.Evaluator evaluator = predicate.evaluator();
    private final ModelPlan.Scorer scorer = plan.scorer();
    private final Scope.Publisher publisher = exports == null ? null : exports.publisher();
    private long[] ran;
    private long[] unknown;
    private Prediction own;

    /** The last prediction: valid until another segment runs, unless it is kept. */
    Prediction prediction;

    private Runner(PredictionShape wanted) {
      this.wanted = wanted;
    }

    SegmentPlan segment() {
      return SegmentPlan.this;
    }

    /**
     * Runs it for the rows among the active ones whose predicate is true.
     *
     * @param active rows to be considered; not null
     * @param errors gets the rows added for which predicate or prediction failed
     * @return the rows for which it ran, valid until the next call
     */
    long[] run(Frame frame, long[] active, long[] errors) {
      int words = frame.words();
      if (ran == null) {
        ran = new long[Bits.words(frame.capacity())];
        unknown = new long[ran.length];
        own = kept ? new Prediction(wanted, frame.capacity()) : null;
      }
      prediction = kept ? own : binding.prediction(frame, wanted);
      TraceLog log = frame.trace();
      Optional<Trace.Truth> truth = Optional.empty();
      if (predicate.isTrue()) {
        System.arraycopy(active, 0, ran, 0, words);
        truth = log == null ? truth : tested(active, RowTest.TRUE, log);
      } else {
        int tested = select(frame, active, errors);
        truth = log == null ? truth : tested(active, tested, log);
      }
      boolean any = false;
      for (int w = 0; w < words; w++) {
        any |= ran[w] != 0;
      }
      if (any && log != null) {
        log.begin(segment.model());
      }
      if (any) {
        scorer.score(frame, ran, prediction);
        for (int w = 0; w < words; w++) {
          errors[w] |= prediction.errors[w] & ran[w];
        }
      } else if (plan.results().isEmpty()) {
        prediction.clear();
      } else { // what it hands on has to be set, be it for no row
        frame.trace(null);
        scorer.score(frame, ran, prediction);
        frame.trace(log);
      }
      if (kept) {
        withdraw(frame);
      }
      if (any && log != null) {
        log.predicted(prediction, plan.shape());
      }
      if (publisher != null) {
        publisher.publish(frame, scorer, prediction, ran);
      }
      if (log != null) {
        trace(frame, log, truth, any);
      }
      return ran;
    }

    private Optional<Trace.Truth> tested(long[] active, int truth, TraceLog log) {
      return Bits.get(active, log.row()) ? Optional.of(TraceLog.truth(truth)) : Optional.empty();
    }

    private void trace(Frame frame, TraceLog log, Optional<Trace.Truth> truth, boolean ranIt) {
      if (ranIt) {
        log.end();
      }
      double rowWeight = weight;
      if (variableWeight != null) {
        Vector vector = frame.vector(variableWeight.slot());
        rowWeight *= Bits.get(vector.missing, log.row()) ? 1 : vector.numbers[log.row()];
      }
      log.add(
          new Trace.Segment(
              id,
              PredicateText.of(segment.predicate()),
              truth,
              rowWeight,
              ranIt ? log.nested() : Optional.empty()));
    }

    /** Sets the rows that it runs for; returns the truth in the row that is traced, if one is. */
    private int select(Frame frame, long[] active, long[] errors) {
      Arrays.fill(unknown, 0);
      long[] failed = unknown.clone();
      evaluator.evaluate(frame, ran, unknown, failed);
      int truth = RowTest.FALSE;
      if (frame.trace() != null) {
        int row = frame.trace().row();
        truth = Bits.get(ran, row) ? RowTest.TRUE : truth;
        truth = Bits.get(unknown, row) ? RowTest.UNKNOWN : truth;
        truth = Bits.get(failed, row) ? RowTest.ERROR : truth;
      }
      for (int w = 0; w < frame.words(); w++) {
        ran[w] &= active[w];
        errors[w] |= failed[w] & active[w];
      }
      return truth;
    }

    /** Rows for which it did not run have no prediction. */
    private void withdraw(Frame frame) {
      for (int w = 0; w < frame.words(); w++) {
        long absent = Masks.word(null, w, frame.rows()) & ~ran[w];
        prediction.missing[w] |= absent;
        for (long m = absent; m != 0; m &= m - 1) {
          prediction.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
        }
      }
    }

    /**
     * The weights of the rows, or null where they are all {@link #weight}.
     *
     * @param rows for which it ran
     * @param missing gets those added that have no weight
     * @param errors gets those added whose weight could not be computed
     */
    double[] rowWeights(Frame frame, long[] rows, long[] missing, long[] errors) {
      if (variableWeight == null) {
        return null;
      }
      Vector vector = frame.vector(variableWeight.slot());
      Masks.or(missing, vector.missing, frame.words());
      for (int w = 0; vector.errors != null && w < frame.words(); w++) {
        missing[w] |= vector.errors[w];
        errors[w] |= vector.errors[w] & rows[w];
      }
      return vector.numbers;
    }

    /** The weight, or the factor on {@link #rowWeights}. */
    double weight() {
      return weight;
    }

    ModelPlan.Scorer scorer() {
      return scorer;
    }
  }
}
