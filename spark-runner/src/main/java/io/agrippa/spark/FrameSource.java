package io.agrippa.spark;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * A DataFrame as an input: its columns for the driver, who binds a job to them, and its partitions
 * for Spark, who deals them out. How it is cut is Spark's business.
 */
final class FrameSource implements BlockSource {
  private final String name;
  private final Dataset<Row> frame; // columns by position, as names may hold what is syntax
  private final StructField[] columns;
  private final Schema schema;

  FrameSource(String name, Dataset<Row> frame) {
    this.name = name;
    this.columns = frame.schema().fields();
    String[] positions = new String[columns.length];
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      positions[i] = position(i);
      fields.add(new Field(columns[i].name(), type(columns[i].dataType())));
    }
    this.frame = frame.toDF(positions);
    this.schema = new Schema(fields);
  }

  private static Type type(DataType of) {
    return SparkTypes.type(of).orElseGet(() -> new Type.Foreign(of.simpleString()));
  }

  private static String position(int column) {
    return "c" + column;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.empty();
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (Field field : wanted) {
      int column = column(field.name());
      if (schema.field(column).type() instanceof Type.Foreign foreign) {
        throw new IOException(
            "%s: column \"%s\" is a %s, which cannot be read; leave it out"
                .formatted(name, field.name(), foreign.description()));
      }
      fields.add(schema.field(column));
    }
    return new Columns(new Schema(fields));
  }

  private int column(String wanted) throws IOException {
    int column = schema.indexOf(wanted);
    if (column < 0) {
      throw new IOException(
          "%s has no column \"%s\"; its columns are %s"
              .formatted(name, wanted, String.join(", ", schema.names())));
    }
    return column;
  }

  /** What is read; the partitions themselves are {@link #feed}'s. */
  private record Columns(Schema schema) implements Partitions {
    @Override
    public Partition next() {
      return null;
    }

    @Override
    public void close() {}
  }

  /**
   * The partitions.
   *
   * @param read the columns to read, as {@link #read} gave them
   * @param partitioning natural, or into so many
   * @throws IllegalArgumentException if Spark cuts in no such way
   */
  Feed<Row> feed(Schema read, Partitioning partitioning) throws IOException {
    List<Column> carried = new ArrayList<>();
    for (Field field : read.fields()) {
      int column = column(field.name());
      carried.add(
          SparkTypes.carry(functions.col(position(column)), columns[column].dataType())
              .as(position(carried.size())));
    }
    JavaRDD<Row> rows = cut(frame.select(carried.toArray(Column[]::new)), partitioning).toJavaRDD();
    int count = rows.getNumPartitions();
    return new Feed<>(
        count == 0 ? null : rows,
        Collections.nCopies(count, new Feed.Cut(name, 0)),
        () -> List.of(frame.inputFiles()),
        (shared, load, elements) -> new RowBlocks(shared.columns(), elements));
  }

  private Dataset<Row> cut(Dataset<Row> rows, Partitioning partitioning) {
    if (partitioning instanceof Partitioning.Natural) {
      return rows;
    }
    if (partitioning instanceof Partitioning.Count count) {
      return count.partitions() == 1 ? rows.coalesce(1) : rows.repartition(count.partitions());
    }
    throw new IllegalArgumentException(
        "%s: Spark reads this input and cuts it; use natural or count:K instead of %s"
            .formatted(name, partitioning));
  }
}
