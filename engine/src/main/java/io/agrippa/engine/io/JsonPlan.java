package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What to make of the records of one file of JSON Lines: shared by its partitions.
 *
 * @param schema what the blocks hold
 * @param dictionaries for each field of the schema, the dictionary of its texts
 */
record JsonPlan(String file, Schema schema, List<SharedDictionary> dictionaries)
    implements TextPlan {

  @Override
  public BlockReader open(TextPartition partition, InputStream text) throws IOException {
    return new JsonBlockReader(this, partition, text);
  }

  /** New cells for a reader, one a field of the schema. */
  CsvCells[] cells() {
    CsvCells[] cells = new CsvCells[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CsvCells.of(schema.field(i).type(), dictionaries.get(i));
    }
    return cells;
  }
}
