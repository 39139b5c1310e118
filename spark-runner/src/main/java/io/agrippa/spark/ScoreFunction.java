package io.agrippa.spark;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * A model as an expression of SQL: a function of a struct. Only the fields that the model reads are
 * taken out of it, so that Spark reads no others.
 */
final class ScoreFunction {
  private ScoreFunction() {}

  /**
   * The expression of a model applied to a struct.
   *
   * @param name what queries call the function
   * @throws IllegalArgumentException if the argument is no struct, or does not fit the model; the
   *     message names the field
   */
  static Expression of(
      String name, DataFrameScorer scorer, ScoringOptions options, Expression argument) {
    if (!(argument.dataType() instanceof StructType schema)) {
      throw new IllegalArgumentException(
          "%s scores a struct, but its argument is of type %s; write struct(*), or struct(a, b) with the columns that the model reads"
              .formatted(name, argument.dataType().sql()));
    }
    ColumnNames names = ColumnNames.of(SparkSession.active(), schema);
    InputBinding inputs =
        InputBinding.of(scorer.place(), scorer.model().reads(), options.check(), schema, names);
    BlockOperator operator =
        scorer
            .model()
            .operator(inputs.columns(), AbsentColumns.TAKE_AS_MISSING, options.rowPolicy());
    FrameBinding.requireIndependent(scorer.place(), operator);
    List<StructField> fields = new ArrayList<>();
    for (Field result : operator.output().fields()) {
      fields.add(
          new StructField(
              options.prefix() + result.name(),
              SparkTypes.dataType(result.type()),
              true,
              Metadata.empty()));
    }
    StructType output = new StructType(fields.toArray(StructField[]::new));
    Expression scored =
        new ScalaUDF(
            new RecordScoring(scorer.shared(), ModelUse.of(options, inputs.columns())),
            output,
            ScalaLists.of(List.of(record(argument, schema, inputs))),
            ScalaLists.of(List.of()),
            Option.empty(),
            Option.apply(name),
            true,
            true);
    return argument.nullable()
        ? new If(new IsNull(argument), new Literal(null, output), scored)
        : scored;
  }

  /** What the model reads, as it is carried. */
  private static Expression record(Expression argument, StructType schema, InputBinding inputs) {
    List<Expression> parts = new ArrayList<>();
    for (int position : inputs.positions()) {
      Expression field = new GetStructField(argument, position, Option.empty());
      DataType type = schema.fields()[position].dataType();
      parts.add(new Literal(UTF8String.fromString("c" + parts.size() / 2), DataTypes.StringType));
      parts.add(
          type instanceof DateType
              ? new UnixDate(field)
              : type instanceof TimestampType ? new UnixMicros(field) : field);
    }
    return new CreateNamedStruct(ScalaLists.of(parts));
  }
}
