package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an algorithm sees of an input column: numbers or categories without missing values. It holds
 * what was learnt from the training rows, so it can be computed for other rows too, as the PMML
 * does.
 */
sealed interface Feature {
  /** The field's name in the PMML: the column's, or that of a derived field. */
  String name();

  /** The column it is computed from. */
  String column();

  /**
   * A number.
   *
   * @param derivation how it is computed from the column
   * @param replacement what stands in for a missing column: its median in the training rows for
   *     {@link Derivation#VALUE} and {@link Derivation#LOGARITHM}, else the derived value's
   */
  record Numeric(String name, String column, Derivation derivation, double replacement)
      implements Feature {
    /** The values of all rows. */
    double[] values(Table table) {
      TableColumn source = table.column(column);
      double[] raw =
          source instanceof TableColumn.Moments moments
              ? moments.seconds()
              : ((TableColumn.Numbers) source).values();
      double[] values = new double[table.rows()];
      for (int row = 0; row < values.length; row++) {
        boolean missing = Double.isNaN(raw[row]);
        values[row] =
            derivation.ofMoment()
                ? missing ? replacement : derivation.of(raw[row])
                : derivation.of(missing ? replacement : raw[row]);
      }
      return values;
    }
  }

  /**
   * A category.
   *
   * @param levels the categories of the training rows, sorted
   * @param replacement the most frequent of them, which stands in for a missing value
   */
  record Categorical(String name, DataType type, List<String> levels, String replacement)
      implements Feature {
    public Categorical {
      levels = List.copyOf(levels);
    }

    @Override
    public String column() {
      return name;
    }

    /** Index of {@link #replacement} in the levels. */
    int commonest() {
      return levels.indexOf(replacement);
    }

    /** The level of each row; the number of levels where a row's category is none of them. */
    int[] codes(Table table) {
      TableColumn.Categories source = (TableColumn.Categories) table.column(name);
      Map<String, Integer> index = new HashMap<>();
      for (String level : levels) {
        index.put(level, index.size());
      }
      int[] translation =
          source.categories().stream()
              .mapToInt(category -> index.getOrDefault(category, levels.size()))
              .toArray();
      int commonest = commonest();
      return Arrays.stream(source.codes(), 0, table.rows())
          .map(code -> code < 0 ? commonest : translation[code])
          .toArray();
    }
  }
}
