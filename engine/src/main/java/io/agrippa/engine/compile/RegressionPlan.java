package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A RegressionModel, computed by columns in tiles of rows. */
final class RegressionPlan implements ModelPlan {
  /** Rows of a tile: sums, columns and categories of it stay in the first-level cache. */
  private static final int TILE = 512;

  private final Binding binding;
  private final List<RegressionTerms> tables = new ArrayList<>();
  private final Normalizer normalizer;
  private final PredictionShape shape;

  RegressionPlan(RegressionModel model, ModelFrame frame, Scope scope, Binding binding) {
    this.binding = binding;
    boolean single = frame.arithmetic() == ModelFrame.Arithmetic.FLOAT;
    for (RegressionTable table : model.tables()) {
      tables.add(new RegressionTerms(table, single, scope, binding.features()));
    }
    Scope.TargetField target = scope.target();
    Labels labels = null;
    if (frame.function() == ModelFrame.Function.REGRESSION) {
      if (tables.size() != 1) {
        throw scope.error(
            frame.line(),
            "a regression has one RegressionTable, not "
                + tables.size()
                + "; remove the others or correct functionName");
      }
      normalizer = Normalizer.regression(model, frame, single, scope);
    } else if (frame.function() == ModelFrame.Function.CLASSIFICATION) {
      labels = labels(model, target, frame, scope);
      normalizer = Normalizer.classification(model, frame, single, target.type().opType(), scope);
    } else {
      throw scope.error(
          frame.line(),
          "a RegressionModel does regression or classification, not "
              + frame.function()
              + "; correct functionName");
    }
    shape =
        new PredictionShape(
            frame.function(),
            target.name(),
            target.type(),
            labels,
            labels != null,
            false,
            List.of());
  }

  private static Labels labels(
      RegressionModel model, Scope.TargetField target, ModelFrame frame, Scope scope) {
    if (model.tables().size() < 2) {
      throw scope.error(
          frame.line(), "a classification has a RegressionTable for each category; add them");
    }
    List<String> texts = new ArrayList<>();
    for (RegressionTable table : model.tables()) {
      String category = table.targetCategory();
      if (category == null) {
        throw scope.error(table.line(), "RegressionTable has no targetCategory; add it");
      }
      String text = Literals.canonical(category, target.type().dataType());
      if (texts.contains(text)) {
        throw scope.error(
            table.line(), "targetCategory \"" + category + "\" has two RegressionTables; keep one");
      }
      texts.add(text);
    }
    return new Labels(texts);
  }

  @Override
  public PredictionShape shape() {
    return shape;
  }

  @Override
  public Scorer scorer() {
    return new Columns();
  }

  private final class Columns implements Scorer {
    private final RegressionTerms.Evaluator[] evaluators;
    private final int used; // tables whose equations count; the last one may be the rest
    private double[][] scratch;

    Columns() {
      used = shape.labels() == null ? 1 : normalizer.tablesUsed(tables.size());
      evaluators = new RegressionTerms.Evaluator[tables.size()];
      for (int i = 0; i < evaluators.length; i++) {
        evaluators[i] = tables.get(i).evaluator();
      }
    }

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      out.clear();
      FeatureReader in = binding.features().reader(frame);
      // of all tables: where one has no value, the formulas of the others do not apply
      for (RegressionTerms.Evaluator evaluator : evaluators) {
        evaluator.load(frame, in);
        evaluator.addMissing(out.missing, out.errors, frame.words());
      }
      Masks.or(out.missing, out.errors, frame.words());
      double[][] values =
          shape.labels() == null ? new double[][] {out.numbers} : values(frame, out);
      for (int from = 0; from < frame.rows(); from += TILE) {
        int to = Math.min(from + TILE, frame.rows());
        if (Masks.any(active, from, to)) {
          for (int i = 0; i < used; i++) {
            evaluators[i].compute(values[i], from, to);
          }
          TraceLog log = frame.trace();
          if (log != null && log.row() >= from && log.row() < to) {
            trace(log, in, values, out);
          }
          if (shape.labels() == null) {
            normalizer.regression(out.numbers, from, to);
          } else {
            normalizer.classification(values, from, to);
            label(values, out.labels, from, to);
          }
        }
      }
      if (shape.labels() != null) {
        normalizer.fail(values, active, out, shape, frame);
        withdraw(out, frame);
      }
    }

    private void trace(TraceLog log, FeatureReader in, double[][] values, Prediction out) {
      for (int i = 0; i < used; i++) {
        Optional<String> category =
            shape.labels() == null ? Optional.empty() : Optional.of(shape.labels().text(i));
        boolean missing = Bits.get(out.missing, log.row());
        log.add(
            tables
                .get(i)
                .trace(
                    category,
                    in,
                    binding.features(),
                    log.row(),
                    missing ? Optional.empty() : Optional.of(values[i][log.row()])));
      }
    }

    private double[][] values(Frame frame, Prediction out) {
      if (out.probabilities != null) {
        return out.probabilities;
      }
      if (scratch == null) {
        scratch = new double[tables.size()][frame.capacity()];
      }
      return scratch;
    }

    private void label(double[][] p, int[] labels, int from, int to) {
      Arrays.fill(labels, from, to, 0);
      for (int i = 1; i < p.length; i++) {
        for (int r = from; r < to; r++) {
          labels[r] = p[i][r] > p[labels[r]][r] ? i : labels[r];
        }
      }
    }

    /** Rows without a value have no category and no probabilities. */
    private void withdraw(Prediction out, Frame frame) {
      for (int w = 0; w < frame.words(); w++) {
        for (long m = out.missing[w] & Masks.word(null, w, frame.rows()); m != 0; m &= m - 1) {
          out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
        }
      }
    }
  }
}
