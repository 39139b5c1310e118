package io.agrippa.datasets;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import java.util.List;

/** What a generator makes. Immutable; safe for use by many threads. */
interface Recipe {
  /** The columns. */
  List<Field> fields();

  /** Whether values of a column may be made missing. */
  boolean optional(int field);

  /**
   * Some rows of one column, without missing values; the same rows hold the same values however
   * they are asked for.
   *
   * @param field position in {@link #fields}
   * @param first number of the first row, from 0
   * @param rows number of rows
   */
  Column column(int field, long first, int rows);
}
