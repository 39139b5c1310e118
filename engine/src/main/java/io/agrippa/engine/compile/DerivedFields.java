package io.agrippa.engine.compile;

import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles derived fields into slots. Used by one thread. */
final class DerivedFields {
  private static final String SUBJECT = "element DerivedField";

  private final PlanBuilder builder;
  private final Map<String, DerivedField> global = new LinkedHashMap<>();
  private final Map<String, Set<String>> inputs = new HashMap<>(); // by name of a global one
  private final List<DerivedField> open = new ArrayList<>(); // in order of nesting

  DerivedFields(PlanBuilder builder) {
    this.builder = builder;
    for (DerivedField field : builder.document().derivedFields()) {
      if (global.putIfAbsent(field.name(), field) != null) {
        builder.complain(
            SUBJECT,
            builder.error(
                field.line(),
                "DerivedField \"" + field.name() + "\" is defined twice; remove one of them"));
      }
    }
  }

  /** Whether the TransformationDictionary defines a field of this name. */
  boolean isGlobal(String name) {
    return global.containsKey(name);
  }

  /** The slot of a local derived field, compiled for this scope. */
  FieldHandle local(DerivedField field, ModelScope scope) {
    return compile(field, (name, line) -> slot(scope.field(name, line)));
  }

  /**
   * The slot of the global derived field of this name as this scope sees it, or null if there is
   * none.
   */
  FieldHandle global(String name, ModelScope scope) {
    DerivedField field = global.get(name);
    if (field == null) {
      return null;
    }
    return builder.isSurvey()
        ? builder.part(SUBJECT, () -> global(field, scope), () -> unusable(field))
        : global(field, scope);
  }

  private FieldHandle global(DerivedField field, ModelScope scope) {
    record Key(String derived, List<Integer> inputSlots) {}
    List<Integer> slots = new ArrayList<>();
    for (String input : inputs(field)) {
      slots.add(builder.isSurvey() ? slotIfKnown(input, scope) : slot(input, field, scope));
    }
    Key key = new Key(field.name(), slots);
    FieldHandle known = builder.interned(key);
    return known != null
        ? known
        : builder.intern(key, compile(field, (n, line) -> slot(globalName(n, line, scope))));
  }

  private static int slot(String input, DerivedField field, ModelScope scope) {
    return scope.dataField(input, field.line()).slot();
  }

  /** In a survey, an input that is not known is complained about where the expression names it. */
  private static int slotIfKnown(String input, ModelScope scope) {
    try {
      return scope.dataField(input, 0).slot();
    } catch (ModelException e) {
      return -1;
    }
  }

  /** A global derived field sees data fields and global derived fields, nothing of a model. */
  private FieldHandle globalName(String name, int line, ModelScope scope) {
    if (builder.dataField(name) == null && global.containsKey(name)) {
      return global(name, scope);
    }
    return scope.dataField(name, line);
  }

  /** The data fields that a global derived field depends on. */
  private Set<String> inputs(DerivedField field) {
    Set<String> known = inputs.get(field.name());
    if (known == null) {
      known = new LinkedHashSet<>();
      enter(field);
      try {
        for (String name : FieldNames.of(field.expression())) {
          if (builder.dataField(name) == null && global.containsKey(name)) {
            known.addAll(inputs(global.get(name)));
          } else {
            known.add(name);
          }
        }
      } finally {
        leave();
      }
      inputs.put(field.name(), known);
    }
    return known;
  }

  private static Node slot(FieldHandle handle) {
    return new SlotNode(handle, handle.type());
  }

  private FieldHandle compile(DerivedField field, ExpressionCompiler.Names names) {
    return builder.isSurvey()
        ? builder.part(SUBJECT, () -> compiled(field, names), () -> unusable(field))
        : compiled(field, names);
  }

  private FieldHandle compiled(DerivedField field, ExpressionCompiler.Names names) {
    ExpressionCompiler compiler =
        new ExpressionCompiler(
            builder, names, "DerivedField \"" + field.name() + "\"", field.name());
    enter(field);
    try {
      FieldType type = orderedAsReferred(field, typeOf(field), names);
      Node node = compiler.compile(field.expression(), type);
      FieldHandle handle =
          new FieldHandle(field.name(), type, builder.slot(node::evaluate, compiler.lateness()));
      builder.trace(new TracedField.Derived(handle, field.line()));
      return handle;
    } finally {
      leave();
    }
  }

  /** Stands in a survey for a field with which something is wrong. */
  private FieldHandle unusable(DerivedField field) {
    return new FieldHandle(field.name(), typeOf(field), builder.slot(null));
  }

  /** An ordinal field that but refers to another, and lists no values, has that one's order. */
  private static FieldType orderedAsReferred(
      DerivedField field, FieldType type, ExpressionCompiler.Names names) {
    if (type.opType() == OpType.ORDINAL
        && type.order().isEmpty()
        && field.expression() instanceof Expression.FieldRef ref) {
      FieldType referred = names.node(ref.field(), ref.line()).type();
      if (referred.dataType().equals(type.dataType())) {
        return new FieldType(type.dataType(), type.opType(), referred.order());
      }
    }
    return type;
  }

  private static FieldType typeOf(DerivedField field) {
    List<String> order = new ArrayList<>();
    if (field.opType() == OpType.ORDINAL) {
      for (Value value : field.values()) {
        if (value.property() == Value.Property.VALID) {
          order.add(value.value());
        }
      }
    }
    return new FieldType(field.dataType(), field.opType(), order);
  }

  /** Notes that a field's definition is being looked at; refuses one that is looked at already. */
  private void enter(DerivedField field) {
    int first = 0;
    while (first < open.size() && !isSame(open.get(first), field)) {
      first++;
    }
    List<DerivedField> cycle = List.copyOf(open.subList(first, open.size()));
    if (cycle.isEmpty()) {
      open.add(field);
      return;
    }
    String names =
        cycle.stream()
            .map(f -> "\"" + f.name() + "\" (line " + f.line() + ")")
            .collect(Collectors.joining(", "));
    throw builder.error(
        field.line(),
        cycle.size() == 1
            ? "DerivedField " + names + " is defined by itself; use another field in its expression"
            : "the DerivedFields " + names + " are defined by each other; break the cycle");
  }

  private static boolean isSame(DerivedField a, DerivedField b) {
    return a.line() == b.line() && a.name().equals(b.name());
  }

  private void leave() {
    open.remove(open.size() - 1);
  }
}
