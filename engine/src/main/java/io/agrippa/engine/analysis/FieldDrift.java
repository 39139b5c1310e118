package io.agrippa.engine.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes how far one column has moved. */
final class FieldDrift {
  private static final int BINS = 10;
  private static final int CATEGORIES = 50;

  /** A share counts as at least this, so that an empty bin does not make the index infinite. */
  private static final double LEAST_SHARE = 1e-4;

  private final FieldSummary before;
  private final long beforeRows;
  private final FieldSummary now;
  private final long nowRows;

  private FieldDrift(FieldSummary before, long beforeRows, FieldSummary now, long nowRows) {
    this.before = before;
    this.beforeRows = beforeRows;
    this.now = now;
    this.nowRows = nowRows;
  }

  static Drift.Field between(FieldSummary before, long beforeRows, FieldSummary now, long nowRows) {
    FieldDrift drift = new FieldDrift(before, beforeRows, now, nowRows);
    boolean numbers = before.isNumeric() && now.isNumeric();
    if (!numbers && (before.isNumericType() || now.isNumericType())) {
      throw new IllegalArgumentException(
          "column \"%s\" holds numbers on one side and texts on the other; read both alike, for CSV with a schema"
              .formatted(before.field().name()));
    }
    return numbers ? drift.ofNumbers() : drift.ofTexts();
  }

  private Drift.Field ofNumbers() {
    NumberCounts one = before.numbers().counts();
    NumberCounts other = now.numbers().counts();
    Staircase first = one.staircase(other);
    Staircase second = other.staircase(one);
    List<Drift.Bin> bins = quantileBins(first, second);
    addAbsent(
        bins,
        before.absent() + before.numbers().notNumbers(),
        now.absent() + now.numbers().notNumbers());
    boolean exact = one.isExact() && other.isExact();
    return field(bins, first.distance(second), exact ? 0 : first.largestShare(second));
  }

  /** Bins between the reference's deciles, each with its upper end, by the numbers of both. */
  private List<Drift.Bin> quantileBins(Staircase first, Staircase second) {
    List<Drift.Bin> bins = new ArrayList<>();
    double[] ends = first.ends(BINS);
    for (int i = 0; i < ends.length; i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : ends[i - 1];
      double to = i == ends.length - 1 ? Double.POSITIVE_INFINITY : ends[i];
      bins.add(new Drift.Bin(label(from, to), first.between(from, to), second.between(from, to)));
    }
    return bins;
  }

  private String label(double from, double to) {
    String low = ValueText.of(before.field().type(), from);
    String high = ValueText.of(before.field().type(), to);
    if (from == Double.NEGATIVE_INFINITY) {
      return to == Double.POSITIVE_INFINITY ? "all" : "≤ " + high;
    }
    return to == Double.POSITIVE_INFINITY ? "> " + low : low + " … " + high;
  }

  private Drift.Field ofTexts() {
    Map<String, Long> after = new HashMap<>();
    now.texts().top(Integer.MAX_VALUE).forEach(text -> after.put(text.text(), text.count()));
    List<Drift.Bin> bins = new ArrayList<>();
    long restBefore = before.values();
    long restNow = now.values();
    long unseen = now.values();
    for (TextCounts.Count text : before.texts().top(Integer.MAX_VALUE)) {
      long count = after.getOrDefault(text.text(), 0L);
      unseen -= count;
      if (bins.size() < CATEGORIES) {
        bins.add(new Drift.Bin(text.text(), text.count(), count));
        restBefore -= text.count();
        restNow -= count;
      }
    }
    if (before.texts().isExact() && now.texts().isExact()) {
      addIfAny(bins, "other categories", restBefore, restNow - unseen);
      addIfAny(bins, "categories that the reference does not have", 0, unseen);
    } else {
      addIfAny(bins, "other categories, or new ones", restBefore, restNow);
    }
    addAbsent(bins, before.absent(), now.absent());
    return field(bins, Double.NaN, 0);
  }

  private static void addAbsent(List<Drift.Bin> bins, long before, long now) {
    addIfAny(bins, "no value", before, now);
  }

  private static void addIfAny(List<Drift.Bin> bins, String label, long before, long now) {
    if (before > 0 || now > 0) {
      bins.add(new Drift.Bin(label, before, now));
    }
  }

  private Drift.Field field(List<Drift.Bin> bins, double ks, double ksError) {
    double psi = beforeRows == 0 || nowRows == 0 ? Double.NaN : 0;
    for (Drift.Bin bin : bins) {
      double share = Math.max(LEAST_SHARE, bin.now() / (double) nowRows);
      double expected = Math.max(LEAST_SHARE, bin.before() / (double) beforeRows);
      psi += (share - expected) * StrictMath.log(share / expected);
    }
    return new Drift.Field(before.field().name(), before.field().type(), psi, ks, ksError, bins);
  }
}
