package io.agrippa.engine.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files below folders that are named {@code column=value}, as Hive, Spark and others write
 * them: the folders hold the values of columns that the files do not have.
 *
 * @param columns names of these columns, from the outermost folder to the innermost
 * @param files the files in order, each with the values of its folders; null where missing
 */
record HiveFolders(List<String> columns, Map<Path, List<String>> files) {
  private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";
  private static final int DEEPEST = 32;

  HiveFolders {
    columns = List.copyOf(columns);
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Whether a directory holds such a folder. */
  static boolean isRoot(Path directory) throws IOException {
    return entries(directory).stream().anyMatch(HiveFolders::isPartition);
  }

  /**
   * Finds the files below a directory. Those whose name starts with a dot or an underscore are left
   * out.
   *
   * @throws IOException if folders of one depth name different columns, or if files lie beside
   *     folders; the message says where
   */
  static HiveFolders find(Path directory) throws IOException {
    Walk walk = new Walk();
    walk.step(directory, List.of(), List.of());
    if (walk.files.isEmpty()) {
      throw new IOException(
          directory + " holds no files (hidden ones and those that start with _ do not count)");
    }
    return new HiveFolders(walk.columns, walk.files);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> !Location.isHidden(path))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static boolean isPartition(Path path) {
    return path.getFileName().toString().indexOf('=') > 0 && Files.isDirectory(path);
  }

  /** What was found so far. */
  private static final class Walk {
    private final Map<Path, List<String>> files = new LinkedHashMap<>();
    private List<String> columns; // of the first file
    private Path first;

    void step(Path directory, List<String> names, List<String> values) throws IOException {
      if (names.size() > DEEPEST) {
        throw new IOException(
            directory + " lies more than " + DEEPEST + " folders deep; does a link lead back?");
      }
      for (Path entry : entries(directory)) {
        if (!Files.isDirectory(entry)) {
          add(entry, names, values);
        } else if (isPartition(entry)) {
          String folder = entry.getFileName().toString();
          int equals = folder.indexOf('=');
          String name = decoded(folder.substring(0, equals));
          if (names.contains(name)) {
            throw new IOException(
                "%s names the column \"%s\" a second time; rename a folder".formatted(entry, name));
          }
          String value = folder.substring(equals + 1);
          step(entry, and(names, name), and(values, value.equals(MISSING) ? null : decoded(value)));
        } else {
          throw new IOException(
              "%s lies among folders named column=value, but has not such a name; move it away, or give a glob"
                  .formatted(entry));
        }
      }
    }

    private void add(Path file, List<String> names, List<String> values) throws IOException {
      if (columns == null) {
        columns = names;
        first = file;
      } else if (!columns.equals(names)) {
        throw new IOException(
            "%s lies in folders of the columns %s, but %s in those of %s; give files of one layout"
                .formatted(file, names, first, columns));
      }
      files.put(file, values);
    }

    private static List<String> and(List<String> list, String more) {
      List<String> longer = new ArrayList<>(list);
      longer.add(more);
      return Collections.unmodifiableList(longer);
    }
  }

  /** With {@code %XX} as the bytes of UTF-8 that it stands for; a stray % stays. */
  private static String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low < 0) {
        out.write(bytes[i]);
      } else {
        out.write(high * 16 + low);
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
