package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.RowColumns;
import io.agrippa.engine.kernel.SlicedTrees;
import io.agrippa.engine.kernel.SteppedTrees;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import java.util.Arrays;

/**
 * An ensemble of trees that add up or vote, in the layouts of the kernels. Its bits are those of
 * the {@link EnsemblePlan} that it stands for, because contributions come in the same order; rows
 * that the kernels do not decide (a value that could not be computed, a missing prediction that has
 * to be weighed, a tie of votes) are left to that plan.
 */
final class ForestPlan implements ModelPlan {
  /** Fewer rows are walked: below, a tile's masks cost more than walks. */
  static final int FEWEST_SLICED = 64;

  /** Fewer rows are walked one by one, through eight trees at a time. */
  static final int FEWEST_STEPPED = 4;

  private final EnsemblePlan words;
  private final Forest forest;
  private final ForestValues values;
  private final Binding binding;
  private final boolean missingIsMissing;

  ForestPlan(
      EnsemblePlan words,
      Forest forest,
      ForestValues values,
      Binding binding,
      MissingPredictionTreatment treatment) {
    this.words = words;
    this.forest = forest;
    this.values = values;
    this.binding = binding;
    missingIsMissing =
        values.kind != ForestValues.Kind.VOTES
            && treatment != MissingPredictionTreatment.SKIP_SEGMENT;
  }

  /** The plan in the words of the specification, for tests. */
  EnsemblePlan words() {
    return words;
  }

  Forest forest() {
    return forest;
  }

  @Override
  public PredictionShape shape() {
    return words.shape();
  }

  @Override
  public boolean isShifted() {
    return words.isShifted();
  }

  @Override
  public Scorer scorer() {
    return new Sums();
  }

  private final class Sums implements Scorer {
    private SlicedTrees.Scratch sliced; // null where blocks are too small for it
    private SteppedTrees.Scratch stepped;
    private double[] sums;
    private float[] singleSums; // of sliced trees, where all arithmetic is single
    private int[] outcomes;
    private Scorer rest;
    private Prediction spare;
    private long[] none; // rows without a prediction in some tree
    private long[] redo; // rows that the kernels do not decide
    private int[] rows;

    @Override
    public void score(Frame frame, long[] active, Prediction out) {
      if (frame.trace() != null) { // kernels keep no record of what they do
        words.scorer().score(frame, active, out);
        return;
      }
      if (none == null) {
        none = new long[Bits.words(frame.capacity()) + SlicedTrees.TILE / 64];
        redo = new long[Bits.words(frame.capacity())];
        rows = new int[frame.capacity()];
        begin(frame.capacity());
      }
      out.clear();
      Arrays.fill(none, 0);
      Arrays.fill(redo, 0);
      FeatureReader in = binding.features().reader(frame);
      in.load(frame, forest.used());
      for (int feature : forest.used()) {
        Masks.or(redo, in.errors[feature], frame.words());
      }
      int count = Masks.list(active, frame.rows(), rows);
      if (sliced != null && count >= FEWEST_SLICED) {
        slice(frame, active, in.columns, out);
      } else if (count >= FEWEST_STEPPED) {
        step(in, count, out);
      } else {
        walkAll(in, count, out);
      }
      settle(frame, active, out);
    }

    /** Makes scratch space for blocks of so many rows at most: those of one row take little. */
    private void begin(int capacity) {
      stepped = forest.stepped.scratch(capacity);
      if (forest.sliced != null && capacity >= FEWEST_SLICED) {
        sliced = forest.sliced.scratch();
      }
      int tile = Math.min(capacity, forest.stepped.tileRows());
      outcomes = new int[Math.max(forest.size(), tile)];
      if (sliced != null) {
        tile = Math.max(tile, SlicedTrees.TILE);
      }
      sums = new double[values.width * tile];
      if (sliced != null && values.singleByEntry != null) {
        singleSums = new float[SlicedTrees.TILE];
      }
    }

    private void slice(Frame frame, long[] active, RowColumns columns, Prediction out) {
      SlicedTrees trees = forest.sliced;
      for (int from = 0; from < frame.rows(); from += SlicedTrees.TILE) {
        int count = Math.min(SlicedTrees.TILE, frame.rows() - from);
        if (!Masks.any(active, from, from + count)) {
          continue;
        }
        trees.begin(sliced, columns, from, count);
        Arrays.fill(sums, 0, values.width * SlicedTrees.TILE, values.start);
        if (singleSums != null) {
          Arrays.fill(singleSums, (float) values.start);
        }
        for (int t = 0; t < trees.size(); t++) {
          trees.evaluate(sliced, t);
          add(trees, t);
          if (trees.mayHaveNone()) {
            trees.addNone(sliced, t, none, from >>> 6);
          }
        }
        if (singleSums != null) {
          for (int r = 0; r < count; r++) {
            sums[r] = singleSums[r];
          }
        }
        for (int r = 0; r < count; r++) {
          finish(r, SlicedTrees.TILE, from + r, out);
        }
      }
    }

    private void add(SlicedTrees trees, int tree) {
      switch (values.kind) {
        case NUMBERS -> {
          if (singleSums != null) {
            trees.add(sliced, tree, values.singleByEntry, singleSums, 0);
          } else {
            trees.add(sliced, tree, values.byEntry[0], sums, 0);
          }
        }
        case SHARES -> {
          for (int i = 0; i < values.width; i++) {
            trees.add(sliced, tree, values.byEntry[i], sums, i * SlicedTrees.TILE);
            if (values.single) {
              round(i * SlicedTrees.TILE);
            }
          }
        }
        case VOTES -> {
          trees.vote(sliced, tree, values.slotByEntry, values.votes[tree], sums);
          if (values.single) {
            for (int i = 0; i < values.width; i++) {
              round(i * SlicedTrees.TILE);
            }
          }
        }
      }
    }

