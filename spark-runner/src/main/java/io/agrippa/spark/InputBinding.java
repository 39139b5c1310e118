package io.agrippa.spark;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where a model finds what it reads.
 *
 * @param columns what blocks hold of it: the names that the model reads, those that there are
 * @param positions where these stand in the data
 */
record InputBinding(Schema columns, List<Integer> positions) {
  /**
   * Finds the columns that a model reads.
   *
   * @param place what to call the model in messages
   * @throws IllegalArgumentException if a column is absent and the check strict, there twice, or of
   *     a type that no model reads
   */
  static InputBinding of(
      String place, List<String> reads, SchemaCheck check, StructType schema, ColumnNames names) {
    List<Field> columns = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String name : reads) {
      int position = names.indexOf(name);
      if (position < 0) {
        absent.add(name);
      } else {
        columns.add(new Field(name, type(place, schema.fields()[position])));
        positions.add(position);
      }
    }
    if (!absent.isEmpty() && check == SchemaCheck.STRICT) {
      throw new IllegalArgumentException(
          "%s reads %s, which the data does not have; rename or add a column, say what the data calls it when the model is loaded, or check leniently, so that absent columns are missing values. The data has %s"
              .formatted(place, ColumnNames.quoted(absent), names));
    }
    return new InputBinding(new Schema(columns), List.copyOf(positions));
  }

  private static Type type(String place, StructField field) {
    return SparkTypes.type(field.dataType())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s reads \"%s\", but the column is of type %s; models read numbers, decimals, strings, booleans, dates and timestamps: cast it or take it apart"
                        .formatted(place, field.name(), field.dataType().sql())));
  }
}
