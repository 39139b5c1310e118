package io.agrippa.datasets;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant. */
final class NearNames {
  private NearNames() {}

  /** {@code did you mean a or b?}, or where none is near {@code there are a, b, c}. */
  static String suggest(String given, List<String> names) {
    List<String> near =
        names.stream()
            .filter(n -> isNear(given, n))
            .sorted(Comparator.comparingInt((String n) -> distance(given, n)))
            .toList();
    return near.isEmpty()
        ? "there are " + String.join(", ", names)
        : "did you mean " + String.join(" or ", near) + "?";
  }

  private static boolean isNear(String given, String name) {
    String g = given.toLowerCase(Locale.ROOT);
    return (g.length() >= 3 && (name.contains(g) || g.contains(name)))
        || distance(g, name) <= Math.max(1, name.length() / 3);
  }

  /** Levenshtein's distance: the least number of letters to insert, drop or replace. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
