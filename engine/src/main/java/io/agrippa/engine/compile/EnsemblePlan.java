package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.Method;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.ModelFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A MiningModel whose result is computed of the predictions of all segments that run. */
final class EnsemblePlan implements ModelPlan {
  private final List<SegmentPlan> segments;
  private final MissingPredictionTreatment treatment;
  private final double threshold;
  private final boolean votes;
  private final PredictionShape shape;
  private final int[][] translations; // by segment: its labels as the ensemble's; null for numbers
  private final Supplier<Combiner> combiner;
  private final Summation summation;
  private final Map<String, SegmentResults> results;

  private EnsemblePlan(
      MiningModel model,
      List<SegmentPlan> segments,
      boolean votes,
      PredictionShape shape,
      int[][] translations,
      Supplier<Combiner> combiner,
      Summation summation,
      Map<String, SegmentResults> results) {
    this.translations = translations;
    this.segments = segments;
    treatment = model.missingPredictionTreatment();
    threshold = model.missingThreshold();
    this.votes = votes;
    this.shape = shape;
    this.combiner = combiner;
    this.summation = summation;
    this.results = results;
  }

  static EnsemblePlan of(
      MiningModel model,
      List<SegmentPlan> segments,
      Scope scope,
      Map<String, SegmentResults> results) {
    ModelFrame frame = model.frame();
    for (int i = 0; i < segments.size(); i++) {
      segments.get(i).requireFunction(frame, model.segments().get(i), scope);
    }
    boolean single = frame.arithmetic() == ModelFrame.Arithmetic.FLOAT;
    Scope.TargetField target = scope.target();
    if (frame.function() == ModelFrame.Function.REGRESSION) {
      PredictionShape shape =
          new PredictionShape(
              frame.function(), target.name(), target.type(), null, false, false, List.of());
      Summation summation = Summation.of(model, scope);
      Supplier<Combiner> combiner = numbers(model, summation, shape, scope);
      return new EnsemblePlan(model, segments, false, shape, null, combiner, summation, results);
    }
    if (frame.function() != ModelFrame.Function.CLASSIFICATION) {
      throw scope.error(
          frame.line(),
          "multipleModelMethod "
              + model.method()
              + " combines regressions or classifications, not "
              + frame.function());
    }
    TreeResults.LabelBuilder builder = new TreeResults.LabelBuilder(target.type());
    int[][] translations =
        segments.stream()
            .map(s -> s.shape().labels().texts().stream().mapToInt(builder::index).toArray())
            .toArray(int[][]::new);
    PredictionShape shape =
        new PredictionShape(
            frame.function(),
            target.name(),
            target.type(),
            builder.build(),
            true,
            false,
            List.of());
    boolean votes =
        model.method() == Method.MAJORITY_VOTE || model.method() == Method.WEIGHTED_MAJORITY_VOTE;
    return new EnsemblePlan(
        model,
        segments,
        votes,
        shape,
        translations,
        categories(model, translations, single, shape, scope),
        Summation.plain(single),
        results);
  }

  private static Supplier<Combiner> numbers(
      MiningModel model, Summation summation, PredictionShape shape, Scope scope) {
    int segments = model.segments().size();
    return switch (model.method()) {
      case SUM -> () -> new SumCombiner(false, false, summation, shape);
      case WEIGHTED_SUM -> () -> new SumCombiner(true, false, summation, shape);
      case AVERAGE -> () -> new SumCombiner(false, true, summation, shape);
      case WEIGHTED_AVERAGE -> () -> new SumCombiner(true, true, summation, shape);
      case MEDIAN -> () -> new MedianCombiner(segments, false, summation.single());
      case WEIGHTED_MEDIAN -> () -> new MedianCombiner(segments, true, summation.single());
      case MAJORITY_VOTE, WEIGHTED_MAJORITY_VOTE, MAX -> throw unfit(model, scope);
      case SELECT_FIRST, SELECT_ALL, MODEL_CHAIN, MULTI_MODEL_CHAIN ->
          throw new IllegalArgumentException(model.method() + " combines nothing");
    };
  }

