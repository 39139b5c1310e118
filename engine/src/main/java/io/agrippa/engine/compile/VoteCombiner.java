package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Arrays;

/** majorityVote and weightedMajorityVote. */
final class VoteCombiner implements Combiner {
  private final int[][] translations; // by segment: its labels as the ensemble's
  private final boolean weighted;
  private final boolean single;
  private final PredictionShape shape;
  private final double[][] votes; // by label, then row
  private double[] missing; // by row
  private final int[][] firsts; // by label, then row: the segment that first voted for it

  VoteCombiner(int[][] translations, boolean weighted, boolean single, PredictionShape shape) {
    this.translations = translations;
    this.weighted = weighted;
    this.single = single;
    this.shape = shape;
    votes = new double[shape.labels().size()][];
    firsts = new int[shape.labels().size()][];
  }

  @Override
  public void begin(Frame frame) {
    missing = missing == null ? new double[frame.capacity()] : missing;
    Arrays.fill(missing, 0, frame.rows(), 0);
    for (int label = 0; label < votes.length; label++) {
      if (votes[label] == null) {
        votes[label] = new double[frame.capacity()];
        firsts[label] = new int[frame.capacity()];
      }
      Arrays.fill(votes[label], 0, frame.rows(), 0);
      Arrays.fill(firsts[label], 0, frame.rows(), Integer.MAX_VALUE);
    }
  }

  @Override
  public void add(
      int segment, Prediction prediction, long[] rows, double weight, double[] rowWeights) {
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        int label = translations[segment][prediction.labels[row]];
        double vote =
            weighted ? Rounding.round(Combiner.weight(weight, rowWeights, row), single) : 1;
        votes[label][row] = Rounding.add(votes[label][row], vote, single);
        firsts[label][row] = Math.min(firsts[label][row], segment);
      }
    }
  }

  @Override
  public void addMissing(long[] rows, double weight) {
    double vote = weighted ? Rounding.round(weight, single) : 1;
    for (int w = 0; w < rows.length; w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        missing[row] = Rounding.add(missing[row], vote, single);
      }
    }
  }

  @Override
  public boolean missingLeads(int row) {
    for (double[] vote : votes) {
      if (vote[row] >= missing[row]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void finish(Frame frame, long[] rows, Prediction out) {
    for (int w = 0; w < frame.words(); w++) {
      for (long m = rows[w]; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        double total = 0;
        int best = 0;
        for (int label = 0; label < votes.length; label++) {
          total = Rounding.add(total, votes[label][row], single);
          best = leads(label, best, row) ? label : best;
        }
        out.labels[row] = best;
        if (total == 0) {
          Bits.set(out.missing, row);
          Bits.set(out.errors, row);
          frame.explain(row, Explain.target(shape), null, "the weights of the votes sum to 0");
        }
        if (out.probabilities != null) {
          for (int label = 0; label < votes.length; label++) {
            out.probabilities[label][row] = Rounding.divide(votes[label][row], total, single);
          }
        }
      }
    }
  }

  /** More votes win; of equally many, those that came first. */
  private boolean leads(int label, int best, int row) {
    double difference = votes[label][row] - votes[best][row];
    return difference > 0 || (difference == 0 && firsts[label][row] < firsts[best][row]);
  }
}
