package io.agrippa.engine.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives codes to texts. A snapshot stays the same object until a text is added, so a reader that
 * meets no new text hands on one dictionary for many blocks. Not safe for use by many threads.
 */
public final class DictionaryBuilder {
  private final Object origin = new Object();
  private final Map<String, Integer> codes = new HashMap<>();
  private String[] values = new String[16];
  private int size;
  private Dictionary snapshot = Dictionary.EMPTY;

  /** The code of a text, a new one if it was not met before. */
  public int code(String value) {
    Integer known = codes.get(value);
    if (known != null) {
      return known;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size] = value;
    codes.put(value, size);
    return size++;
  }

  /** Number of texts met so far. */
  public int size() {
    return size;
  }

  /** All texts met so far; the codes given out so far stay valid in it. */
  public Dictionary snapshot() {
    if (snapshot.size() != size) {
      // Entries below size never change, so snapshots may share the array while it is not outgrown.
      snapshot = new Dictionary(origin, values, size);
    }
    return snapshot;
  }
}
