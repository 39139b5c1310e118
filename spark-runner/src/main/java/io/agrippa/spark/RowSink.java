package io.agrippa.spark;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Hands scored blocks on as rows of Spark, whose values stand as {@link SparkTypes} carries them,
 * one block at a time. For one thread.
 */
final class RowSink implements BlockSink {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private Block block; // whose rows are taken

  private record Whole(Block block) implements Encoded {}

  /** The columns as Spark has them. */
  static StructType structure(Schema schema) {
    List<StructField> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      fields.add(new StructField(field.name(), dataType(field.type()), true, Metadata.empty()));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static DataType dataType(Type type) {
    if (type instanceof Type.Timestamp timestamp && timestamp.clock() == Type.Clock.UTC) {
      return DataTypes.TimestampType;
    }
    return type instanceof Type.Decimal decimal
        ? new DecimalType(decimal.precision(), decimal.scale())
        : SparkTypes.dataType(type);
  }

  /** Rows that sinks have handed on, as a DataFrame. */
  static Dataset<Row> frame(SparkSession session, JavaRDD<Row> rows, Schema schema) {
    StructType structure = structure(schema);
    List<StructField> carried = new ArrayList<>();
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    for (StructField field : structure.fields()) {
      String position = "c" + carried.size(); // names may hold what is syntax
      DataType type = SparkTypes.carried(field.dataType());
      carried.add(new StructField(position, type, true, Metadata.empty()));
      columns.add(SparkTypes.restore(functions.col(position), field.dataType()).as(field.name()));
    }
    return session
        .createDataFrame(rows, new StructType(carried.toArray(StructField[]::new)))
        .select(columns.toArray(org.apache.spark.sql.Column[]::new));
  }

  @Override
  public Encoded encode(Block scored) throws IOException {
    for (int i = 0; i < scored.schema().size(); i++) {
      Column column = scored.column(i);
      Malformed malformed =
          column instanceof LongColumn longs
              ? longs.malformed()
              : column instanceof DoubleColumn doubles ? doubles.malformed() : Malformed.NONE;
      if (malformed.first(scored.rows()).size() > 0) {
        throw new IOException(
            "column \"%s\" has \"%s\", which is no %s; keep the column as a string, or write CSV"
                .formatted(
                    scored.schema().field(i).name(),
                    malformed.text(0),
                    scored.schema().field(i).type()));
      }
    }
    return new Whole(scored);
  }

  @Override
  public void append(Encoded encoded) {
    block = ((Whole) encoded).block();
  }

  @Override
  public void commit() {}

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {}

  /** The value of a row as it is carried; null where missing. */
  private static Object value(Type type, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof BinaryColumn binary) {
      byte[] bytes = binary.values()[row];
      return type instanceof Type.Decimal decimal
          ? new BigDecimal(new BigInteger(bytes), decimal.scale())
          : bytes;
    }
    if (type instanceof Type.Timestamp timestamp) {
      return timestamp(timestamp, ((LongColumn) column).values()[row]);
    }
    if (type instanceof Type.Time time) {
      long steps = ((LongColumn) column).values()[row];
      return LocalTime.ofNanoOfDay(steps * (NANOS_PER_SECOND / time.unit().perSecond()));
    }
    return SparkTypes.value(type, column, row);
  }

  /** Spark keeps microseconds. */
  private static Object timestamp(Type.Timestamp type, long steps) {
    long perSecond = type.unit().perSecond();
    if (type.clock() == Type.Clock.UTC) {
      return perSecond > MICROS_PER_SECOND
          ? (Object) Math.floorDiv(steps, perSecond / MICROS_PER_SECOND)
          : (Object) Math.multiplyExact(steps, MICROS_PER_SECOND / perSecond);
    }
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(steps, perSecond),
        (int) (Math.floorMod(steps, perSecond) * (NANOS_PER_SECOND / perSecond)),
        ZoneOffset.UTC);
  }

  /** Takes the rows of a sink, block after block. */
  static final class Taken implements Iterator<Row> {
    private final RowSink sink;
    private final BooleanSupplier next;
    private boolean ended;
    private int row;

    /**
     * @param next has the next block appended; false where there is none any more, and is not asked
     *     again
     */
    Taken(RowSink sink, BooleanSupplier next) {
      this.sink = sink;
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      while (!ended && (sink.block == null || row == sink.block.rows())) {
        sink.block = null;
        row = 0;
        ended = !next.getAsBoolean();
      }
      return !ended;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row is left");
      }
      Block block = sink.block;
      Object[] values = new Object[block.schema().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(block.schema().field(i).type(), block.column(i), row);
      }
      row++;
      return RowFactory.create(values);
    }
  }
}
