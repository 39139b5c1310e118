package io.agrippa.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.data.vector.BaseVector;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

/**
 * Rows in Smile's form. Columns are named by position: Smile's formulas give some characters a
 * meaning.
 */
final class SmileFrame {
  /** Predicts the target from all features. */
  static final Formula FORMULA = Formula.lhs("target");

  private SmileFrame() {}

  /**
   * Rows to predict, by their number: safe for use by many threads. Each is an array, which Smile
   * reads in half the time of a row of a frame. The target stands in them, because formulas want
   * it, but is not looked at.
   */
  static IntFunction<Tuple> rows(Samples samples) {
    int features = samples.features().size();
    StructType schema =
        frame(samples, DoubleVector.of("target", new double[samples.rows()])).schema();
    return row -> {
      double[] values = new double[features + 1];
      for (int f = 0; f < features; f++) {
        values[f] =
            samples.codes()[f] != null ? samples.codes()[f][row] : samples.numbers()[f][row];
      }
      return Tuple.of(values, schema);
    };
  }

  /** Rows to learn from. */
  static DataFrame of(Samples samples, Labels labels) {
    if (labels instanceof Labels.Classes classes) {
      return frame(
          samples,
          IntVector.of(
              new StructField("target", DataTypes.IntegerType, scale(classes.levels())),
              classes.codes()));
    }
    return frame(samples, DoubleVector.of("target", ((Labels.Amounts) labels).values()));
  }

  private static DataFrame frame(Samples samples, BaseVector<?, ?, ?> target) {
    List<BaseVector<?, ?, ?>> columns = new ArrayList<>();
    for (int f = 0; f < samples.features().size(); f++) {
      String name = "f" + f;
      if (samples.features().get(f) instanceof Feature.Categorical category) {
        columns.add(
            IntVector.of(
                new StructField(name, DataTypes.IntegerType, scale(category.levels())),
                samples.codes()[f]));
      } else {
        columns.add(DoubleVector.of(name, samples.numbers()[f]));
      }
    }
    columns.add(target);
    return DataFrame.of(columns.toArray(BaseVector<?, ?, ?>[]::new));
  }

  private static NominalScale scale(List<String> levels) {
    return new NominalScale(levels);
  }
}
