package io.agrippa.datasets;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the folder with the data files. They are plain files beside the code, not entries of its
 * jar: Parquet is read from many places at once, and unpacking 13 MB before every first use would
 * cost more time than reading them.
 *
 * <p>It is the folder that the system property {@code agrippa.data} names, else the nearest folder
 * {@code data} beside one of the folders that hold this class: {@code datasets/data} in a
 * checked-out tree (seen from {@code datasets/target/classes} or a jar in {@code datasets/target}),
 * {@code data} in an assembled distribution (seen from {@code lib}).
 */
final class DataFolder {
  /** System property that names the folder. */
  static final String PROPERTY = "agrippa.data";

  private static final int LEVELS = 3; // target/classes is two below its module

  private DataFolder() {}

  /** The data file of this name, which {@code owner} needs. */
  static Path find(String file, String owner) throws IOException {
    return find(file, owner, candidates(System.getProperty(PROPERTY), DataFolder.class));
  }

  static Path find(String file, String owner, List<Path> folders) throws IOException {
    for (Path folder : folders) {
      Path path = folder.resolve(file);
      if (Files.isRegularFile(path)) {
        return path;
      }
    }
    throw new NoSuchFileException(
        file,
        null,
        "the file of %s is in none of the folders %s; name the folder that holds it: -D%s=FOLDER"
            .formatted(
                owner,
                folders.stream().map(Path::toString).collect(Collectors.joining(", ")),
                PROPERTY));
  }

  static List<Path> candidates(String property, Class<?> code) {
    if (property != null) {
      return List.of(Path.of(property).toAbsolutePath().normalize());
    }
    CodeSource source = code.getProtectionDomain().getCodeSource();
    if (source == null) {
      return List.of();
    }
    URI location;
    try {
      location = source.getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path names a place that is no URI", e);
    }
    return "file".equals(location.getScheme()) ? above(Path.of(location)) : List.of();
  }

  /**
   * The folders {@code data} beside a jar or class folder and beside the folders that hold it,
   * nearest first.
   */
  static List<Path> above(Path code) {
    List<Path> folders = new ArrayList<>();
    Path folder = code.toAbsolutePath().normalize().getParent();
    for (int i = 0; i < LEVELS && folder != null; i++, folder = folder.getParent()) {
      folders.add(folder.resolve("data"));
    }
    return folders;
  }
}
