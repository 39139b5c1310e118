package io.agrippa.datasets;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Type;
import java.util.List;

/**
 * Events of keys of which few occur often: key k has a share proportional to k to the power of
 * minus the exponent.
 */
final class ZipfRecipe implements Recipe {
  private static final List<Field> FIELDS =
      List.of(
          new Field("key", Type.Scalar.LONG),
          new Field("time", new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL)),
          new Field("value", Type.Scalar.DOUBLE),
          new Field("amount", Type.Scalar.DOUBLE),
          new Field("quantity", Type.Scalar.INT));
  private static final int KEY = 0;
  private static final int TIME = 1;
  private static final int VALUE = 2;
  private static final int AMOUNT = 3;
  private static final long START = 1_704_067_200_000_000L; // 2024-01-01T00:00:00
  private static final long SECOND = 1_000_000L;

  private final long seed;
  private final AliasTable keys;

  ZipfRecipe(long seed, int keys, double exponent) {
    this.seed = seed;
    double[] weights = new double[keys];
    for (int i = 0; i < keys; i++) {
      weights[i] = StrictMath.pow(i + 1.0, -exponent);
    }
    this.keys = new AliasTable(weights);
  }

  @Override
  public List<Field> fields() {
    return FIELDS;
  }

  @Override
  public boolean optional(int field) {
    return field >= VALUE;
  }

  @Override
  public Column column(int field, long first, int rows) {
    Draws draws = new Draws(seed, field, 0);
    if (field == VALUE || field == AMOUNT) {
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        values[i] =
            field == VALUE
                ? 100 + 15 * draws.normal(first + i)
                : Math.rint(5000 * draws.skewed(first + i, 2)) / 100;
      }
      return new DoubleColumn(values, null);
    }
    long[] values = new long[rows];
    if (field == KEY) {
      Draws coin = new Draws(seed, field, 1);
      for (int i = 0; i < rows; i++) {
        values[i] = keys.draw(draws, coin, first + i) + 1L;
      }
    } else {
      for (int i = 0; i < rows; i++) {
        values[i] = field == TIME ? START + (first + i) * SECOND : 1L + draws.index(first + i, 10);
      }
    }
    return new LongColumn(values, null);
  }
}
