package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.pmml.PmmlWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZooTest {
  static List<String> names() {
    return Zoo.names();
  }

  @Test
  void theHeadlineModelComesFirst() {
    assertThat(Zoo.names())
        .containsExactly("flights-delay", "credit-risk", "loan-status", "diamond-price");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyModelSaysWhatItIsAndHowGood(String name) {
    ZooModel model = Zoo.named(name);
    assertThat(model.name()).isEqualTo(name);
    assertThat(model.title()).isNotBlank();
    assertThat(model.licence()).contains("Apache-2.0");
    assertThat(model.facts())
        .contains("data: " + model.data(), "algorithm: " + model.algorithm())
        .anyMatch(fact -> fact.matches("data sha-256: [0-9a-f]{64}"))
        .anyMatch(fact -> fact.contains("(none of them learnt from)"))
        .anyMatch(fact -> fact.matches("(AUC|R2): 0\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyModelIsAsItsRecipeSays(String name) throws IOException {
    ZooRecipe recipe = Zoo.recipe(name);
    Document document = document(name);
    String options =
        String.join(
            ", ",
            recipe.algorithm().options().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList());
    assertThat(document.header().description()).isEqualTo(recipe.title());
    assertThat(document.header().annotations()).contains("options: " + options);
    assertThat(document.header().timestamp()).as("the bytes must repeat").isNull();
    assertThat(document.models().get(0).frame().verification().table().rows())
        .hasSizeBetween(20, 50);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyModelCompilesAndGivesItsTargetAndProbabilities(String name) throws IOException {
    CompiledModel model = ModelCompiler.compile(document(name));
    List<String> results = model.results().stream().map(ResultField::name).toList();
    assertThat(results.get(0)).isEqualTo(Zoo.named(name).target());
    if (name.equals("flights-delay")) {
      assertThat(results).containsExactly("late", "probability(on time)", "probability(late)");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyModelIsAsOurWriterWritesIt(String name) throws IOException {
    try (InputStream in = Zoo.named(name).open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(PmmlWriter.bytes(PmmlReader.read(bytes, name))).isEqualTo(bytes);
    }
  }

  @Test
  void aNameThatIsNotInTheZooIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> Zoo.named("churn"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model:churn is not in the zoo; it has model:flights-delay, ");
  }

  @Test
  void withoutSmileTheZooWorksAndTrainingSaysWhatIsMissing() throws Exception {
    try (WithoutSmile loader = new WithoutSmile()) {
      @SuppressWarnings("unchecked") // the class is made just below
      Callable<String> probe =
          (Callable<String>)
              loader.loadClass(Probe.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(probe.getClass()).isNotSameAs(Probe.class);
      assertThat(probe.call())
          .startsWith(
              "4 models, 6 inputs, training needs Smile 3.1.1, which is not on the class path")
          .contains("SmileFree");
    }
  }

  /** Runs in a class loader of its own, without Smile. */
  public static final class Probe implements Callable<String> {
    /** For the class loader. */
    public Probe() {}

    @Override
    public String call() throws IOException {
      CompiledModel model;
      try (InputStream in = new ZooCatalogue().open("model:diamond-price")) {
        model = ModelCompiler.compile(PmmlReader.read(in, "model:diamond-price"));
      }
      String refusal;
      try {
        Trainer.train(null);
        refusal = "Smile is there";
      } catch (TrainingException e) {
        refusal = e.getMessage();
      }
      // The names of options and recipes are there too: the command line lists them.
      return "%d models, %d inputs, %s %s"
          .formatted(
              Zoo.all().size(),
              model.inputs().size(),
              refusal,
              Algorithms.all().isEmpty() ? "" : "SmileFree");
    }
  }

  /**
   * The test's class path without Smile and Commons Math; nothing is asked of the test's own
   * loader.
   */
  private static final class WithoutSmile extends URLClassLoader {
    WithoutSmile() {
      super(
          Arrays.stream(
                  System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
              .filter(entry -> !entry.contains("smile") && !entry.contains("commons-math"))
              .map(WithoutSmile::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(entry, e);
      }
    }
  }

  private static Document document(String name) throws IOException {
    try (InputStream in = Zoo.named(name).open()) {
      return PmmlReader.read(in, name);
    }
  }
}
