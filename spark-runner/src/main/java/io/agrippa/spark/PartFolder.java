package io.agrippa.spark;

import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The output of a job on Spark: a folder of the output's name with one file for each partition,
 * named in the order of the input.
 *
 * <p>Each attempt of a task writes a file of its own into a hidden folder beside the output. The
 * driver moves those of the attempts that Spark took, each once, and then the folder to its name:
 * it appears whole or not at all, and what lost, killed or doubled attempts leave is deleted. The
 * folder must be seen by the driver and all executors under the same path.
 */
final class PartFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How often it is tried to delete what late attempts still write to. */
  private static final int MOST_ATTEMPTS = 20;

  private final String output;
  private final String hidden;
  private final String suffix;
  private final boolean replacing;
  private final TreeMap<String, String> options;

  private PartFolder(Job.Dataset output) {
    Path path = Path.of(output.place()).toAbsolutePath().normalize();
    this.output = path.toString();
    Path name = path.getFileName();
    this.hidden = path.resolveSibling("." + name + "." + UUID.randomUUID()).toString();
    String text = name.toString();
    int dot = text.indexOf('.', 1);
    this.suffix = dot < 0 ? "" : text.substring(dot);
    this.options = new TreeMap<>(output.options());
    this.replacing = "replace".equalsIgnoreCase(options.remove(DatasetOptions.EXISTING));
  }

  /**
   * Makes the hidden folder.
   *
   * @param input the place that the job reads
   * @throws IllegalArgumentException if the output is none that executors can write, or replaces
   *     the input
   * @throws FileAlreadyExistsException if the output exists and is not to be replaced
   * @throws IOException if it cannot be made
   */
  static PartFolder create(Job.Dataset output, String input) throws IOException {
    if (output.place().equals("-")) {
      throw new IllegalArgumentException(
          "output -: executors have no common standard output; name a folder that all of them see");
    }
    PartFolder folder = new PartFolder(output);
    Path path = Path.of(folder.output);
    if (Files.exists(path) && !folder.replacing) {
      throw new FileAlreadyExistsException(output.place());
    }
    if (!input.contains(":") && Path.of(input).toAbsolutePath().normalize().startsWith(path)) {
      throw new IllegalArgumentException(
          "%s: the output would replace the input %s; name another one"
              .formatted(output.place(), input));
    }
    if (path.getParent() == null || !Files.isDirectory(path.getParent())) {
      throw new IOException(
          output.place() + ": its folder does not exist; create it, or name another one");
    }
    Files.createDirectory(Path.of(folder.hidden));
    return folder;
  }

  /** The file of an attempt at a partition. */
  String part(int partition, long attempt) {
    return Path.of(hidden, "part-%05d-%d%s".formatted(partition, attempt, suffix)).toString();
  }

  /** How an attempt is to write its file. */
  Job.Dataset dataset(String part) {
    return new Job.Dataset(part, Map.copyOf(options));
  }

  /**
   * Makes the output of these files, in order, and of nothing else. What remains is to be deleted.
   *
   * @throws IOException if a file cannot be moved; the output is as it was then, but for one that
   *     was to be replaced, which the message names
   */
  void commit(List<String> files) throws IOException {
    Path whole = Files.createDirectory(Path.of(hidden, "whole"));
    for (int i = 0; i < files.size(); i++) {
      Files.move(
          Path.of(files.get(i)),
          whole.resolve("part-%05d%s".formatted(i, suffix)),
          StandardCopyOption.ATOMIC_MOVE);
    }
    Path path = Path.of(output);
    if (replacing && Files.exists(path)) {
      Path old = Path.of(hidden, "old");
      Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
      try {
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.move(old, path, StandardCopyOption.ATOMIC_MOVE); // as it was
        throw e;
      }
    } else {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(output); // came meanwhile: a move might replace it
      }
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Deletes all that is not the output. May be called twice.
   *
   * @throws IOException if something stays; the message names it
   */
  void delete() throws IOException {
    Path folder = Path.of(hidden);
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try {
        deleteTree(folder);
      } catch (NoSuchFileException | DirectoryNotEmptyException | UncheckedIOException e) {
        // Attempts that are late make and delete files of their own meanwhile.
        if (attempt == MOST_ATTEMPTS) {
          throw new IOException(folder + " cannot be deleted: " + e.getMessage(), e);
        }
      }
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder)) {
      found = new ArrayList<>(all.sorted(Comparator.reverseOrder()).toList());
    }
    for (Path path : found) {
      Files.deleteIfExists(path);
    }
  }
}
