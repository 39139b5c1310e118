package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.Method;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import io.agrippa.engine.model.ModelFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * modelChain and x-multiModelChain: each segment sees the outputs of those before it; the one that
 * ran last gives a row's result.
 */
final class ChainPlan implements ModelPlan {
  private final List<SegmentPlan> segments;
  private final boolean returnsMissing;
  private final boolean givesAll; // the results of all segments
  private final int firstCandidate; // segments from here on may be the last that runs
  private final int[]
      givers; // by candidate: its number in the merger, −1 if it predicts something else
  private final Merger merger;
  private final MergedOutputs outputs;
  private final List<FieldHandle> fields;
  private final Map<String, SegmentResults> results;

  ChainPlan(
      MiningModel model,
      List<SegmentPlan> segments,
      Scope scope,
      Map<String, SegmentResults> results) {
    this.segments = segments;
    this.results = results;
    ModelFrame frame = model.frame();
    if (model.missingPredictionTreatment() == MissingPredictionTreatment.SKIP_SEGMENT) {
      throw scope.error(
          frame.line(),
          "a modelChain cannot skip segments without a prediction; choose another"
              + " missingPredictionTreatment");
    }
    returnsMissing =
        model.missingPredictionTreatment() == MissingPredictionTreatment.RETURN_MISSING;
    int first = segments.size() - 1;
    while (first > 0 && !segments.get(first).runsAlways()) {
      first--;
    }
    firstCandidate = first;
    List<SegmentPlan> candidates = segments.subList(first, segments.size());
    List<List<FieldHandle>> ends = new ArrayList<>();
    List<SegmentPlan> giving = giving(candidates, frame);
    givers = new int[candidates.size()];
    for (int i = first; i < segments.size(); i++) {
      SegmentPlan segment = segments.get(i);
      givers[i - first] = giving.indexOf(segment);
      if (givers[i - first] >= 0) {
        segment.requireFunction(frame, model.segments().get(i), scope);
      }
      ends.add(segment.results());
    }
    List<String> ids = giving.stream().map(s -> s.id).toList();
    merger =
        new Merger(
            giving.stream().map(SegmentPlan::shape).toList(), ids, frame, frame.line(), scope);
    boolean always = candidates.size() == 1 && candidates.get(0).runsAlways();
    outputs = new MergedOutputs(ends, always, scope);
    givesAll = model.method() == Method.MULTI_MODEL_CHAIN;
    fields = givesAll ? union(model, outputs.fields(), first, scope) : outputs.fields();
  }

  /**
   * The candidates that predict what the chain predicts. A segment without a target, or with
   * another one, may be the last to run as well (an outlier test in front of a model that then does
   * not run); the chain then has no prediction. Where no candidate predicts the chain's target,
   * what they predict is the chain's result.
   */
  private static List<SegmentPlan> giving(List<SegmentPlan> candidates, ModelFrame frame) {
    List<String> targets =
        frame.miningSchema().stream()
            .filter(f -> f.usageType() == MiningField.UsageType.TARGET)
            .map(MiningField::name)
            .toList();
    List<SegmentPlan> giving =
        candidates.stream()
            .filter(s -> s.shape().targetField() != null)
            .filter(s -> targets.contains(s.shape().targetField()))
            .toList();
    return giving.isEmpty() ? candidates : giving;
  }

  /** The results of all segments: outputs and predictions of those before the last, too. */
  private List<FieldHandle> union(
      MiningModel model, List<FieldHandle> last, int first, Scope scope) {
    List<FieldHandle> union = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < first; i++) {
      SegmentPlan segment = segments.get(i);
      FieldHandle predicted = segment.exports.predicted();
      List<FieldHandle> own = new ArrayList<>();
      if (predicted != null && segment.shape().targetField() != null) {
        own.add(predicted);
      }
      own.addAll(segment.results());
      for (FieldHandle field : own) {
        if (!names.add(field.name())) {
          throw scope.error(
              model.segments().get(i).line(),
              "\"" + field.name() + "\" is a result of two segments of the chain; rename one");
        }
        union.add(field);
      }
    }
    union.addAll(last);
    return List.copyOf(union);
  }

  @Override
  public PredictionShape shape() {
    return merger.shape();
  }

  @Override
  public List<FieldHandle> results() {
    return fields;
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
    private final SegmentPlan.Runner[] runners = new SegmentPlan.Runner[segments.size()];
    private final MergedOutputs.Runner merging = outputs.runner();
    private final Map<String, SegmentPlan.Runner> byId = new HashMap<>();
    private long[] open;

    Runs() {
      for (int i = 0; i < runners.length; i++) {
        SegmentPlan segment = segments.get(i);
        // What is exported may ask for anything, so nothing can be left out.
        runners[i] = segment.runner(segment.shape());
        byId.put(segment.id, runners[i]);
      }
    }

    @Override
    public Prediction segment(String id) {
      return byId.get(id).prediction;
    }

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      if (open == null) {
        open = new long[Bits.words(frame.capacity())];
      }
      out.clear();
      for (int w = 0; w < frame.words(); w++) {
        open[w] = Masks.word(active, w, frame.rows());
        out.missing[w] = open[w];
        for (long m = open[w]; m != 0; m &= m - 1) {
          out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
        }
      }
      merging.begin(frame);
      for (int s = 0; s < runners.length; s++) {
        long[] ran = runners[s].run(frame, open, out.errors);
        Prediction prediction = runners[s].prediction;
        if (s >= firstCandidate) {
          if (givers[s - firstCandidate] >= 0) {
            merger.copy(givers[s - firstCandidate], prediction, ran, frame.words(), out);
          } else {
            withdraw(ran, frame.words(), out);
          }
          merging.take(frame, s - firstCandidate, ran);
        }
        if (returnsMissing) {
          stop(frame, ran, prediction, out);
        }
      }
      if (returnsMissing && givesAll) {
        // what the segments before the one without a prediction gave is no result either
        for (FieldHandle field : fields) {
          Vectors.keepOnly(open, field.type(), frame, frame.vector(field.slot()));
        }
      }
      for (int w = 0; w < frame.words(); w++) {
        out.missing[w] |= out.errors[w];
      }
    }

    /** Rows without a prediction are done. */
    private void stop(Frame frame, long[] ran, Prediction prediction, Prediction out) {
      for (int w = 0; w < frame.words(); w++) {
        long none = ran[w] & prediction.missing[w];
        open[w] &= ~none;
        withdraw(none, w, out);
      }
    }

    private void withdraw(long[] rows, int words, Prediction out) {
      for (int w = 0; w < words; w++) {
        withdraw(rows[w], w, out);
      }
    }

    private void withdraw(long rows, int word, Prediction out) {
      out.missing[word] |= rows;
      for (long m = rows; m != 0; m &= m - 1) {
        out.withdraw((word << 6) + Long.numberOfTrailingZeros(m));
      }
    }
  }
}
