package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import smile.base.cart.CART;
import smile.base.cart.InternalNode;
import smile.base.cart.Loss;
import smile.base.cart.Node;
import smile.base.cart.NominalNode;
import smile.base.cart.OrdinalNode;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;
import smile.math.MathEx;
import smile.regression.GradientTreeBoost;

class SmileFieldsTest {
  private static final StructType SCHEMA =
      DataTypes.struct(
          new StructField("x", DataTypes.DoubleType),
          new StructField("c", DataTypes.IntegerType, new NominalScale("a", "b", "d")));

  private int ordinal;
  private int nominal;

  @Test
  void splitValuesAreWhereSmileChangesItsBranch() {
    for (CART tree : boost().trees()) {
      check(tree.root());
    }
    assertThat(ordinal).isPositive();
    assertThat(nominal).isPositive();
  }

  private void check(Node node) {
    if (node instanceof OrdinalNode split) {
      ordinal++;
      double threshold = SmileFields.threshold(split);
      assertThat(split.branch(tuple(threshold, 0))).isTrue();
      assertThat(split.branch(tuple(Math.nextUp(threshold), 0))).isFalse();
    } else if (node instanceof NominalNode split) {
      nominal++;
      for (int code = 0; code < 3; code++) {
        assertThat(split.branch(tuple(0, code))).isEqualTo(code == SmileFields.category(split));
      }
    }
    if (node instanceof InternalNode split) {
      check(split.trueChild());
      check(split.falseChild());
    }
  }

  @Test
  void theStartOfBoostingIsWhatPredictionsHaveBesideTheirTrees() {
    GradientTreeBoost boost = boost();
    Tuple row = tuple(0.5, 1);
    double trees = 0;
    for (CART tree : boost.trees()) {
      trees += 0.1 * ((smile.regression.RegressionTree) tree).predict(row);
    }
    assertThat(boost.predict(frame(new double[] {0.5}, new int[] {1}, new double[1]).get(0)))
        .isCloseTo(SmileFields.start(boost) + trees, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(SmileFields.start(boost)).isNotZero();
  }

  private static GradientTreeBoost boost() {
    SplittableRandom random = new SplittableRandom(7);
    int n = 500;
    double[] x = new double[n];
    int[] c = new int[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble();
      c[i] = random.nextInt(3);
      y[i] = 3 + x[i] + (c[i] == 1 ? 2 : 0) + 0.1 * random.nextDouble();
    }
    MathEx.setSeed(7);
    return GradientTreeBoost.fit(
        SmileFrame.FORMULA, frame(x, c, y), Loss.ls(), 5, 5, 8, 5, 0.1, 0.7);
  }

  private static DataFrame frame(double[] x, int[] c, double[] y) {
    return DataFrame.of(
        DoubleVector.of("x", x), IntVector.of(SCHEMA.field(1), c), DoubleVector.of("target", y));
  }

  private static Tuple tuple(double x, int c) {
    return Tuple.of(new double[] {x, c}, SCHEMA);
  }
}
