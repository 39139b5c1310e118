package io.agrippa.engine;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.AggregationProvider;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.io.Inputs;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens what is named by a path, or by a name that a catalogue on the class path knows. */
final class Catalogues {
  /** Prefixes of our own modules: what to say where such a module is absent. */
  private static final Map<String, String> MODULES =
      Map.of(
          "dataset", "agrippa-datasets",
          "generate", "agrippa-datasets",
          "model", "agrippa-models");

  private Catalogues() {}

  /** Opens an input; a catalogue's own ones take no options. */
  static BlockSource input(Job.Dataset input) throws IOException {
    Optional<InputCatalogue> catalogue = inputCatalogue(input.place());
    if (catalogue.isEmpty()) {
      return Inputs.open(input.place(), DatasetOptions.input(input));
    }
    if (!input.options().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the catalogue knows how to read it; leave out the options %s, or name its file"
              .formatted(input.place(), String.join(", ", input.options().keySet())));
    }
    return catalogue.get().open(input.place());
  }

  static List<Path> inputFiles(String place) throws IOException {
    Optional<InputCatalogue> catalogue = inputCatalogue(place);
    return catalogue.isPresent() ? catalogue.get().files(place) : Inputs.files(place);
  }

  private static Optional<InputCatalogue> inputCatalogue(String place) throws IOException {
    String prefix = prefix(place);
    if (prefix != null) {
      for (InputCatalogue catalogue : ServiceLoader.load(InputCatalogue.class, loader())) {
        if (catalogue.prefixes().contains(prefix)) {
          return Optional.of(catalogue);
        }
      }
      requireModule(place, prefix);
      requireHere(place, prefix);
    }
    return Optional.empty();
  }

  /** The bytes of a model's document, to be closed by the caller. */
  static InputStream model(String place) throws IOException {
    String prefix = prefix(place);
    if (prefix != null) {
      for (ModelCatalogue catalogue : ServiceLoader.load(ModelCatalogue.class, loader())) {
        if (catalogue.prefix().equals(prefix)) {
          return catalogue.open(place);
        }
      }
      requireModule(place, prefix);
    }
    Path path = Path.of(place);
    if (Files.isDirectory(path)) {
      throw new IOException(place + ": is a directory; name the PMML file in it");
    }
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new IOException(
          place
              + ": there is no such file; correct the path, or name a model of the zoo as"
              + " model:NAME",
          e);
    }
  }

  /** An aggregation by name, bound to the rows that it is to reduce. */
  static Aggregation aggregation(Job.Analysis analysis, Schema schema) {
    List<String> names = new ArrayList<>();
    for (AggregationProvider provider : ServiceLoader.load(AggregationProvider.class, loader())) {
      if (provider.names().contains(analysis.name())) {
        return provider.bind(analysis.name(), analysis.parameters(), schema);
      }
      names.addAll(provider.names());
    }
    throw new IllegalArgumentException(
        "analysis \"%s\": there is none of this name; there is %s"
            .formatted(
                analysis.name(), names.isEmpty() ? "none at all" : String.join(", ", names)));
  }

  private static void requireModule(String place, String prefix) throws IOException {
    String module = MODULES.get(prefix);
    if (module != null && !Files.exists(Path.of(place))) {
      throw new IOException(
          "%s: %s is not on the class path; add it, or name a file".formatted(place, module));
    }
  }

  /** Places of other file systems and tables: Spark opens them, where it runs the job. */
  private static void requireHere(String place, String prefix) throws IOException {
    boolean elsewhere =
        prefix.equals("table") || (prefix.length() > 1 && place.startsWith(prefix + ":/"));
    if (elsewhere && !Files.exists(Path.of(place))) {
      throw new IOException(
          "%s: only Spark opens this; run the job on it (--on spark:MASTER), or name a file"
              .formatted(place));
    }
  }

  private static ClassLoader loader() {
    return Catalogues.class.getClassLoader();
  }

  private static String prefix(String place) {
    int colon = place.indexOf(':');
    return colon < 0 ? null : place.substring(0, colon);
  }
}
