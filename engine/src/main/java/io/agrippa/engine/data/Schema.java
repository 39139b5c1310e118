package io.agrippa.engine.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The ordered columns of a dataset or block. A name may occur more than once: a column that a model
 * reads as a number and that the user keeps as text is read twice.
 */
public record Schema(List<Field> fields) {
  public Schema {
    fields = List.copyOf(fields);
  }

  /** Number of columns. */
  public int size() {
    return fields.size();
  }

  /** The field at a position. */
  public Field field(int index) {
    return fields.get(index);
  }

  /** The position of the first column of this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a column of this name exists. */
  public boolean contains(String name) {
    return indexOf(name) >= 0;
  }

  /** The names in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  @Override
  public String toString() {
    return fields.stream()
        .map(f -> f.name() + " " + f.type())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
