package io.agrippa.engine.pmml;

import io.agrippa.engine.model.InlineTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads inline tables, whose cells are elements of any name and prefix. */
final class TableReader {
  private final Cursor cursor;

  TableReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The InlineTable at whose start the cursor stands. */
  InlineTable read() {
    int line = cursor.line();
    Map<String, Integer> columns = new LinkedHashMap<>();
    List<String[]> rows = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("row")) {
        throw cursor.unexpected();
      }
      rows.add(row(columns));
    }
    rows.replaceAll(row -> row.length == columns.size() ? row : Arrays.copyOf(row, columns.size()));
    return new InlineTable(List.copyOf(columns.keySet()), rows, line);
  }

  private String[] row(Map<String, Integer> columns) {
    String[] row = new String[columns.size()];
    while (cursor.nextCell()) {
      String name = cursor.name();
      Integer column = columns.putIfAbsent(name, columns.size());
      if (column == null) {
        column = columns.size() - 1;
        row = Arrays.copyOf(row, columns.size());
      }
      if (row[column] != null) {
        throw cursor.error("a row has two cells of column " + name + "; remove one");
      }
      row[column] = cursor.cellText();
    }
    return row;
  }

  /** A reference to a column as the table names it: without the prefix that converters write. */
  static String column(String reference) {
    return reference.substring(reference.indexOf(':') + 1);
  }
}
