package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import io.agrippa.engine.model.OpType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * selectAll: the predictions of all segments that run, in order, as one text such as {@code [a, b,
 * a]}. A segment without a prediction stands in it as {@code null}, is left out, or leaves no list,
 * as missingPredictionTreatment says. There is no prediction as such ({@link
 * PredictionShape#targetType} is null), only this result.
 */
final class SelectAllPlan implements ModelPlan {
  private final MissingPredictionTreatment treatment;
  private final List<SegmentPlan> segments;
  private final PredictionShape shape;
  private final FieldHandle result;
  private final Map<String, SegmentResults> results;

  SelectAllPlan(
      MiningModel model,
      List<SegmentPlan> segments,
      Scope scope,
      Map<String, SegmentResults> results) {
    treatment = model.missingPredictionTreatment();
    this.segments = segments;
    this.results = results;
    PredictionShape first = segments.get(0).shape();
    shape =
        new PredictionShape(
            first.function(), null, null, new Labels(List.of()), false, false, List.of());
    String name = first.targetField() == null ? "prediction" : first.targetField();
    result = scope.slot(name, new FieldType(DataType.STRING, OpType.CATEGORICAL));
  }

  @Override
  public PredictionShape shape() {
    return shape;
  }

  @Override
  public List<FieldHandle> results() {
    return List.of(result);
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
    private final SegmentPlan.Runner[] runners =
        segments.stream()
            .map(s -> s.runner(results.containsKey(s.id) ? s.shape() : s.shape().bare()))
            .toArray(SegmentPlan.Runner[]::new);

    @Override
    public Prediction segment(String id) {
      return Arrays.stream(runners)
          .filter(runner -> runner.segment().id.equals(id))
          .findFirst()
          .orElseThrow()
          .prediction;
    }

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      out.clear();
      long[] open = new long[Bits.words(frame.capacity())];
      for (int w = 0; w < frame.words(); w++) {
        open[w] = Masks.word(active, w, frame.rows());
      }
      long[] none = new long[open.length]; // rows that have no list
      StringBuilder[] texts = new StringBuilder[frame.rows()];
      for (SegmentPlan.Runner runner : runners) {
        long[] ran = runner.run(frame, open, out.errors);
        for (int w = 0; w < frame.words(); w++) {
          long lacking = ran[w] & runner.prediction.missing[w];
          long listed =
              treatment == MissingPredictionTreatment.CONTINUE ? ran[w] : ran[w] & ~lacking;
          if (treatment == MissingPredictionTreatment.RETURN_MISSING) {
            open[w] &= ~lacking;
            none[w] |= lacking;
          }
          for (long m = listed; m != 0; m &= m - 1) {
            int row = (w << 6) + Long.numberOfTrailingZeros(m);
            texts[row] = texts[row] == null ? new StringBuilder("[") : texts[row].append(", ");
            texts[row].append(text(runner, row));
          }
        }
      }
      Vector vector = frame.set(result.slot());
      int[] codes = vector.codeBuffer();
      long[] missing = vector.missingBuffer();
      Arrays.fill(missing, 0);
      DictionaryBuilder builder = new DictionaryBuilder();
      for (int row = 0; row < frame.rows(); row++) {
        boolean absent = texts[row] == null || Bits.get(none, row);
        codes[row] = absent ? -1 : builder.code(texts[row].append(']').toString());
        if (absent) {
          Bits.set(missing, row);
        }
      }
      vector.dictionary = builder.snapshot();
      vector.addErrors(out.errors);
      for (int w = 0; w < frame.words(); w++) {
        long asked = Masks.word(active, w, frame.rows());
        out.missing[w] = asked;
        for (long m = asked; m != 0; m &= m - 1) {
          out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
        }
      }
    }

    private static String text(SegmentPlan.Runner runner, int row) {
      Prediction prediction = runner.prediction;
      PredictionShape of = runner.segment().shape();
      if (Bits.get(prediction.missing, row)) {
        return "null";
      }
      if (of.labels() != null) {
        return of.labels().text(prediction.labels[row]);
      }
      double number = prediction.numbers[row];
      DataType type = of.targetType().dataType();
      return Literals.text(number, runner.segment().isReal() ? DataType.DOUBLE : type);
    }
  }
}
