package io.agrippa.engine.data;

import java.util.Objects;

/** A named, typed column of a {@link Schema}. */
public record Field(String name, Type type) {
  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
