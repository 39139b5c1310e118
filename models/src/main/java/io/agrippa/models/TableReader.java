package io.agrippa.models;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** Reads the wanted columns of some rows of a source into memory. */
final class TableReader {
  private final TrainingData data;
  private final List<String> names;
  private final List<String> categories;

  /**
   * A reader of these columns.
   *
   * @param names the wanted columns
   * @param categories those of them that hold whole numbers to be taken as categories
   */
  TableReader(TrainingData data, List<String> names, List<String> categories) {
    this.data = data;
    this.names = List.copyOf(names);
    this.categories = List.copyOf(categories);
  }

  /**
   * Reads rows in order.
   *
   * @param wanted whether the row at a position, from 0, is wanted
   * @throws TrainingException if a column does not exist or cannot be learnt from
   */
  Table read(LongPredicate wanted) throws IOException {
    BlockSource source = data.source();
    Schema schema = source.schema();
    List<Field> fields = new ArrayList<>();
    List<ColumnBuilder> builders = new ArrayList<>();
    for (String name : names) {
      Field field = schema.field(index(schema, name));
      fields.add(field);
      builders.add(ColumnBuilder.of(field, categories.contains(name), data));
    }
    long seen = 0;
    int rows = 0;
    try (Partitions partitions = source.read(fields, new Partitioning.Natural())) {
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        try (BlockReader reader = p.open()) {
          for (Block block = reader.next(); block != null; block = reader.next()) {
            int[] taken = taken(block.rows(), seen, wanted);
            for (int c = 0; c < builders.size(); c++) {
              builders.get(c).add(block.column(c), taken, seen);
            }
            rows = Math.addExact(rows, taken.length);
            seen += block.rows();
          }
        }
      }
    }
    return new Table(rows, builders.stream().map(ColumnBuilder::build).toList(), seen);
  }

  private int index(Schema schema, String name) {
    int index = schema.indexOf(name);
    if (index < 0) {
      throw new TrainingException(
          "%s: there is no column \"%s\"; its columns are %s"
              .formatted(data.name(), name, String.join(", ", schema.names())));
    }
    return index;
  }

  private static int[] taken(int rows, long first, LongPredicate wanted) {
    int[] taken = new int[rows];
    int n = 0;
    for (int row = 0; row < rows; row++) {
      if (wanted.test(first + row)) {
        taken[n++] = row;
      }
    }
    return Arrays.copyOf(taken, n);
  }
}
