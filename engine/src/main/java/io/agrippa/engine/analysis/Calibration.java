package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Rows, positives and exact sums of probabilities in ten bins of the probability. */
final class Calibration {
  private static final int BINS = 10;

  private final long[] rows = new long[BINS];
  private final long[] positives = new long[BINS];
  private final ExactSum[] sums = new ExactSum[BINS];

  Calibration() {
    for (int i = 0; i < BINS; i++) {
      sums[i] = new ExactSum();
    }
  }

  void add(double probability, boolean positive) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    rows[bin]++;
    positives[bin] += positive ? 1 : 0;
    sums[bin].add(probability);
  }

  void merge(Calibration other) {
    for (int i = 0; i < BINS; i++) {
      rows[i] += other.rows[i];
      positives[i] += other.positives[i];
      sums[i].merge(other.sums[i]);
    }
  }

  /** The bins that have rows. */
  List<Evaluation.CalibrationBin> bins() {
    List<Evaluation.CalibrationBin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (rows[i] > 0) {
        bins.add(
            new Evaluation.CalibrationBin(
                i / (double) BINS,
                (i + 1) / (double) BINS,
                rows[i],
                Moments.ratio(sums[i].value(), BigDecimal.valueOf(rows[i])),
                positives[i] / (double) rows[i]));
      }
    }
    return bins;
  }

  /** The expected calibration error; NaN of no rows. */
  double error() {
    BigDecimal distances = BigDecimal.ZERO;
    long all = 0;
    for (int i = 0; i < BINS; i++) {
      distances = distances.add(sums[i].value().subtract(BigDecimal.valueOf(positives[i])).abs());
      all += rows[i];
    }
    return all == 0 ? Double.NaN : Moments.ratio(distances, BigDecimal.valueOf(all));
  }

  void write(DataOutput out) throws IOException {
    for (int i = 0; i < BINS; i++) {
      out.writeLong(rows[i]);
      out.writeLong(positives[i]);
      sums[i].write(out);
    }
  }

  static Calibration read(DataInput in) throws IOException {
    Calibration read = new Calibration();
    for (int i = 0; i < BINS; i++) {
      read.rows[i] = in.readLong();
      read.positives[i] = in.readLong();
      read.sums[i] = ExactSum.read(in);
    }
    return read;
  }
}
