package io.agrippa.engine.model;

import java.util.List;

/**
 * The rows of an InlineTable by column.
 *
 * @param columns column names without prefix, in order of first appearance
 * @param rows one array a row, parallel to the columns; null where a row has no such cell
 */
public record InlineTable(List<String> columns, List<String[]> rows, int line) {
  public InlineTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
