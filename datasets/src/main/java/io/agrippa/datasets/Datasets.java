package io.agrippa.datasets;

import java.util.List;

/** The catalogue of real datasets. Safe for use by many threads. */
public final class Datasets {
  private Datasets() {}

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
