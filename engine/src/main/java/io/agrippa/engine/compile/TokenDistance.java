package io.agrippa.engine.compile;

import java.util.List;
import java.util.Locale;

/**
 * How far runs of tokens are from each other: the sum of the Levenshtein distances of their tokens.
 *
 * @param most what still counts as a hit
 */
record TokenDistance(boolean caseSensitive, int most) {
  /** The distance of as many tokens as the term has, or more than {@link #most}. */
  int between(List<String> tokens, List<String> term) {
    int sum = 0;
    for (int i = 0; i < term.size() && sum <= most; i++) {
      String a = tokens.get(i);
      String b = term.get(i);
      if (most == 0) {
        boolean same = caseSensitive ? a.equals(b) : a.equalsIgnoreCase(b);
        sum += same ? 0 : 1;
      } else {
        sum += levenshtein(alike(a), alike(b));
      }
    }
    return sum;
  }

  /** The same text for tokens that differ only in what does not count. */
  String alike(String token) {
    return caseSensitive ? token : token.toLowerCase(Locale.ROOT);
  }

  private static int levenshtein(String a, String b) {
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[b.length()];
  }
}
