package io.agrippa.engine.compile;

/**
 * An expression as PMML, together with a plain reading of what it means for one row.
 *
 * @param kind type of its values
 * @param xml the element
 * @param meaning its value for a row
 */
record PlainExpression(Kind kind, String xml, Meaning meaning) {
  /** Types, with the names that PMML has for them. */
  enum Kind {
    /** Values are {@code Double}. */
    NUMBER("double"),
    /** Values are {@code Integer}. */
    WHOLE("integer"),
    /** Values are {@code String}. */
    TEXT("string"),
    /** Values are {@code Boolean}. */
    TRUTH("boolean");

    final String dataType;

    Kind(String dataType) {
      this.dataType = dataType;
    }
  }

  /** What an expression means. */
  @FunctionalInterface
  interface Meaning {
    /**
     * The value for a row, null where missing.
     *
     * @throws BadRow if there is none
     */
    Object value(Object[] row);
  }

  /** The row has no result. */
  static final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRow() {
      super("bad row", null, false, false);
    }
  }

  Object value(Object[] row) {
    return meaning.value(row);
  }

  boolean isNumeric() {
    return kind == Kind.NUMBER || kind == Kind.WHOLE;
  }
}
