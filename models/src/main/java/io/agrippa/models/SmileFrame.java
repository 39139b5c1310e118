package io.agrippa.models;

import java.util.ArrayList;
import java.util.List;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
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
   * Rows to predict. The target stands in the frame, because formulas want it, but is not looked
   * at.
   */
  static DataFrame of(Samples samples) {
    return frame(samples, DoubleVector.of("target", new double[samples.rows()]));
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
