package io.agrippa.datasets;

import io.agrippa.engine.data.BlockSource;
import java.io.IOException;
import java.util.List;

/** The catalogue of real datasets. Safe for use by many threads. */
public final class Datasets {
  private static final String PREFIX = "dataset:";

  private Datasets() {}

  /**
   * Whether a location names a dataset ({@code dataset:NAME}) or a generated one ({@code
   * generate:NAME,…}) instead of a file.
   */
  public static boolean isName(String location) {
    return location.startsWith(PREFIX) || Generators.isName(location);
  }

  /**
   * Opens {@code dataset:NAME} or {@code generate:NAME,…}.
   *
   * @throws IllegalArgumentException if there is none of that name; the message says what there is
   * @throws IOException if its file is not there or of a format that cannot be read
   */
  public static BlockSource open(String location) throws IOException {
    return location.startsWith(PREFIX)
        ? named(location.substring(PREFIX.length())).open()
        : Generators.source(location);
  }

  /** The names of all datasets, the headline dataset first. */
  public static List<String> names() {
    return List.copyOf(new CatalogueReader().names());
  }

  /** All datasets, in the order of {@link #names}. */
  public static List<Dataset> all() {
    CatalogueReader reader = new CatalogueReader();
    return reader.names().stream().map(reader::dataset).toList();
  }

  /**
   * The dataset of a name, such as {@code flights}.
   *
   * @throws IllegalArgumentException if there is none; the message lists names that come near, or
   *     all
   */
  public static Dataset named(String name) {
    CatalogueReader reader = new CatalogueReader();
    List<String> names = reader.names();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "dataset:%s is not in the catalogue; %s".formatted(name, NearNames.suggest(name, names)));
    }
    return reader.dataset(name);
  }
}
