package io.agrippa.cli.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cases that must pass. The file holds their number, then their names, one a line; lines that
 * begin with # are comments.
 *
 * @param cases identifiers of the cases
 */
public record Floor(Set<String> cases) {
  private static final String COUNT = "passed ";

  public Floor {
    cases = Set.copyOf(cases);
  }

  /** Reads a floor. */
  public static Floor read(Path file) throws IOException {
    Set<String> cases = new HashSet<>();
    int count = -1;
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(COUNT)) {
        count = count(file, i + 1, line.substring(COUNT.length()));
      } else if (!cases.add(line)) {
        throw new IOException("%s:%d: %s stands there twice".formatted(file, i + 1, line));
      }
    }
    if (count != cases.size()) {
      throw new IOException(
          "%s: says \"%s%d\" but lists %d cases; write it with --raise-floor"
              .formatted(file, COUNT, count, cases.size()));
    }
    return new Floor(cases);
  }

  private static int count(Path file, int line, String text) throws IOException {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new IOException("%s:%d: \"%s\" is no number".formatted(file, line, text), e);
    }
  }

  /** The cases of this floor that did not pass, in order; those that were not run among them. */
  public List<String> fallen(Scoreboard scoreboard) {
    Set<String> missing = new TreeSet<>(cases);
    scoreboard.passed().forEach(missing::remove);
    return List.copyOf(missing);
  }

  /** This floor with the passed cases of a run added. */
  public Floor raised(Scoreboard scoreboard) {
    Set<String> all = new HashSet<>(cases);
    all.addAll(scoreboard.passed());
    return new Floor(all);
  }

  /** Writes the floor. */
  public void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Conformance cases that pass. A case that stands here may not fail again.");
    lines.add("# Written by: agrippa verify --cases DIR --floor FILE --raise-floor");
    lines.add(COUNT + cases.size());
    lines.addAll(new TreeSet<>(cases));
    Files.write(file, lines, StandardCharsets.UTF_8);
  }
}