    private void round(int at) {
      for (int r = at; r < at + SlicedTrees.TILE; r++) {
        sums[r] = (float) sums[r];
      }
    }

    private void step(FeatureReader in, int count, Prediction out) {
      SteppedTrees trees = forest.stepped;
      SteppedTrees.Truths truths = forest.truths(in);
      int size = trees.tileRows();
      for (int from = 0; from < count; from += size) {
        int some = Math.min(size, count - from);
        trees.begin(stepped, in.columns, truths, rows, from, some);
        Arrays.fill(sums, 0, values.width * some, values.start);
        for (int t = 0; t < trees.size(); t++) {
          trees.walk(stepped, t, outcomes);
          add(t, some, from);
        }
        for (int r = 0; r < some; r++) {
          finish(r * values.width, 1, rows[from + r], out);
        }
      }
    }

    /** Adds a tree's outcomes to the sums of a tile, which lie row by row. */
    private void add(int tree, int count, int from) {
      if (values.kind != ForestValues.Kind.VOTES
          && !values.single
          && !forest.stepped.mayHaveNone()) {
        SteppedTrees.add(outcomes, count, values.byOutcome, values.width, sums);
        return;
      }
      for (int r = 0; r < count; r++) {
        add(tree, outcomes[r], r * values.width, rows[from + r]);
      }
    }

    private void walkAll(FeatureReader in, int count, Prediction out) {
      SteppedTrees trees = forest.stepped;
      trees.begin(stepped, in.columns, forest.truths(in), rows, 0, count);
      for (int r = 0; r < count; r++) {
        Arrays.fill(sums, 0, values.width, values.start);
        trees.walkAll(stepped, r, outcomes);
        if (values.kind == ForestValues.Kind.NUMBERS && !trees.mayHaveNone()) {
          sums[0] = values.single ? singleSum(trees.size()) : sum(trees.size());
        } else {
          for (int t = 0; t < trees.size(); t++) {
            add(t, outcomes[t], 0, rows[r]);
          }
        }
        finish(0, 1, rows[r], out);
      }
    }

    /** The sum of a row's outcomes, one after the other, in a register. */
    private double sum(int trees) {
      double sum = values.start;
      for (int t = 0; t < trees; t++) {
        sum += values.byOutcome[outcomes[t]];
      }
      return sum;
    }

    /** {@link #sum} in single precision; what is added is rounded already. */
    private float singleSum(int trees) {
      float sum = (float) values.start;
      for (int t = 0; t < trees; t++) {
        sum += (float) values.byOutcome[outcomes[t]];
      }
      return sum;
    }

    /** Adds a tree's outcome to a row's sums, which start at {@code at}. */
    private void add(int tree, int outcome, int at, int row) {
      if (outcome < 0) {
        Bits.set(none, row);
        return;
      }
      if (values.kind == ForestValues.Kind.VOTES) {
        int i = at + values.labelByOutcome[outcome];
        sums[i] = Rounding.add(sums[i], values.votes[tree], values.single);
        return;
      }
      int from = outcome * values.width;
      for (int i = 0; i < values.width; i++) {
        sums[at + i] = Rounding.add(sums[at + i], values.byOutcome[from + i], values.single);
      }
    }

    /** Makes a row's result of the sums at {@code r}, which lie {@code stride} apart. */
    private void finish(int r, int stride, int row, Prediction out) {
      switch (values.kind) {
        case NUMBERS ->
            out.numbers[row] =
                Double.isNaN(values.divisor)
                    ? sums[r]
                    : Rounding.divide(sums[r], values.divisor, values.single);
        case SHARES, VOTES -> label(r, stride, row, out);
      }
    }

    private void label(int r, int stride, int row, Prediction out) {
      boolean votes = values.kind == ForestValues.Kind.VOTES;
      int best = 0;
      double total = 0;
      boolean tie = false;
      for (int i = 0; i < values.width; i++) {
        double sum = sums[i * stride + r];
        double most = sums[best * stride + r];
        total = Rounding.add(total, sum, values.single);
        tie = sum > most ? false : tie || (i > 0 && sum == most);
        best = sum > most ? i : best;
      }
      out.labels[row] = best;
      if (votes && tie) {
        Bits.set(redo, row); // who voted first is not counted here
      }
      if (out.probabilities != null) {
        double divisor = votes ? total : values.divisor;
        for (int i = 0; i < values.width; i++) {
          out.probabilities[i][row] = Rounding.divide(sums[i * stride + r], divisor, values.single);
        }
      }
    }

    /** Takes back what is missing, and leaves to the plan in words what was not decided. */
    private void settle(Frame frame, long[] active, Prediction out) {
      boolean any = false;
      for (int w = 0; w < frame.words(); w++) {
        long all = Masks.word(active, w, frame.rows());
        if (missingIsMissing) {
          out.missing[w] = none[w] & all;
        } else {
          redo[w] |= none[w];
        }
        redo[w] &= all;
        any |= redo[w] != 0;
        for (long m = out.missing[w]; m != 0; m &= m - 1) {
          out.withdraw((w << 6) + Long.numberOfTrailingZeros(m));
        }
      }
      if (any) {
        if (rest == null) {
          rest = words.scorer();
          spare = new Prediction(words.shape(), frame.capacity());
        }
        rest.score(frame, redo, spare);
        spare.copyTo(out, redo, frame.words());
      }
    }
  }
}
