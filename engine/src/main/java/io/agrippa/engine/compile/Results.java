package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OutputField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which results of a model become columns, in order: the target under its name; what the segments
 * of a chain or selection hand on; the model's Output fields. Of the same name the Output field
 * wins. A model without a target field gives its prediction as {@link #SYNTHETIC_TARGET}, unless an
 * Output field has it. Output fields with {@code isFinalResult="false"} are no columns.
 *
 * @param slots parallel to {@code fields}
 */
record Results(List<ResultField> fields, List<FieldHandle> slots) {
  /** Name of the result of a model that names no target. */
  static final String SYNTHETIC_TARGET = "_target";

  /** Which Output fields are columns. */
  enum Extent {
    /** Those that the document calls final. */
    FINAL,
    /** All. */
    ALL
  }

  static Results of(ModelPlan plan, OutputPlan outputs, Extent extent) {
    List<ResultField> fields = new ArrayList<>();
    List<FieldHandle> slots = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    boolean hasPrediction = false;
    for (OutputPlan.Output output : outputs.fields()) {
      if (extent == Extent.ALL || output.field().finalResult()) {
        taken.add(output.handle().name());
        hasPrediction |= output.field().feature().equals("predictedValue");
      }
    }
    for (FieldHandle handle : plan.results()) {
      hasPrediction |= handle.name().equals(plan.shape().targetField());
    }
    FieldHandle predicted = outputs.predicted();
    String target = plan.shape().targetField();
    if (predicted == null) {
      hasPrediction = true;
    } else if (target != null ? taken.add(target) : !hasPrediction && taken.add(SYNTHETIC_TARGET)) {
      String name = target == null ? SYNTHETIC_TARGET : target;
      fields.add(field(name, predicted.type(), "predictedValue", null, ResultField.Origin.TARGET));
      slots.add(predicted);
    }
    for (FieldHandle handle : plan.results()) {
      if (taken.add(handle.name())) {
        fields.add(field(handle.name(), handle.type(), null, null, ResultField.Origin.OUTPUT));
        slots.add(handle);
      }
    }
    for (OutputPlan.Output output : outputs.fields()) {
      OutputField field = output.field();
      if (extent == Extent.ALL || field.finalResult()) {
        fields.add(
            field(
                field.name(),
                output.handle().type(),
                field.feature(),
                field.value(),
                ResultField.Origin.OUTPUT));
        slots.add(output.handle());
      }
    }
    return new Results(List.copyOf(fields), List.copyOf(slots));
  }

  /** Those of these names, in this order. */
  Results select(List<String> names, String place) {
    List<String> known = fields.stream().map(ResultField::name).toList();
    List<ResultField> chosen = new ArrayList<>();
    List<FieldHandle> handles = new ArrayList<>();
    for (String name : names) {
      int index = known.indexOf(name);
      if (index < 0) {
        throw new ModelException(
            place,
            0,
            "the model gives no result \"%s\"; it gives %s"
                .formatted(name, String.join(", ", known)));
      }
      chosen.add(fields.get(index));
      handles.add(slots.get(index));
    }
    return new Results(List.copyOf(chosen), List.copyOf(handles));
  }

  private static ResultField field(
      String name, FieldType type, String feature, String value, ResultField.Origin origin) {
    return new ResultField(
        name, type.dataType(), type.opType(), columnType(type.dataType()), feature, value, origin);
  }

  /** The column type that carries values of a PMML type. */
  static Type columnType(DataType type) {
    return switch (type.kind()) {
      case STRING -> Type.Scalar.STRING;
      case INTEGER -> Type.Scalar.INT;
      case FLOAT -> Type.Scalar.FLOAT;
      case DOUBLE -> Type.Scalar.DOUBLE;
      case BOOLEAN -> Type.Scalar.BOOLEAN;
      case DATE -> Type.Scalar.DATE;
      case TIME -> new Type.Time(Type.Unit.MICROS);
      case DATE_TIME -> new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
      case DATE_DAYS_SINCE, TIME_SECONDS, DATE_TIME_SECONDS_SINCE -> Type.Scalar.LONG;
    };
  }
}
