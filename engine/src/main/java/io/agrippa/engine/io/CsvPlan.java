package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What to make of the fields of one CSV file: shared by its partitions.
 *
 * @param file name of the file, for messages
 * @param delimiter what stands between fields
 * @param columns the file's columns in its order
 * @param schema what the blocks hold
 * @param sources for each field of the schema, the column of the file
 * @param missing texts of missing values
 * @param dictionaries for each field of the schema, the dictionary of its texts
 */
record CsvPlan(
    String file,
    char delimiter,
    List<String> columns,
    Schema schema,
    List<Integer> sources,
    MissingTokens missing,
    List<SharedDictionary> dictionaries)
    implements TextPlan {

  @Override
  public BlockReader open(TextPartition partition, InputStream text) {
    return new CsvBlockReader(this, partition, text);
  }

  /** A plan for a file with these columns; fails where a wanted one is not among them. */
  static CsvPlan of(
      String file,
      char delimiter,
      List<String> columns,
      Schema wanted,
      MissingTokens missing,
      List<SharedDictionary> dictionaries)
      throws IOException {
    List<Integer> sources = new ArrayList<>();
    for (Field field : wanted.fields()) {
      int source = columns.indexOf(field.name());
      if (source < 0) {
        throw new IOException(
            "%s has no column \"%s\"; its columns are %s"
                .formatted(file, field.name(), Names.list(columns)));
      }
      sources.add(source);
    }
    return new CsvPlan(
        file, delimiter, columns, wanted, List.copyOf(sources), missing, dictionaries);
  }

  /** New cells for a reader, one a field of the schema. */
  CsvCells[] cells() {
    CsvCells[] cells = new CsvCells[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CsvCells.of(schema.field(i).type(), dictionaries.get(i));
    }
    return cells;
  }

  /** For each column of the file the cells that want it. */
  CsvCells[][] targets(CsvCells[] cells) {
    CsvCells[][] targets = new CsvCells[columns.size()][];
    for (int column = 0; column < targets.length; column++) {
      List<CsvCells> wanting = new ArrayList<>();
      for (int i = 0; i < cells.length; i++) {
        if (sources.get(i) == column) {
          wanting.add(cells[i]);
        }
      }
      targets[column] = wanting.toArray(CsvCells[]::new);
    }
    return targets;
  }
}
