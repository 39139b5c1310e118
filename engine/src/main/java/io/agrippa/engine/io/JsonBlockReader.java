package io.agrippa.engine.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Column;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses one partition of JSON Lines. A number, a boolean or a text becomes what its text becomes
 * in CSV, but an empty text is a value; null and an absent name are missing. For one thread at a
 * time.
 */
final class JsonBlockReader implements BlockReader {
  private final JsonPlan plan;
  private final TextPartition partition;
  private final JsonRecords records;
  private final CsvCells[] cells;
  private final Map<String, Wanted> wanted = new HashMap<>();
  private int done;

  /** A name of the records, with the cells that want its values. */
  private static final class Wanted {
    private final List<CsvCells> cells = new ArrayList<>();
    private int next; // the row that has no value yet
  }

  JsonBlockReader(JsonPlan plan, TextPartition partition, InputStream text) throws IOException {
    this.plan = plan;
    this.partition = partition;
    cells = plan.cells();
    for (int i = 0; i < cells.length; i++) {
      wanted
          .computeIfAbsent(plan.schema().field(i).name(), name -> new Wanted())
          .cells
          .add(cells[i]);
    }
    records =
        new JsonRecords(
            plan.file(), text, partition.offset(), partition.line(), partition.record());
  }

  @Override
  public Block next() throws IOException {
    int expected = Math.min(Block.MAX_ROWS, partition.records() - done);
    if (expected == 0) {
      // Lines were counted, not objects: what is left must not be lost.
      if (records.next()) {
        throw records.wrong("begins behind a carriage return; end each record with LF");
      }
      return null;
    }
    for (CsvCells column : cells) {
      column.begin(expected);
    }
    wanted.values().forEach(column -> column.next = 0);
    for (int row = 0; row < expected; row++) {
      if (!records.next()) {
        throw new IllegalStateException(
            "%s: %d records of %d were found behind line %d"
                .formatted(plan.file(), done + row, partition.records(), partition.line()));
      }
      read(row);
    }
    done += expected;
    List<Column> columns = new ArrayList<>(cells.length);
    for (CsvCells column : cells) {
      columns.add(column.end(expected));
    }
    return new Block(plan.schema(), expected, columns);
  }

  private void read(int row) throws IOException {
    for (String name = records.nextName(); name != null; name = records.nextName()) {
      JsonToken token = records.nextValue();
      Wanted column = wanted.get(name);
      if (column == null) {
        records.skip();
        continue;
      }
      if (column.next > row) {
        throw records.wrong("has \"" + name + "\" twice; name each value once");
      }
      column.next = row + 1;
      take(row, name, token, column.cells);
    }
    for (Wanted column : wanted.values()) {
      if (column.next <= row) {
        column.cells.forEach(cell -> cell.missing(row));
        column.next = row + 1;
      }
    }
  }

  private void take(int row, String name, JsonToken token, List<CsvCells> targets)
      throws IOException {
    if (token.isStructStart()) {
      throw records.wrong(
          "has %s as \"%s\", but a column holds single values; take its parts out into names of their own, or leave the column out"
              .formatted(token == JsonToken.START_ARRAY ? "a list" : "an object", name));
    }
    JsonParser json = records.json();
    for (CsvCells target : targets) {
      if (token == JsonToken.VALUE_NULL) {
        target.missing(row);
      } else {
        try {
          target.text(row, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        } catch (CsvCells.UnreadableText e) {
          IOException wrong = records.wrong("column \"%s\": %s".formatted(name, e.getMessage()));
          wrong.initCause(e);
          throw wrong;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
