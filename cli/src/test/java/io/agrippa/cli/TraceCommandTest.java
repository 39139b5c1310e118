package io.agrippa.cli;

import static io.agrippa.cli.Command.agrippa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void aRowGivenAsFieldsIsTraced() throws IOException {
    String model = Line.model(folder).toString();

    assertThat(run("trace", model, "x=1.5", "colour=red")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "RegressionModel \"line\", normalizationMethod none",
            "x (1.5) times 2.0: 3.0",
            "colour (red) times 100.0: 100.0",
            "in all: 104.0")
        .containsPattern("y +104\\.0");

    assertThat(run("trace", model, "x=", "colour=red", "--json")).isZero();
    assertThat(json().path("results").path("y").isNull()).isTrue();
    JsonNode x = json().path("inputs").get(0);
    assertThat(x.path("field").textValue()).isEqualTo("x");
    assertThat(x.path("treatment").textValue()).isEqualTo("missing");
    assertThat(json().path("model").path("steps").get(0).path("terms")).hasSize(2);
  }

  @Test
  void aRowThatIsRefusedIsTracedWithItsReason() throws IOException {
    assertThat(run("trace", Line.model(folder).toString(), "x=1", "colour=green")).isZero();
    assertThat(out.toString())
        .contains("invalid refused", "the row is refused: field \"colour\" is \"green\"");
  }

  @Test
  void aRowOfAnInputIsFoundByItsNumber() throws IOException {
    String model = Line.model(folder).toString();
    String input = Files.writeString(folder.resolve("in.csv"), Line.csv(9000)).toString();

    assertThat(run("trace", model, "-i", input, "--row", "8999", "--json")).isZero();
    assertThat(json().path("inputs").get(0).path("given").textValue()).isEqualTo("4499.0");
    assertThat(json().path("results").path("y").doubleValue()).isEqualTo(8999.0);

    assertThat(run("trace", model, "-i", input, "--row", "9001")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no row 9001; name one from 1 to 9000");
  }

  @ParameterizedTest
  @CsvSource({
    "flights-delay, flights, 3",
    "credit-risk, credit-data, 7",
    "loan-status, lending-club, 5",
    "diamond-price, diamonds, 11"
  })
  void modelsOfTheZooAreTracedOnTheirData(String model, String dataset, String row)
      throws IOException {
    assertThat(run("trace", "model:" + model, "-i", "dataset:" + dataset, "--row", row, "--json"))
        .as(err.toString())
        .isZero();
    assertThat(json().path("problem").isNull()).isTrue();
    assertThat(json().path("model").path("steps")).isNotEmpty();
    assertThat(run("trace", "model:" + model, "-i", "dataset:" + dataset, "--row", row)).isZero();
    assertThat(out.toString()).contains("INPUT", "RESULT", "predicts ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace",
        "trace m.pmml",
        "trace m.pmml x=1 --input i.csv --row 1",
        "trace m.pmml --input i.csv",
        "trace m.pmml --row 1",
        "trace m.pmml x",
        "trace m.pmml x=1 x=2"
      })
  void halfOfItIsWrongUsage(String line) {
    assertThat(run(line.split(" ", -1))).as(line).isEqualTo(2);
  }

  @Test
  void theCommandRefusesFieldsThatTheModelDoesNotTake() throws Exception {
    String model = Line.model(folder).toString();
    Command.Result wrong = agrippa("trace", model, "X=1").run();
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("takes no field \"X\"; it takes x, colour");
    agrippa("trace", model, "x=1", "colour=blue").run().succeeded();
  }
}
