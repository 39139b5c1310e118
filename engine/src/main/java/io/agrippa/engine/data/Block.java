package io.agrippa.engine.data;

import java.util.List;

/**
 * Some consecutive rows of a dataset in columns.
 *
 * @param schema names and types of the columns
 * @param rows number of rows, 0 to {@link #MAX_ROWS}
 * @param columns one column a field of the schema, each at least {@code rows} long
 * @param problems rows that could not be scored, ascending by row; empty for blocks that were only
 *     read
 */
public record Block(Schema schema, int rows, List<Column> columns, List<RowProblem> problems) {
  /**
   * Rows of a full block: small enough that a dozen columns stay in a core's second-level cache.
   */
  public static final int MAX_ROWS = 4096;

  public Block {
    columns = List.copyOf(columns);
    problems = List.copyOf(problems);
    if (rows < 0 || rows > MAX_ROWS) {
      throw new IllegalArgumentException("a block has 0 to " + MAX_ROWS + " rows, not " + rows);
    }
    if (columns.size() != schema.size()) {
      throw new IllegalArgumentException(columns.size() + " columns for the schema " + schema);
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!schema.field(i).type().column().isInstance(columns.get(i))) {
        throw new IllegalArgumentException(
            "field %s is a %s but its column is a %s"
                .formatted(
                    schema.field(i).name(),
                    schema.field(i).type(),
                    columns.get(i).getClass().getSimpleName()));
      }
    }
  }

  /** A block without problems. */
  public Block(Schema schema, int rows, List<Column> columns) {
    this(schema, rows, columns, List.of());
  }

  /** The column at a position. */
  public Column column(int index) {
    return columns.get(index);
  }

  /** The first {@code count} rows of this block. */
  public Block first(int count) {
    if (count < 0 || count > rows) {
      throw new IllegalArgumentException("the first " + count + " of " + rows + " rows");
    }
    if (count == rows) {
      return this;
    }
    return new Block(
        schema,
        count,
        columns.stream().map(column -> first(column, count)).toList(),
        problems.stream().filter(problem -> problem.row() < count).toList());
  }

  private static Column first(Column column, int count) {
    if (column instanceof LongColumn longs) {
      return new LongColumn(
          longs.values(), Bits.first(longs.missing(), count), longs.malformed().first(count));
    }
    if (column instanceof DoubleColumn doubles) {
      return new DoubleColumn(
          doubles.values(), Bits.first(doubles.missing(), count), doubles.malformed().first(count));
    }
    return column; // codes and byte strings behind the last row are undefined anyway
  }
}
