package io.agrippa.models;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in memory.
 *
 * @param rows number of rows
 * @param columns the columns
 * @param seen number of rows in the data, of which these were taken
 */
record Table(int rows, List<TableColumn> columns, long seen) {
  Table {
    columns = List.copyOf(columns);
  }

  /** The column of a name that exists. */
  TableColumn column(String name) {
    for (TableColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException("there is no column " + name);
  }

  /** The rows that are marked. */
  Table keep(boolean[] marked) {
    int[] rows = IntStream.range(0, rows()).filter(row -> marked[row]).toArray();
    return rows.length == rows()
        ? this
        : new Table(rows.length, columns.stream().map(c -> c.rows(rows)).toList(), seen);
  }
}
