package io.agrippa.engine.data;

/**
 * An immutable list of distinct texts with identity: whoever translates its codes keeps the
 * translation for as long as the same object comes along. Made by {@link DictionaryBuilder}. Safe
 * for use by many threads.
 */
public final class Dictionary {
  /** A dictionary without entries. */
  public static final Dictionary EMPTY = new Dictionary(new Object(), new String[0], 0);

  private final Object origin; // the builder's: equal origins give equal codes to equal texts

  private final String[]
      values; // may be shared with the builder, which writes only at and behind size
  private final int size;

  Dictionary(Object origin, String[] values, int size) {
    this.origin = origin;
    this.values = values;
    this.size = size;
  }

  /** A dictionary of these texts, in this order. They must be distinct. */
  public static Dictionary of(String... values) {
    DictionaryBuilder builder = new DictionaryBuilder();
    for (String value : values) {
      if (builder.code(value) != builder.size() - 1) {
        throw new IllegalArgumentException("\"" + value + "\" occurs twice in a dictionary");
      }
    }
    return builder.snapshot();
  }

  /** Number of entries; codes run from 0 to size − 1. */
  public int size() {
    return size;
  }

  /** The text of a code. */
  public String value(int code) {
    if (code >= size) {
      throw new IndexOutOfBoundsException("code " + code + " of a dictionary of " + size);
    }
    return values[code];
  }

  /**
   * Whether all entries of an earlier dictionary stand in this one under the same codes, because
   * one builder made both. Translations of the earlier one then hold for this one too, as far as
   * they go.
   */
  public boolean extendsFrom(Dictionary earlier) {
    return origin == earlier.origin && size >= earlier.size;
  }
}
