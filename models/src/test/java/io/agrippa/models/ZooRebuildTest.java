package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.pmml.PmmlWriter;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each model of the zoo is rebuilt to the byte, and the engine predicts every row of its dataset as
 * the library does that learnt it.
 */
class ZooRebuildTest {
  @ParameterizedTest
  @ValueSource(strings = {"credit-risk", "loan-status", "diamond-price"})
  void rebuildsToTheByteAndPredictsTheWholeDatasetAsTheLibrary(String name) throws IOException {
    rebuild(name);
  }

  /** Boosting takes minutes, so this one is done on demand; see the module's README. */
  @Test
  @EnabledIfSystemProperty(named = "agrippa.models.flights", matches = "true")
  void rebuildsTheHeadlineModelToTheByteAndPredictsThreeMillionFlightsAsTheLibrary()
      throws IOException {
    rebuild("flights-delay");
  }

  /** The headline model's recipe with few trees, whose errors would be the same. */
  @Test
  void aSmallSisterOfTheHeadlineModelPredictsFlightsAsTheLibrary() throws IOException {
    TrainingRequest recipe = Zoo.named("flights-delay").request();
    TrainingRequest small =
        new TrainingRequest(
            "small",
            recipe.title(),
            recipe.data(),
            recipe.target(),
            recipe.inputs(),
            recipe.categories(),
            recipe.logarithms(),
            new GradientBoostedTrees(12, 20, 64, 50, 0.2, 0.7),
            0.01,
            1);
    Training training = new Training(small, TrainingTasks.THREADS);
    Training.Learnt learnt = training.learn();
    TrainedModel model = training.finish(learnt);
    byte[] pmml = PmmlWriter.bytes(model.document());
    Parity.check(pmml, learnt, small.data().source(), training.read(row -> row % 10 == 0), 10);
    assertThat(model.report().rows()).isEqualTo(3_000_000);
    assertThat(model.report().metrics())
        .filteredOn(m -> m.name().equals("AUC"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isBetween(0.62, 0.75));
  }

  private static void rebuild(String name) throws IOException {
    TrainingRequest request = Zoo.named(name).request();
    Training training = new Training(request, TrainingTasks.THREADS);
    Training.Learnt learnt = training.learn();
    byte[] pmml = PmmlWriter.bytes(training.finish(learnt).document());
    try (InputStream in = Zoo.named(name).open()) {
      assertThat(pmml).as("the bytes of " + name).isEqualTo(in.readAllBytes());
    }
    Parity.check(pmml, learnt, request.data().source(), training.read(row -> true), 1);
  }
}
