package io.agrippa.engine.pmml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Element names for the columns of a table: the columns' own names where XML allows them, else
 * numbered ones.
 */
final class ColumnNames {
  /**
   * Letters that every XML 1.0 parser takes in names, in pairs of first and last; others may be
   * refused by some.
   */
  private static final int[] LETTERS = {
    'A', 'Z', 'a', 'z', '_', '_', 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0xff, 0x410, 0x44f, 0x3041, 0x3094,
    0x30a1, 0x30fa, 0x4e00, 0x9fa5, 0xac00, 0xd7a3
  };

  private final Map<String, String> names = new HashMap<>();

  ColumnNames(List<String> columns) {
    Set<String> used = new HashSet<>();
    for (String column : columns) {
      if (isName(column)) {
        names.put(column, column);
        used.add(column);
      }
    }
    int number = 0;
    for (String column : columns) {
      if (!names.containsKey(column)) {
        String name;
        do {
          name = "c" + ++number;
        } while (!used.add(name));
        names.put(column, name);
      }
    }
  }

  /** The element name of a column; of one that the table does not have, its own name. */
  String of(String column) {
    return names.getOrDefault(column, column);
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0)) || text.regionMatches(true, 0, "xml", 0, 3)) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean further = (c >= '0' && c <= '9') || c == '-' || c == '.';
      if (!further && !isLetter(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    for (int i = 0; i < LETTERS.length; i += 2) {
      if (c >= LETTERS[i] && c <= LETTERS[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