  private static Supplier<Combiner> categories(
      MiningModel model, int[][] translations, boolean single, PredictionShape shape, Scope scope) {
    return switch (model.method()) {
      case MAJORITY_VOTE -> () -> new VoteCombiner(translations, false, single, shape);
      case WEIGHTED_MAJORITY_VOTE -> () -> new VoteCombiner(translations, true, single, shape);
      case AVERAGE -> () -> new ShareCombiner(translations, false, single, shape);
      case WEIGHTED_AVERAGE -> () -> new ShareCombiner(translations, true, single, shape);
      case MAX, MEDIAN -> {
        int[] order = order(shape.labels(), scope.target().values());
        boolean median = model.method() == Method.MEDIAN;
        yield () -> new ExtremeCombiner(translations, order, median, single);
      }
      case SUM, WEIGHTED_SUM, WEIGHTED_MEDIAN -> throw unfit(model, scope);
      case SELECT_FIRST, SELECT_ALL, MODEL_CHAIN, MULTI_MODEL_CHAIN ->
          throw new IllegalArgumentException(model.method() + " combines nothing");
    };
  }

  private static ModelException unfit(MiningModel model, Scope scope) {
    return scope.error(
        model.frame().line(),
        "multipleModelMethod "
            + model.method()
            + " does not fit "
            + model.frame().function()
            + "; correct one of them");
  }

  /** The labels in the order of the declared values; those not declared behind. */
  private static int[] order(Labels labels, List<String> declared) {
    int[] order = new int[labels.size()];
    int count = 0;
    for (String value : declared) {
      int label = labels.indexOf(value);
      if (label >= 0) {
        order[count++] = label;
      }
    }
    for (int label = 0; label < order.length; label++) {
      if (!declared.contains(labels.text(label))) {
        order[count++] = label;
      }
    }
    return order;
  }

  /**
   * The same in the layouts of the kernels, or null where this is not an ensemble of trees that all
   * run and add up or vote.
   */
  ForestPlan fused(MiningModel model, Binding binding) {
    List<TreePlan> trees = new ArrayList<>();
    for (SegmentPlan segment : segments) {
      if (!segment.isPlain() || !(segment.plan instanceof TreePlan tree)) {
        return null;
      }
      trees.add(tree);
    }
    Forest forest = Forest.of(trees);
    if (forest == null) {
      return null;
    }
    int labels = shape.labels() == null ? 0 : shape.labels().size();
    ForestValues values = ForestValues.of(model, summation, trees, forest, translations, labels);
    return values == null || !values.isSound()
        ? null
        : new ForestPlan(this, forest, values, binding, treatment);
  }

  @Override
  public PredictionShape shape() {
    return shape;
  }

  @Override
  public boolean isShifted() {
    return summation.start() != 0;
  }

  @Override
  public Map<String, SegmentResults> segments() {
    return results;
  }

  @Override
  public Scorer scorer() {
    return new Runs();
  }

  private final class Runs implements Scorer {
    private final SegmentPlan.Runner[] runners;
    private final Combiner combining = combiner.get();
    private final Map<String, SegmentPlan.Runner> byId = new HashMap<>();
    private long[] open; // rows still to be considered
    private long[] ran;
    private long[] lacking; // rows for which a prediction is missing
    private long[] given; // rows for which a prediction is there
    private long[] usable;
    private long[] none; // rows for which a segment has no prediction
    private double[] weightRan;
    private double[] weightLacking;

    Runs() {
      runners = new SegmentPlan.Runner[segments.size()];
      for (int i = 0; i < runners.length; i++) {
        PredictionShape inner = segments.get(i).shape();
        PredictionShape wanted = votes ? inner.bare() : inner.withProbabilitiesOnly();
        boolean asked = segments.get(i).exports != null || results.containsKey(segments.get(i).id);
        runners[i] = segments.get(i).runner(asked ? inner : wanted);
        byId.put(segments.get(i).id, runners[i]);
      }
    }

