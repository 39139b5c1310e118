package io.agrippa.engine.compile;

import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compiles derived fields into slots. Used by one thread. */
final class DerivedFields {
  private final PlanBuilder builder;
  private final Map<String, DerivedField> global = new LinkedHashMap<>();
  private final Map<DerivedField, Set<String>> inputs = new HashMap<>();

  DerivedFields(PlanBuilder builder) {
    this.builder = builder;
    for (DerivedField field : builder.document().derivedFields()) {
      if (global.putIfAbsent(field.name(), field) != null) {
        throw builder.error(
            field.line(),
            "DerivedField \"" + field.name() + "\" is defined twice; remove one of them");
      }
    }
    checkCycles(global.values(), name -> builder.dataField(name) != null);
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
    record Key(DerivedField field, List<Integer> inputSlots) {}
    List<Integer> slots = new ArrayList<>();
    for (String input : inputs(field)) {
      slots.add(scope.dataField(input, field.line()).slot());
    }
    Key key = new Key(field, slots);
    FieldHandle known = builder.interned(key);
    return known != null
        ? known
        : builder.intern(key, compile(field, (n, line) -> slot(globalName(n, line, scope))));
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
    Set<String> known = inputs.get(field);
    if (known == null) {
      known = new LinkedHashSet<>();
      for (String name : FieldNames.of(field.expression())) {
        if (builder.dataField(name) == null && global.containsKey(name)) {
          known.addAll(inputs(global.get(name)));
        } else {
          known.add(name);
        }
      }
      inputs.put(field, known);
    }
    return known;
  }

  private static Node slot(FieldHandle handle) {
    return new SlotNode(handle, handle.type());
  }

  private FieldHandle compile(DerivedField field, ExpressionCompiler.Names names) {
    FieldType type = typeOf(field);
    Node node =
        new ExpressionCompiler(
                builder, names, "DerivedField \"" + field.name() + "\"", field.name())
            .compile(field.expression(), type);
    return new FieldHandle(field.name(), type, builder.slot(node::evaluate));
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

  /**
   * Refuses derived fields that are defined by each other.
   *
   * @param shadowed names that mean something else than a derived field
   */
  void checkCycles(Collection<DerivedField> fields, Predicate<String> shadowed) {
    Map<String, DerivedField> byName = new LinkedHashMap<>();
    for (DerivedField field : fields) {
      if (!shadowed.test(field.name())) {
        byName.put(field.name(), field);
      }
    }
    Set<String> done = new LinkedHashSet<>();
    for (DerivedField field : byName.values()) {
      visit(field, byName, new LinkedHashMap<>(), done);
    }
  }

  private void visit(
      DerivedField field,
      Map<String, DerivedField> byName,
      Map<String, DerivedField> path,
      Set<String> done) {
    if (done.contains(field.name())) {
      return;
    }
    if (path.put(field.name(), field) != null) {
      List<DerivedField> cycle = new ArrayList<>(path.values());
      cycle = cycle.subList(new ArrayList<>(path.keySet()).indexOf(field.name()), cycle.size());
      String names =
          cycle.stream()
              .map(f -> "\"" + f.name() + "\" (line " + f.line() + ")")
              .collect(Collectors.joining(", "));
      throw builder.error(
          field.line(),
          cycle.size() == 1
              ? "DerivedField "
                  + names
                  + " is defined by itself; use another field in its expression"
              : "the DerivedFields " + names + " are defined by each other; break the cycle");
    }
    for (String name : FieldNames.of(field.expression())) {
      DerivedField next = byName.get(name);
      if (next != null) {
        visit(next, byName, path, done);
      }
    }
    path.remove(field.name());
    done.add(field.name());
  }
}
