package io.agrippa.engine.compile;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.model.ModelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds a compiled model to the columns of a schema. */
final class ColumnBinding {
  private final CompiledModel model;
  private final Schema columns;

  ColumnBinding(CompiledModel model, Schema columns) {
    this.model = model;
    this.columns = columns;
  }

  ModelOperator bind(List<String> kept, AbsentColumns absent) {
    List<Inputs.Source> sources = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (InputSpec spec : model.specs()) {
      int column = columns.indexOf(spec.field().name());
      if (column < 0) {
        missing.add(spec.field().name());
        sources.add(new Inputs.Source(spec, -1, null, null));
      } else {
        Type type = columns.field(column).type();
        sources.add(new Inputs.Source(spec, column, type, conversion(spec, type)));
      }
    }
    if (!missing.isEmpty() && absent == AbsentColumns.REFUSE) {
      throw new ModelException(
          model.place(),
          0,
          "the data has no column %s, which the model reads; rename or add it. The model reads %s; the data has %s"
              .formatted(
                  quoted(missing),
                  quoted(model.specs().stream().map(spec -> spec.field().name()).toList()),
                  quoted(columns.names())));
    }
    List<Integer> keptColumns = keptColumns(kept);
    List<Field> fields = new ArrayList<>();
    keptColumns.forEach(column -> fields.add(columns.field(column)));
    model.results().forEach(result -> fields.add(new Field(result.name(), result.type())));
    return new ModelOperator(
        model, new Inputs(sources, model.taken()), keptColumns, new Schema(fields));
  }

  private Conversion conversion(InputSpec spec, Type type) {
    boolean text = spec.type().isText();
    Optional<Conversion> conversion =
        text ? Optional.empty() : Conversion.of(type, spec.type().dataType());
    if (text ? type == Type.Scalar.BINARY : conversion.isEmpty()) {
      throw new ModelException(
          model.place(),
          spec.field().line(),
          "field \"%s\" is of type %s, but the data's column is of type %s; convert the column to %s"
              .formatted(
                  spec.field().name(),
                  spec.type().dataType(),
                  name(type),
                  name(Results.columnType(spec.type().dataType()))));
    }
    return conversion.orElse(null);
  }

  private static String name(Type type) {
    return TypeText.of(type);
  }

  private List<Integer> keptColumns(List<String> kept) {
    Set<String> seen = new HashSet<>();
    List<Integer> positions = new ArrayList<>();
    for (String name : kept) {
      int column = columns.names().lastIndexOf(name);
      if (column < 0) {
        throw new ModelException(
            model.place(),
            0,
            "the column \"%s\" is to be kept, but the data has %s; correct the name"
                .formatted(name, quoted(columns.names())));
      }
      if (!seen.add(name)) {
        throw new ModelException(
            model.place(), 0, "the column \"" + name + "\" is to be kept twice; name it once");
      }
      positions.add(column);
    }
    return positions;
  }

  private static String quoted(List<String> names) {
    int shown = Math.min(names.size(), 50);
    String list = "\"" + String.join("\", \"", names.subList(0, shown)) + "\"";
    return names.isEmpty()
        ? "no columns"
        : shown == names.size() ? list : list + " and " + (names.size() - shown) + " more";
  }
}
