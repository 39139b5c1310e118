package io.agrippa.cli;

import static io.agrippa.cli.Command.agrippa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.models.Zoo;
import io.agrippa.models.ZooModel;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command says of the models that ship with it. */
class ZooProcessTest {
  static Stream<ZooModel> models() {
    return Zoo.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelOfTheZooIsDescribed(ZooModel model) throws Exception {
    String place = "model:" + model.name();
    String text = agrippa("describe", place).run().succeeded().out();
    assertThat(text)
        .contains(place, "SHA-256", "PMML 4.4", "verification", "INPUT", "RESULT", model.target());
    JsonNode json =
        new ObjectMapper().readTree(agrippa("describe", place, "--json").run().succeeded().out());
    assertThat(json.path("inputs")).isNotEmpty().hasSizeLessThan(text.split("\n").length);
    for (JsonNode input : json.path("inputs")) {
      assertThat(text).contains(input.path("name").asText());
    }
    assertThat(json.path("results")).isNotEmpty();
    assertThat(text).contains(json.path("results").get(0).path("name").asText());
  }
}
