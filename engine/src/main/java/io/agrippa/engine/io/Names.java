package io.agrippa.engine.io;

import java.util.List;
import java.util.stream.Collectors;

/** Names of columns in messages. */
final class Names {
  private static final int SHOWN = 20;

  private Names() {}

  /** The first names, and how many more there are. */
  static String list(List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
  }
}
