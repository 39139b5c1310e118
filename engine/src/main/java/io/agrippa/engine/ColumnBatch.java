package io.agrippa.engine;

import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as plain arrays, one a column: what {@link ScoringModel#score(ColumnBatch)} takes and gives.
 *
 * <p>A column is a {@code double[]}, a {@code long[]} or a {@code String[]}, each with one value a
 * row. Whole numbers are longs; of a {@link Type.Scalar#BOOLEAN} 0 and 1, of a {@link
 * Type.Scalar#DATE} days since 1970-01-01, of times and timestamps the type's units. Dates and
 * times may be given as ISO texts too, numbers as texts. A NaN is a value, not a missing one.
 *
 * <p>Arrays are not copied, neither those that are given nor those that are handed out: a batch is
 * immutable as long as nobody changes them, and safe for use by many threads then.
 */
public final class ColumnBatch {
  private final int rows;
  private final Schema schema;
  private final List<Values> columns;
  private final List<RowProblem> problems;

  /** One column. */
  record Values(Field field, Object array, boolean[] missing) {}

  ColumnBatch(int rows, List<Values> columns, List<RowProblem> problems) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
    this.schema = new Schema(columns.stream().map(Values::field).toList());
    this.problems = List.copyOf(problems);
  }

  /**
   * Begins a batch.
   *
   * @param rows number of rows, at least 0
   */
  public static Builder ofRows(int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("a batch of " + rows + " rows; give 0 or more");
    }
    return new Builder(rows);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Names and types of the columns, in order. */
  public Schema schema() {
    return schema;
  }

  /**
   * What is wrong with rows that could not be scored, ascending by row, the first problem of each;
   * their results are missing. Empty for a batch that was not scored.
   */
  public List<RowProblem> problems() {
    return problems;
  }

  /**
   * The values of a column of real numbers, one a row; in results NaN where missing.
   *
   * @throws IllegalArgumentException if there is no such column, or it is of another type
   */
  public double[] doubles(String name) {
    return array(name, double[].class);
  }

  /**
   * The values of a column of whole numbers, booleans, dates or times, one a row; in results 0
   * where missing.
   *
   * @throws IllegalArgumentException if there is no such column, or it is of another type
   */
  public long[] longs(String name) {
    return array(name, long[].class);
  }

  /**
   * The values of a column of texts, one a row; null where missing.
   *
   * @throws IllegalArgumentException if there is no such column, or it is of another type
   */
  public String[] texts(String name) {
    return array(name, String[].class);
  }

  /**
   * Which rows of a column have no value; a new array.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public boolean[] missing(String name) {
    Values values = column(name);
    boolean[] missing =
        values.missing() == null ? new boolean[rows] : Arrays.copyOf(values.missing(), rows);
    if (values.array() instanceof String[] texts) {
      for (int row = 0; row < rows; row++) {
        missing[row] |= texts[row] == null;
      }
    }
    return missing;
  }

  private <T> T array(String name, Class<T> type) {
    Values values = column(name);
    if (!type.isInstance(values.array())) {
      throw new IllegalArgumentException(
          "the column \"%s\" is of type %s, so its values are a %s and not a %s"
              .formatted(
                  name,
                  TypeText.of(values.field().type()),
                  values.array().getClass().getSimpleName(),
                  type.getSimpleName()));
    }
    return type.cast(values.array());
  }

  private Values column(String name) {
    int position = schema.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "the batch has no column \"%s\"; it has %s"
              .formatted(name, String.join(", ", schema.names())));
    }
    return columns.get(position);
  }

  Values column(int position) {
    return columns.get(position);
  }

  /** Takes columns. For one thread at a time. */
  public static final class Builder {
    private final int rows;
    private final Map<String, Values> columns = new LinkedHashMap<>();

    private Builder(int rows) {
      this.rows = rows;
    }

    /** Adds a column of real numbers, none of them missing. */
    public Builder doubles(String name, double[] values) {
      return doubles(name, values, null);
    }

    /**
     * Adds a column of real numbers.
     *
     * @param missing which rows have no value, or null where none is missing
     */
    public Builder doubles(String name, double[] values, boolean[] missing) {
      return add(new Values(new Field(name, Type.Scalar.DOUBLE), values, missing), values.length);
    }

    /** Adds a column of whole numbers, none of them missing. */
    public Builder longs(String name, long[] values) {
      return longs(name, values, null);
    }

    /**
     * Adds a column of whole numbers.
     *
     * @param missing which rows have no value, or null where none is missing
     */
    public Builder longs(String name, long[] values, boolean[] missing) {
      return longs(new Field(name, Type.Scalar.LONG), values, missing);
    }

    /**
     * Adds a column of whole numbers, booleans, dates or times.
     *
     * @param field its name and what the numbers mean
     * @param missing which rows have no value, or null where none is missing
     */
    public Builder longs(Field field, long[] values, boolean[] missing) {
      if (field.type().column() != LongColumn.class) {
        throw new IllegalArgumentException(
            "the column \"%s\" is of type %s, whose values are no longs; give them as %s"
                .formatted(
                    field.name(),
                    TypeText.of(field.type()),
                    field.type().column() == DoubleColumn.class
                        ? "doubles"
                        : field.type().column() == StringColumn.class ? "texts" : "numbers"));
      }
      return add(new Values(field, values, missing), values.length);
    }

    /** Adds a column of texts; null where missing. */
    public Builder texts(String name, String[] values) {
      return add(new Values(new Field(name, Type.Scalar.STRING), values, null), values.length);
    }

    private Builder add(Values column, int length) {
      String name = column.field().name();
      if (length != rows) {
        throw new IllegalArgumentException(
            "the column \"%s\" has %d values, but the batch has %d rows"
                .formatted(name, length, rows));
      }
      if (column.missing() != null && column.missing().length != rows) {
        throw new IllegalArgumentException(
            "the column \"%s\" has a mask of %d rows, but the batch has %d"
                .formatted(name, column.missing().length, rows));
      }
      if (columns.putIfAbsent(name, column) != null) {
        throw new IllegalArgumentException(
            "the column \"" + name + "\" is given twice; give it once");
      }
      return this;
    }

    /** The batch of what was added. */
    public ColumnBatch build() {
      return new ColumnBatch(rows, new ArrayList<>(columns.values()), List.of());
    }
  }
}
