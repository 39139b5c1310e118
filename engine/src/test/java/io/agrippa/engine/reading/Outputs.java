package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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
    return new Variable(type, opType, List.of(), Values.cast(value, type));
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
      case "predictedValue" -> Models.typed(ranked(field), row);
      case "predictedDisplayValue" -> display(ranked(field));
      case "probability" -> share(score.probabilities(), field);
      case "confidence" -> share(score.sureness(), field);
      case "entityId" -> score.isMissing() ? null : score.entity();
      case "transformedValue", "decision" ->
          Expressions.value(field.expression(), row.functions(), this::named);
      default -> throw new UnsupportedOperationException("no reading of " + field.feature());
    };
  }

  /** The prediction, or the category of a rank by falling probability, as categories are named. */
  private Object ranked(OutputField field) {
    if (field.rank() == 1 || score.isMissing() || score.value() instanceof Double) {
      return score.value();
    }
    if (score.probabilities() == null) {
      return null;
    }
    List<Object> categories = new ArrayList<>(Categories.of(row.model(), row));
    categories.sort(
        Comparator.comparingDouble(category -> -score.probabilities().getOrDefault(category, 0.0)));
    return field.rank() > categories.size() ? null : categories.get(field.rank() - 1);
  }

  /** What the Target, then the DataField, says that a category is shown as; else its text. */
  private Object display(Object value) {
    if (value == null || row.frame().function() != ModelFrame.Function.CLASSIFICATION) {
      return Models.typed(value, row);
    }
    Category category = Category.of(row);
    Target target = Targets.of(row.frame(), category.name());
    if (target != null) {
      for (Target.TargetValue shown : target.values()) {
        if (shown.displayValue() != null && category.of(shown.value()).equals(value)) {
          return shown.displayValue();
        }
      }
    }
    DataField data = category.name() == null ? null : row.dataField(category.name());
    if (data != null) {
      for (Value shown : data.values()) {
        if (shown.displayValue() != null && category.of(shown.value()).equals(value)) {
          return shown.displayValue();
        }
      }
    }
    return Values.text(value);
  }

  private Variable named(String name) {
    return done.containsKey(name) ? done.get(name) : row.field(name);
  }

  /** Of the category that is asked for (0 where the model does not know it), else the winner. */
  private Double share(Map<Object, Double> shares, OutputField field) {
    if (score.isMissing() || shares == null) {
      return null;
    }
    Object asked = field.value() == null ? ranked(field) : Category.of(row).of(field.value());
    if (asked == null) {
      return null;
    }
    return shares.getOrDefault(asked, 0.0);
  }
}
