package io.agrippa.engine.io;

import java.util.List;

/** The texts that stand for a missing value. Immutable. */
final class MissingTokens {
  private final boolean quotedToo;
  private final boolean empty;
  private final String[] others;

  MissingTokens(CsvOptions options) {
    quotedToo = options.quoted() == CsvOptions.Quoted.SAME;
    List<String> tokens = options.missing();
    empty = tokens.contains("");
    others = tokens.stream().filter(t -> !t.isEmpty()).toArray(String[]::new);
  }

  boolean contains(char[] buffer, int from, int length, boolean quoted) {
    if (quoted && !quotedToo) {
      return false;
    }
    if (length == 0) {
      return empty;
    }
    for (String token : others) {
      if (token.length() == length && matches(token, buffer, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String token, char[] buffer, int from) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) != buffer[from + i]) {
        return false;
      }
    }
    return true;
  }
}
