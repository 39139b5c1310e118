package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up the terms of a RegressionTable for one row and writes them down. */
final class TermTrace {
  private final FeatureReader in;
  private final Features features;
  private final int row;
  private final boolean single;
  private final List<Trace.Term> terms = new ArrayList<>();
  private double sum;

  TermTrace(FeatureReader in, Features features, int row, boolean single) {
    this.in = in;
    this.features = features;
    this.row = row;
    this.single = single;
  }

  String name(int feature) {
    return features.field(feature).name();
  }

  boolean isMissing(int feature) {
    return Bits.get(in.missing[feature], row);
  }

  /** The number of a field as the arithmetic takes it; NaN where missing. */
  double number(int feature) {
    return isMissing(feature) ? Double.NaN : Rounding.round(raw(feature), single);
  }

  /** The number of a field as it is. */
  double raw(int feature) {
    return in.numbers[feature][row];
  }

  /** The class of a text; −1 where missing. */
  int textClass(int feature) {
    return in.codes[feature][row] < 0 ? -1 : in.textClass(feature, row);
  }

  /** Adds a term. */
  void add(String what, int[] fields, double coefficient, double contribution) {
    List<Optional<Object>> values = new ArrayList<>();
    for (int feature : fields) {
      values.add(value(feature));
    }
    terms.add(new Trace.Term(what, values, coefficient, contribution));
    sum = Rounding.add(sum, contribution, single);
  }

  private Optional<Object> value(int feature) {
    if (isMissing(feature)) {
      return Optional.empty();
    }
    return Optional.of(
        features.field(feature).type().isText()
            ? in.dictionaries[feature].value(in.codes[feature][row])
            : (Object) raw(feature));
  }

  double sum() {
    return sum;
  }

  List<Trace.Term> terms() {
    return terms;
  }
}
