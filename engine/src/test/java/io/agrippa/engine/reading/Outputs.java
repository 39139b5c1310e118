package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import java.util.LinkedHashMap;
import java.util.Map;

/** Output: the fields that a model hands out, in document order; later ones see earlier ones. */
final class Outputs {
  private final Score score;
  private final Scope row;
  private final Map<String, Variable> done = new LinkedHashMap<>();

  private Outputs(Score score, Scope row) {
    this.score = score;
    this.row = row;
  }

  /** The Output fields of the scope's model by name. */
  static Map<String, Variable> of(Score score, Scope row) {
    Outputs outputs = new Outputs(score, row);
    for (OutputField field : row.frame().output()) {
      outputs.done.put(field.name(), outputs.field(field));
    }
    return outputs.done;
  }

  private Variable field(OutputField field) {
    Object value = value(field);
    DataType type = field.dataType() == null ? typeOf(value) : field.dataType();
    OpType opType =
        field.opType() != null
            ? field.opType()
            : type.isNumeric() ? OpType.CONTINUOUS : OpType.CATEGORICAL;
    return new Variable(type, opType, java.util.List.of(), Values.cast(value, type));
  }

  private static DataType typeOf(Object value) {
    return value instanceof Double
        ? DataType.DOUBLE
        : value instanceof Float
            ? DataType.FLOAT
            : value instanceof Integer
                ? DataType.INTEGER
                : value instanceof Boolean ? DataType.BOOLEAN : DataType.STRING;
  }

  private Object value(OutputField field) {
    return switch (field.feature()) {
      case "predictedValue" -> Models.typed(score.value(), row);
      case "probability" -> share(score.probabilities(), field);
      case "confidence" -> share(score.sureness(), field);
      case "entityId" -> score.isMissing() ? null : score.entity();
      case "transformedValue" -> Expressions.value(field.expression(), this::named);
      default -> throw new UnsupportedOperationException("no reading of " + field.feature());
    };
  }

  private Variable named(String name) {
    return done.containsKey(name) ? done.get(name) : row.field(name);
  }

  /** Of the category that is asked for (0 where the model does not know it), else the winner. */
  private Double share(Map<Object, Double> shares, OutputField field) {
    if (score.isMissing() || shares == null) {
      return null;
    }
    Object asked = field.value() == null ? score.value() : Category.of(row).of(field.value());
    return shares.getOrDefault(asked, 0.0);
  }
}
