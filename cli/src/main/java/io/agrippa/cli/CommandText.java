package io.agrippa.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command as one would type it again. */
final class CommandText {
  private CommandText() {}

  static String of(List<String> arguments) {
    return arguments.stream()
        .map(CommandText::quoted)
        .collect(Collectors.joining(" ", "agrippa ", ""));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
