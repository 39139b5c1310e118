package io.agrippa.engine.data;

import java.util.Arrays;
import java.util.List;

/**
 * Some consecutive rows of a dataset in columns. The columns' arrays lie on the heap and are not
 * copied: whoever makes a block must not change them afterwards, nor may anybody who is given it.
 * There is nothing to close.
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

  /** Rows {@code from} to {@code to} − 1 of this block. */
  public Block slice(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IllegalArgumentException("rows " + from + " to " + to + " of " + rows);
    }
    if (from == 0) {
      return first(to);
    }
    return new Block(
        schema,
        to - from,
        columns.stream().map(column -> slice(column, from, to)).toList(),
        problems.stream()
            .filter(problem -> problem.row() >= from && problem.row() < to)
            .map(p -> new RowProblem(p.row() - from, p.field(), p.value(), p.reason()))
            .toList());
  }

  private static Column slice(Column column, int from, int to) {
    if (column instanceof LongColumn longs) {
      return new LongColumn(
          Arrays.copyOfRange(longs.values(), from, to),
          Bits.slice(longs.missing(), from, to),
          longs.malformed().slice(from, to));
    }
    if (column instanceof DoubleColumn doubles) {
      return new DoubleColumn(
          Arrays.copyOfRange(doubles.values(), from, to),
          Bits.slice(doubles.missing(), from, to),
          doubles.malformed().slice(from, to));
    }
    if (column instanceof StringColumn strings) {
      return new StringColumn(Arrays.copyOfRange(strings.codes(), from, to), strings.dictionary());
    }
    return new BinaryColumn(Arrays.copyOfRange(((BinaryColumn) column).values(), from, to));
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
