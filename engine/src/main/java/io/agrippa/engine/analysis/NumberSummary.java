package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What is known of some numbers. NaN and infinities are counted apart and left out of moments. */
final class NumberSummary {
  private static final List<Double> SHARES =
      List.of(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99);

  private final Moments moments;
  private final NumberCounts counts; // infinities too
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long notNumbers;
  private long infinities;

  NumberSummary() {
    this(new Moments(), new NumberCounts());
  }

  private NumberSummary(Moments moments, NumberCounts counts) {
    this.moments = moments;
    this.counts = counts;
  }

  void add(double value) {
    if (Double.isNaN(value)) {
      notNumbers++;
      return;
    }
    if (Double.isInfinite(value)) {
      infinities++;
    } else {
      moments.add(value);
    }
    addToOrder(value);
  }

  /** Sums are exact; order and counts take what is beyond 2^53 as the nearest double. */
  void add(long value) {
    moments.add(value);
    addToOrder((double) value);
  }

  private void addToOrder(double value) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    counts.add(value);
  }

  void merge(NumberSummary other) {
    moments.merge(other.moments);
    counts.merge(other.counts);
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    notNumbers += other.notNumbers;
    infinities += other.infinities;
  }

  Moments moments() {
    return moments;
  }

  NumberCounts counts() {
    return counts;
  }

  /** The least number, infinities included; NaN of nothing. */
  double least() {
    return isEmpty() ? Double.NaN : least + 0.0; // −0.0 is 0.0
  }

  /** The greatest number, infinities included; NaN of nothing. */
  double greatest() {
    return isEmpty() ? Double.NaN : greatest + 0.0;
  }

  private boolean isEmpty() {
    return moments.count() + infinities == 0;
  }

  long notNumbers() {
    return notNumbers;
  }

  long infinities() {
    return infinities;
  }

  /** Numbers, infinities included and NaN not. */
  long count() {
    return moments.count() + infinities;
  }

  /** What is told of them. */
  Profile.Numbers profile() {
    Staircase stairs = counts.staircase();
    double low = least();
    double high = greatest();
    return new Profile.Numbers(
        count(),
        notNumbers,
        infinities,
        low,
        high,
        moments.mean(),
        moments.variance(),
        SHARES.stream()
            .map(
                share ->
                    new Profile.Quantile(
                        share, Math.max(low, Math.min(high, stairs.quantile(share)))))
            .toList(),
        counts.relativeError());
  }

  void write(DataOutput out) throws IOException {
    moments.write(out);
    counts.write(out);
    out.writeDouble(least + 0.0);
    out.writeDouble(greatest + 0.0);
    out.writeLong(notNumbers);
    out.writeLong(infinities);
  }

  static NumberSummary read(DataInput in) throws IOException {
    NumberSummary summary = new NumberSummary(Moments.read(in), NumberCounts.read(in));
    summary.least = in.readDouble();
    summary.greatest = in.readDouble();
    summary.notNumbers = in.readLong();
    summary.infinities = in.readLong();
    return summary;
  }
}
