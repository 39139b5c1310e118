package io.agrippa.models;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The models that ship with the project: {@code model:NAME}. They need no Smile to be used. Safe
 * for use by many threads.
 */
public final class Zoo {
  private Zoo() {}

  /** The names of all models, the headline model first. */
  public static List<String> names() {
    return ZooRecipe.ALL.stream().map(ZooRecipe::name).toList();
  }

  /** All models, in the order of {@link #names}. */
  public static List<ZooModel> all() {
    return ZooRecipe.ALL.stream().map(Zoo::model).toList();
  }

  /**
   * The model of a name, such as {@code flights-delay}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static ZooModel named(String name) {
    return model(recipe(name));
  }

  static ZooRecipe recipe(String name) {
    return ZooRecipe.ALL.stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model:%s is not in the zoo; it has %s"
                        .formatted(
                            name,
                            names().stream()
                                .map(known -> "model:" + known)
                                .collect(Collectors.joining(", ")))));
  }

  private static ZooModel model(ZooRecipe recipe) {
    Document.Header header;
    try (InputStream in = open(recipe.name())) {
      header = PmmlReader.header(in, "model:" + recipe.name());
    } catch (IOException e) {
      throw new UncheckedIOException("model:" + recipe.name() + " cannot be read", e);
    }
    return new ZooModel(
        recipe.name(),
        recipe.title(),
        "dataset:" + recipe.dataset(),
        recipe.target().name(),
        recipe.algorithm().label(),
        recipe.licence(),
        header.annotations());
  }

  static InputStream open(String name) throws IOException {
    String file = "zoo/" + name + ".pmml";
    InputStream in = Zoo.class.getResourceAsStream(file);
    if (in == null) {
      throw new IOException(
          "model:%s: %s is not beside the classes; build the project anew".formatted(name, file));
    }
    return in;
  }
}
