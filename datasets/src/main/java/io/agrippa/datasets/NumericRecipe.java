package io.agrippa.datasets;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Standard normal numbers in columns {@code x1}, {@code x2} …, rounded to four decimals so that
 * they are short as text.
 */
final class NumericRecipe implements Recipe {
  private final List<Field> fields;
  private final long seed;

  NumericRecipe(long seed, int columns) {
    this.seed = seed;
    fields =
        IntStream.rangeClosed(1, columns)
            .mapToObj(i -> new Field("x" + i, Type.Scalar.DOUBLE))
            .toList();
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean optional(int field) {
    return true;
  }

  @Override
  public Column column(int field, long first, int rows) {
    Draws draws = new Draws(seed, field, 0);
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = Math.rint(draws.normal(first + i) * 1e4) / 1e4;
    }
    return new DoubleColumn(values, null);
  }
}
