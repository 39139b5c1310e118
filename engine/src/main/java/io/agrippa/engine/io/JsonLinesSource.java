package io.agrippa.engine.io;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files of JSON Lines, or one stream of them. A name that a record does not have is a missing
 * value, as null is; so a file may lack a column altogether.
 */
final class JsonLinesSource extends TextSource {
  private final Map<String, Type> types;
  private Schema schema; // null until somebody asks

  /**
   * A source.
   *
   * @param types types of columns by name; others are read as strings
   * @throws IOException if the parser is not on the class path
   */
  JsonLinesSource(String name, List<? extends TextInput> inputs, Map<String, Type> types)
      throws IOException {
    super(name, inputs);
    this.types = types;
    Libraries.require("com.fasterxml.jackson.core.JsonParser", "jackson-core", name);
  }

  /** The names at the front of the first file that has any, then those that were given a type. */
  @Override
  public synchronized Schema schema() throws IOException {
    if (schema == null) {
      schema = findSchema();
    }
    return schema;
  }

  private Schema findSchema() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (TextInput input : inputs()) {
      names.addAll(look(input, text -> ((JsonText) text).names()));
      if (!names.isEmpty()) {
        break;
      }
    }
    names.addAll(types.keySet());
    if (names.isEmpty()) {
      throw new IOException(
          name() + " has no record that names a column; give the names of the columns as a schema");
    }
    List<Field> fields = new ArrayList<>();
    for (String column : names) {
      fields.add(new Field(column, types.getOrDefault(column, Type.Scalar.STRING)));
    }
    return new Schema(fields);
  }

  @Override
  boolean everyFileHasItsColumns() {
    return false;
  }

  @Override
  CutText open(TextInput input) throws IOException {
    return JsonText.open(input);
  }

  @Override
  TextPlan plan(CutText text, Schema wanted, List<SharedDictionary> dictionaries)
      throws IOException {
    List<String> columns = schema().names();
    for (String name : wanted.names()) {
      if (!columns.contains(name)) {
        throw new IOException(
            "%s has no column \"%s\"; its columns are %s; if records further on have it, name it in a schema"
                .formatted(text.name(), name, Names.list(columns)));
      }
    }
    return new JsonPlan(text.name(), wanted, dictionaries);
  }
}
