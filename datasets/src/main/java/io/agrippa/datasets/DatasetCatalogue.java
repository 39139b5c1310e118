package io.agrippa.datasets;

import io.agrippa.engine.InputCatalogue;
import io.agrippa.engine.data.BlockSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets jobs read {@code dataset:NAME} and {@code generate:NAME,…}. Public for {@link
 * java.util.ServiceLoader} only.
 */
public final class DatasetCatalogue implements InputCatalogue {
  private static final String DATASET = "dataset";

  @Override
  public List<String> prefixes() {
    return List.of(DATASET, "generate");
  }

  @Override
  public BlockSource open(String name) throws IOException {
    return Datasets.open(name);
  }

  @Override
  public List<Path> files(String name) throws IOException {
    return name.startsWith(DATASET)
        ? List.of(Datasets.named(name.substring(DATASET.length() + 1)).path())
        : List.of();
  }
}
