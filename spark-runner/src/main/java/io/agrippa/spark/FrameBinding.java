package io.agrippa.spark;

import static org.apache.spark.sql.functions.col;

import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A model bound to the columns of a DataFrame. Within, columns go by their position, because their
 * names may hold what Spark reads as syntax.
 */
final class FrameBinding {
  private final StructType schema;
  private final ModelUse use;
  private final List<Integer> sources; // columns of the DataFrame that are carried
  private final int[] read; // among them, those that the model reads
  private final int[] kept; // among them, those that are kept
  private final StructType output;

  private FrameBinding(
      StructType schema,
      ModelUse use,
      List<Integer> sources,
      int[] read,
      int[] kept,
      StructType output) {
    this.schema = schema;
    this.use = use;
    this.sources = sources;
    this.read = read;
    this.kept = kept;
    this.output = output;
  }

  /**
   * Binds a model.
   *
   * @param place what to call the model in messages
   * @param names the columns of the schema
   * @throws IllegalArgumentException if it does not fit; the message names the column
   */
  static FrameBinding of(
      String place,
      ScoringModel model,
      ScoringOptions options,
      StructType schema,
      ColumnNames names) {
    Map<Integer, Integer> sources = new LinkedHashMap<>(); // by column: where it is carried
    InputBinding inputs = InputBinding.of(place, model.reads(), options.check(), schema, names);
    int[] read = inputs.positions().stream().mapToInt(at -> position(sources, at)).toArray();
    BlockOperator operator =
        model.operator(inputs.columns(), AbsentColumns.TAKE_AS_MISSING, options.rowPolicy());
    requireIndependent(place, operator);
    List<StructField> fields = new ArrayList<>();
    List<Integer> keptColumns = keptColumns(options, names);
    keptColumns.forEach(column -> fields.add(schema.fields()[column]));
    for (Field result : operator.output().fields()) {
      String name = options.prefix() + result.name();
      requireFree(name, fields.subList(0, keptColumns.size()), names);
      fields.add(new StructField(name, SparkTypes.dataType(result.type()), true, Metadata.empty()));
    }
    int[] kept = keptColumns.stream().mapToInt(at -> position(sources, at)).toArray();
    return new FrameBinding(
        schema,
        ModelUse.of(options, inputs.columns()),
        List.copyOf(sources.keySet()),
        read,
        kept,
        new StructType(fields.toArray(StructField[]::new)));
  }

  /**
   * Refuses models that compute from other rows.
   *
   * @throws IllegalArgumentException if it is one
   */
  static void requireIndependent(String place, BlockOperator operator) {
    if (!(operator.dependency() instanceof RowDependency.None)) {
      throw new IllegalArgumentException(
          place
              + ": the model computes from "
              + operator.dependency().words()
              + ", but the rows of a DataFrame have no order;"
              + " score a file in a job, with a partitioning by key");
    }
  }

  private static int position(Map<Integer, Integer> sources, int column) {
    return sources.computeIfAbsent(column, c -> sources.size());
  }

  private static List<Integer> keptColumns(ScoringOptions options, ColumnNames names) {
    if (options.kept().isEmpty()) {
      return IntStream.range(0, names.names().size()).boxed().toList();
    }
    List<Integer> columns = new ArrayList<>();
    for (String name : options.kept().get()) {
      int column = names.indexOf(name);
      if (column < 0) {
        throw new IllegalArgumentException(
            "the column \"%s\" is to be kept, but the DataFrame has %s; correct the name"
                .formatted(name, names));
      }
      if (columns.contains(column)) {
        throw new IllegalArgumentException(
            "the column \"%s\" is to be kept twice; name it once".formatted(name));
      }
      columns.add(column);
    }
    return columns;
  }

  private static void requireFree(String result, List<StructField> kept, ColumnNames names) {
    for (StructField field : kept) {
      if (names.same(field.name(), result)) {
        throw new IllegalArgumentException(
            "the kept column \"%s\" and the model's result \"%s\" would have the same name; give the results a prefix, keep other columns, or rename one of them"
                .formatted(field.name(), result));
      }
    }
  }

  /** The columns that scoring makes. */
  StructType output() {
    return output;
  }

  Dataset<Row> apply(Dataset<Row> rows, Broadcast<SharedModel> shared) {
    Dataset<Row> numbered =
        rows.toDF(
            IntStream.range(0, schema.size())
                .mapToObj(FrameBinding::column)
                .toArray(String[]::new));
    Column[] carried =
        sources.stream()
            .map(
                at ->
                    SparkTypes.carry(col(column(at)), schema.fields()[at].dataType())
                        .as(column(at)))
            .toArray(Column[]::new);
    Dataset<Row> scored =
        numbered
            .select(carried)
            .mapPartitions(new RowScoring(shared, use, read, kept), Encoders.row(carriedOutput()));
    Column[] restored = new Column[output.size()];
    for (int i = 0; i < restored.length; i++) {
      StructField field = output.fields()[i];
      // The metadata holds, among others, a stream's watermark.
      restored[i] =
          SparkTypes.restore(col(column(i)), field.dataType()).as(field.name(), field.metadata());
    }
    return scored.select(restored);
  }

  private StructType carriedOutput() {
    StructField[] fields = new StructField[output.size()];
    for (int i = 0; i < fields.length; i++) {
      StructField field = output.fields()[i];
      DataType carried = SparkTypes.carried(field.dataType());
      fields[i] = new StructField(column(i), carried, field.nullable(), Metadata.empty());
    }
    return new StructType(fields);
  }

  private static String column(int position) {
    return "c" + position;
  }
}
