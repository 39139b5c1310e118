package io.agrippa.datasets;

import java.util.List;

/** The values that a column takes, as computed from the file. */
public sealed interface Domain {

  /**
   * Numbers and times between two bounds, both of which occur.
   *
   * @param least the least value as text: a number, or a date and time as in ISO 8601
   * @param greatest the greatest value as text
   */
  record Range(String least, String greatest) implements Domain {}

  /**
   * Texts of a closed list.
   *
   * @param order whether the list goes from one end to the other
   * @param categories every value, also those that the documentation names but no row has
   */
  record Categories(Order order, List<Category> categories) implements Domain {
    public Categories {
      categories = List.copyOf(categories);
    }
  }

  /**
   * Texts that tell rows apart.
   *
   * @param distinct number of different values
   */
  record Identifiers(long distinct) implements Domain {}

  /** Whether categories have an order. */
  enum Order {
    /** They have none. */
    NOMINAL,
    /** They are listed from one end to the other. */
    ORDINAL
  }

  /**
   * A value of a list.
   *
   * @param value the text in the file
   * @param meaning what it stands for; empty where the text says it itself
   * @param count number of rows
   */
  record Category(String value, String meaning, long count) {}
}
