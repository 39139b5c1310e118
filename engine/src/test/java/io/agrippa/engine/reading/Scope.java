package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Field Scope: what a model sees of one row. A name is looked for in the MiningSchema, then among
 * the local derived fields, then among what earlier segments gave, then among the derived fields of
 * the document.
 */
final class Scope {
  private final Document document;
  private final Model model;
  private final ModelFrame frame;
  private final Scope parent;
  private final Map<String, Object> row;
  private final Map<String, Variable> given = new HashMap<>();
  private final Map<String, Variable> known = new HashMap<>();

  /** The scope of a model at the top. */
  Scope(Document document, Model model, Map<String, Object> row) {
    this(document, model, null, row);
  }

  private Scope(Document document, Model model, Scope parent, Map<String, Object> row) {
    this.document = document;
    this.model = model;
    frame = model.frame();
    this.parent = parent;
    this.row = row;
  }

  /** The scope of a segment's model. */
  Scope nested(Model inner) {
    return new Scope(document, inner, this, row);
  }

  Model model() {
    return model;
  }

  ModelFrame frame() {
    return frame;
  }

  /** The enclosing model's scope, or null. */
  Scope parent() {
    return parent;
  }

  /** Makes a result of a segment known to those behind it. */
  void give(String name, Variable variable) {
    given.put(name, variable);
  }

  Variable field(String name) {
    Variable variable = known.get(name);
    if (variable == null) {
      variable = find(name);
      known.put(name, variable);
    }
    return variable;
  }

  private Variable find(String name) {
    MiningField mined = mined(name);
    if (mined != null) {
      return enter(mined);
    }
    for (DerivedField derived : frame.localTransformations()) {
      if (derived.name().equals(name)) {
        return derive(derived);
      }
    }
    Variable variable = given.get(name);
    if (variable != null) {
      return variable;
    }
    DerivedField global = global(name);
    if (global == null) {
      throw new IllegalArgumentException("unknown field " + name);
    }
    return deriveGlobal(global);
  }

  private MiningField mined(String name) {
    for (MiningField field : frame.miningSchema()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  List<DefineFunction> functions() {
    return document.functions();
  }

  DataField dataField(String name) {
    for (DataField field : document.dataDictionary()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private DerivedField global(String name) {
    for (DerivedField field : document.derivedFields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /** A field on its way through the MiningSchema. */
  private Variable enter(MiningField field) {
    DataField dataField = dataField(field.name());
    if (parent == null) {
      if (dataField == null) {
        return deriveGlobal(global(field.name()));
      }
      Variable type = typeOf(dataField, field.opType());
      return type.with(Treatments.treat(row.get(field.name()), type.type(), dataField, field));
    }
    Variable outer = parent.handDown(field.name());
    if (!Treatments.isAnew(field, outer)) {
      return outer;
    }
    if (dataField != null && dataField.dataType().equals(outer.type())) {
      Variable type = typeOf(dataField, field.opType() == null ? outer.opType() : field.opType());
      return type.with(Treatments.treat(outer.value(), type.type(), dataField, field));
    }
    OpType opType = field.opType() == null ? outer.opType() : field.opType();
    Object value = Treatments.treat(outer.value(), outer.type(), null, field);
    return new Variable(outer.type(), opType, outer.order(), value);
  }

  /** A field as the models within see it. */
  private Variable handDown(String name) {
    boolean isHere =
        parent == null
            || mined(name) != null
            || given.containsKey(name)
            || frame.localTransformations().stream().anyMatch(d -> d.name().equals(name));
    return isHere ? field(name) : parent.handDown(name);
  }

  /** The type of a data field, without a value. */
  private static Variable typeOf(DataField field, OpType override) {
    OpType opType = override == null ? field.opType() : override;
    return new Variable(field.dataType(), opType, order(opType, field.values()), null);
  }

  private static List<String> order(OpType opType, List<Value> values) {
    return opType == OpType.ORDINAL
        ? values.stream()
            .filter(value -> value.property() == Value.Property.VALID)
            .map(Value::value)
            .toList()
        : List.of();
  }

  private Variable derive(DerivedField field) {
    return derived(field, Expressions.value(field.expression(), document.functions(), this::field));
  }

  /** A derived field of the document sees no model's own fields, only data as it entered them. */
  private Variable deriveGlobal(DerivedField field) {
    return derived(
        field, Expressions.value(field.expression(), document.functions(), this::globalName));
  }

  private Variable globalName(String name) {
    DerivedField global = dataField(name) == null ? global(name) : null;
    return global != null ? deriveGlobal(global) : entered(name);
  }

  /** A data field as the nearest model takes it that lists it. */
  private Variable entered(String name) {
    return mined(name) != null || parent == null ? field(name) : parent.entered(name);
  }

  private static Variable derived(DerivedField field, Object value) {
    return new Variable(
        field.dataType(),
        field.opType(),
        order(field.opType(), field.values()),
        Values.cast(value, field.dataType()));
  }
}
