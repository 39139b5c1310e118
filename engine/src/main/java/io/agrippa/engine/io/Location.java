package io.agrippa.engine.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files of a location: one file, those of a directory, or those that match a glob. */
final class Location {
  private static final String MAGIC = "*?[{";

  private Location() {}

  /**
   * The files of a location, sorted by name. Of a directory and of a glob, files and directories
   * whose name starts with a dot or an underscore are left out: other tools write their marks and
   * their unfinished files there.
   */
  static List<Path> files(String location) throws IOException {
    Path path = path(location);
    if (path != null && Files.isDirectory(path)) {
      return HiveFolders.isRoot(path)
          ? List.copyOf(HiveFolders.find(path).files().keySet())
          : inDirectory(path);
    }
    if (path != null && Files.exists(path)) {
      if (!Files.isReadable(path)) {
        throw new IOException(location + " cannot be read: no permission");
      }
      return List.of(path);
    }
    if (location.chars().anyMatch(c -> MAGIC.indexOf(c) >= 0)) {
      return matching(location);
    }
    throw new IOException(location + " does not exist; check the name and the working directory");
  }

  /** The folders named {@code column=value} below a location, where there are any. */
  static Optional<HiveFolders> folders(String location) throws IOException {
    Path path = path(location);
    return path != null && Files.isDirectory(path) && HiveFolders.isRoot(path)
        ? Optional.of(HiveFolders.find(path))
        : Optional.empty();
  }

  /** The location as a path, or null where it cannot be one. */
  private static Path path(String location) {
    try {
      return Path.of(location);
    } catch (InvalidPathException e) {
      return null; // a glob may hold characters that a path may not
    }
  }

  private static List<Path> inDirectory(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(p -> !isHidden(p)).sorted(byName()).toList();
    }
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        throw new IOException(
            "%s holds the directory %s, and directories are not searched; give a glob such as %s/**"
                .formatted(directory, file.getFileName(), directory));
      }
    }
    if (files.isEmpty()) {
      throw new IOException(
          directory + " holds no files (hidden ones and those that start with _ do not count)");
    }
    return files;
  }

  private static List<Path> matching(String glob) throws IOException {
    // Walk from the last directory in front of the first wild card.
    int magic = 0;
    while (MAGIC.indexOf(glob.charAt(magic)) < 0) {
      magic++;
    }
    int slash = glob.lastIndexOf('/', magic);
    Path root = Path.of(slash < 0 ? "" : glob.substring(0, slash + 1));
    if (!Files.isDirectory(root)) {
      throw new IOException(glob + " matches nothing: there is no directory " + root);
    }
    FileSystem system = root.getFileSystem();
    PathMatcher matcher;
    try {
      matcher = system.getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IOException(glob + " is neither a file nor a glob: " + e.getMessage(), e);
    }
    // Without ** no deeper directory can match than the glob has steps.
    int depth =
        glob.contains("**")
            ? Integer.MAX_VALUE
            : Math.toIntExact(glob.substring(slash + 1).chars().filter(c -> c == '/').count() + 1);
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root, depth)) {
      files =
          tree.filter(p -> matcher.matches(p) && !isHiddenBelow(root, p) && !Files.isDirectory(p))
              .sorted(byName())
              .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (files.isEmpty()) {
      throw new IOException(glob + " matches no file");
    }
    return files;
  }

  private static Comparator<Path> byName() {
    return Comparator.comparing(Path::toString);
  }

  private static boolean isHiddenBelow(Path root, Path path) {
    for (Path step : root.toString().isEmpty() ? path : root.relativize(path)) {
      if (isHidden(step)) {
        return true;
      }
    }
    return false;
  }

  static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && (name.toString().startsWith(".") || name.toString().startsWith("_"));
  }
}
