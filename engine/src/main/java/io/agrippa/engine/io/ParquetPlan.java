package io.agrippa.engine.io;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What to read of one Parquet file: shared by its partitions.
 *
 * @param file the file
 * @param schema what the blocks hold
 * @param columns the columns to read, each once
 * @param sources for each field of the schema, the position of its column in {@code columns}
 * @param strings for each field of the schema, the dictionary of texts that no dictionary of the
 *     file holds
 * @param dictionaries for each field of the schema, the last dictionaries of the file
 * @param budget what all readers of the dataset hold
 */
record ParquetPlan(
    ParquetFile file,
    Schema schema,
    List<ParquetColumn> columns,
    List<Integer> sources,
    List<SharedDictionary> strings,
    List<DictionaryCache> dictionaries,
    HeapBudget budget) {

  /**
   * The types that a file holds for the wanted columns; fails where one is not there or cannot be
   * read.
   */
  static Schema schema(ParquetFile file, List<Field> wanted) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (Field field : wanted) {
      ParquetColumn column = file.column(field.name());
      if (column == null) {
        throw new IOException(
            "%s has no column \"%s\"; its columns are %s"
                .formatted(file.path(), field.name(), Names.list(file.names())));
      }
      if (column.type() instanceof Type.Foreign foreign) {
        throw new IOException(
            "%s: column \"%s\" holds %s, which cannot be read; leave it out, or flatten it first"
                .formatted(file.path(), field.name(), foreign.description()));
      }
      fields.add(new Field(field.name(), column.type()));
    }
    return new Schema(fields);
  }

  /** A plan for a file that has these columns with these types. */
  static ParquetPlan of(
      ParquetFile file,
      Schema schema,
      List<SharedDictionary> strings,
      List<DictionaryCache> dictionaries,
      HeapBudget budget) {
    List<ParquetColumn> columns = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    for (Field field : schema.fields()) {
      ParquetColumn column = file.column(field.name());
      if (!columns.contains(column)) {
        columns.add(column);
      }
      sources.add(columns.indexOf(column));
    }
    return new ParquetPlan(
        file, schema, List.copyOf(columns), List.copyOf(sources), strings, dictionaries, budget);
  }
}
