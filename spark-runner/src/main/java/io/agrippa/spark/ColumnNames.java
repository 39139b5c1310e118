package io.agrippa.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a DataFrame by name, as its session takes names. Immutable.
 *
 * @param exact whether the session tells names of different case apart
 */
record ColumnNames(List<String> names, boolean exact) {
  static ColumnNames of(SparkSession session, StructType schema) {
    return new ColumnNames(
        List.of(schema.fieldNames()),
        Boolean.parseBoolean(session.conf().get("spark.sql.caseSensitive", "false")));
  }

  /** Whether the session takes two names for the same. */
  boolean same(String one, String other) {
    return exact ? one.equals(other) : one.equalsIgnoreCase(other);
  }

  /**
   * The position of a column, or −1 where there is none. The very name goes before one of other
   * case.
   *
   * @throws IllegalArgumentException if there are several
   */
  int indexOf(String name) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        found.add(i);
      }
    }
    for (int i = 0; i < names.size() && !exact; i++) {
      if (names.get(i).equalsIgnoreCase(name) && !names.contains(name)) {
        found.add(i);
      }
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "the DataFrame has %d columns \"%s\"; rename or drop all but one"
              .formatted(found.size(), name));
    }
    return found.isEmpty() ? -1 : found.get(0);
  }

  @Override
  public String toString() {
    return names.isEmpty() ? "no columns" : quoted(names);
  }

  static String quoted(List<String> names) {
    return "\"" + String.join("\", \"", names) + "\"";
  }
}
