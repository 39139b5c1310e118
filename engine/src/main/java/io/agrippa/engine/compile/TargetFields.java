package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a model predicts. */
final class TargetFields {
  private TargetFields() {}

  /** What the scope's model predicts; see {@link Scope#target}. */
  static Scope.TargetField of(ModelScope scope) {
    Scope.TargetField own = declared(scope);
    if (own != null) {
      return own;
    }
    if (scope.frame().function() == ModelFrame.Function.CLASSIFICATION) {
      for (ModelScope outer = scope.parent(); outer != null; outer = outer.parent()) {
        Scope.TargetField target =
            outer.frame().function() == ModelFrame.Function.CLASSIFICATION
                    && !areSeveral(outer.frame())
                ? declared(outer)
                : null;
        if (target != null) {
          return new Scope.TargetField(null, target.type(), target.values());
        }
      }
    }
    FieldType type =
        switch (scope.frame().function()) {
          case REGRESSION, TIME_SERIES ->
              new FieldType(
                  scope.frame().arithmetic() == ModelFrame.Arithmetic.FLOAT
                      ? DataType.FLOAT
                      : DataType.DOUBLE,
                  OpType.CONTINUOUS);
          case CLASSIFICATION, CLUSTERING, ASSOCIATION_RULES, SEQUENCES, MIXED ->
              new FieldType(DataType.STRING, OpType.CATEGORICAL);
        };
    return new Scope.TargetField(null, type, List.of());
  }

  /** Whether a model has more than one target, as chains for several targets do. */
  static boolean areSeveral(ModelFrame frame) {
    return frame.miningSchema().stream()
            .filter(field -> field.usageType() == MiningField.UsageType.TARGET)
            .count()
        > 1;
  }

  private static Scope.TargetField declared(ModelScope scope) {
    MiningField found = null;
    for (MiningField field : scope.frame().miningSchema()) {
      if (field.usageType() == MiningField.UsageType.TARGET) {
        if (found != null) {
          throw scope.error(
              field.line(),
              "\"%s\" is a second target beside \"%s\"; a model with several targets is not supported, keep one"
                  .formatted(field.name(), found.name()));
        }
        found = field;
      }
    }
    return found == null ? null : declared(scope, found);
  }

  private static Scope.TargetField declared(ModelScope scope, MiningField field) {
    DataField dataField = scope.builder().dataField(field.name());
    if (dataField == null) {
      throw scope.error(
          field.line(),
          "the target \"" + field.name() + "\" is not in the DataDictionary; declare it");
    }
    OpType opType = field.opType();
    for (Target target : scope.frame().targets()) {
      if (field.name().equals(target.field()) && target.opType() != null) {
        opType = target.opType();
      }
    }
    List<String> values = new ArrayList<>();
    for (Value value : dataField.values()) {
      if (value.property() == Value.Property.VALID) {
        values.add(Literals.canonical(value.value(), dataField.dataType()));
      }
    }
    return new Scope.TargetField(
        field.name(), ModelScope.typeOf(dataField, opType), values.stream().distinct().toList());
  }
}
