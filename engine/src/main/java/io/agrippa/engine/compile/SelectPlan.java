package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** selectFirst: the first segment that runs for a row gives its result. */
final class SelectPlan implements ModelPlan {
  private final List<SegmentPlan> segments;
  private final boolean skipsMissing;
  private final Merger merger;
  private final MergedOutputs outputs;
  private final Map<String, SegmentResults> results;

  SelectPlan(
      MiningModel model,
      List<SegmentPlan> segments,
      Scope scope,
      Map<String, SegmentResults> results) {
    this.segments = segments;
    this.results = results;
    skipsMissing = model.missingPredictionTreatment() == MissingPredictionTreatment.SKIP_SEGMENT;
    List<List<FieldHandle>> fields = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      segments.get(i).requireFunction(model.frame(), model.segments().get(i), scope);
      fields.add(segments.get(i).results());
    }
    List<String> ids = segments.stream().map(s -> s.id).toList();
    merger =
        new Merger(
            segments.stream().map(SegmentPlan::shape).toList(),
            ids,
            model.frame(),
            model.frame().line(),
            scope);
    outputs = new MergedOutputs(fields, segments.size() == 1, scope);
  }

  @Override
  public PredictionShape shape() {
    return merger.shape();
  }

  @Override
  public List<FieldHandle> results() {
    return outputs.fields();
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
    private long[] open; // rows without a result yet
    private long[] taken;

    Runs() {
      for (int i = 0; i < runners.length; i++) {
        runners[i] = segments.get(i).runner(merger.wanted(i));
        byId.put(segments.get(i).id, runners[i]);
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
        taken = new long[open.length];
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
        for (int w = 0; w < frame.words(); w++) {
          taken[w] = skipsMissing ? ran[w] & ~prediction.missing[w] : ran[w];
          open[w] &= ~(taken[w] | out.errors[w]);
        }
        merger.copy(s, prediction, taken, frame.words(), out);
        merging.take(frame, s, taken);
      }
      for (int w = 0; w < frame.words(); w++) {
        out.missing[w] |= out.errors[w];
      }
    }
  }
}