    @Override
    public Prediction segment(String id) {
      return byId.get(id).prediction;
    }

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      begin(frame, active);
      out.clear();
      combining.begin(frame);
      for (int s = 0; s < runners.length; s++) {
        run(frame, s, out);
      }
      finish(frame, active, out);
    }

    private void begin(Frame frame, long[] active) {
      if (open == null) {
        int words = Bits.words(frame.capacity());
        open = new long[words];
        ran = new long[words];
        lacking = new long[words];
        given = new long[words];
        usable = new long[words];
        none = new long[words];
        weightRan = new double[frame.capacity()];
        weightLacking = new double[frame.capacity()];
      }
      Arrays.fill(open, 0);
      for (int w = 0; w < frame.words(); w++) {
        open[w] = Masks.word(active, w, frame.rows());
      }
      Arrays.fill(ran, 0);
      Arrays.fill(lacking, 0);
      Arrays.fill(given, 0);
      Arrays.fill(usable, 0);
      Arrays.fill(none, 0);
      Arrays.fill(weightRan, 0, frame.rows(), 0);
      Arrays.fill(weightLacking, 0, frame.rows(), 0);
    }

    private void run(Frame frame, int s, Prediction out) {
      SegmentPlan.Runner runner = runners[s];
      long[] rows = runner.run(frame, open, out.errors);
      Prediction prediction = runner.prediction;
      double[] rowWeights = runner.rowWeights(frame, rows, prediction.missing, out.errors);
      for (int w = 0; w < frame.words(); w++) {
        ran[w] |= rows[w];
        none[w] = rows[w] & prediction.missing[w];
        lacking[w] |= none[w];
        usable[w] = rows[w] & ~none[w];
        given[w] |= usable[w];
        if (treatment == MissingPredictionTreatment.RETURN_MISSING) {
          open[w] &= ~none[w];
        }
      }
      if (countsMissing()) {
        weigh(frame, rows, prediction.missing, runner.weight(), rowWeights);
      }
      combining.add(s, prediction, usable, runner.weight(), rowWeights);
      combining.addMissing(none, runner.weight());
    }

    private boolean countsMissing() {
      return treatment == MissingPredictionTreatment.SKIP_SEGMENT
          || (votes && treatment == MissingPredictionTreatment.CONTINUE);
    }

    private void weigh(
        Frame frame, long[] rows, long[] missing, double weight, double[] rowWeights) {
      for (int w = 0; w < frame.words(); w++) {
        for (long m = rows[w]; m != 0; m &= m - 1) {
          int row = (w << 6) + Long.numberOfTrailingZeros(m);
          boolean none = Bits.get(missing, row);
          // A segment whose own weight is missing counts with its fixed part.
          double one = none ? weight : Combiner.weight(weight, rowWeights, row);
          weightRan[row] += one;
          weightLacking[row] += none ? one : 0;
        }
      }
    }

    private void finish(Frame frame, long[] active, Prediction out) {
      for (int w = 0; w < frame.words(); w++) {
        long all = Masks.word(active, w, frame.rows());
        long none = all & (~given[w] | out.errors[w]);
        for (long m = lacking[w] & ~none; m != 0; m &= m - 1) {
          int row = (w << 6) + Long.numberOfTrailingZeros(m);
          none |= isMissing(row) ? 1L << row : 0;
        }
        out.missing[w] = none;
        usable[w] = all & ~none;
      }
      combining.finish(frame, usable, out);
      if (shape.labels() != null) {
        for (int w = 0; w < frame.words(); w++) {
          for (long m = out.missing[w]; m != 0; m &= m - 1) {
            out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
          }
        }
      }
    }

    /** Whether a row for which some segment has no prediction has none as a whole. */
    private boolean isMissing(int row) {
      return switch (treatment) {
        case RETURN_MISSING -> true;
        case SKIP_SEGMENT -> weightLacking[row] / weightRan[row] > threshold;
        case CONTINUE ->
            !votes
                || weightLacking[row] / weightRan[row] > threshold
                || combining.missingLeads(row);
      };
    }
  }
}
