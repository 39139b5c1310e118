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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model held against a file of expected results. */
class VerifyExpectedTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Line.model(folder).toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv.gz", "jsonl", "parquet", "arrow"})
  void whatTheModelScoredAgreesInEveryFormat(String format) throws IOException {
    String input = file("in.csv", Line.csv(5000));
    String scores = folder.resolve("scores." + format).toString();
    assertThat(run("score", "-m", model, "-i", input, "-o", scores, "--keep", "id")).isZero();

    assertThat(run("verify", model, "--input", input, "--expected", scores, "--json"))
        .as(err.toString())
        .isZero();

    assertThat(json().path("rows").asLong()).isEqualTo(5000);
    assertThat(json().path("agrees").asBoolean()).isTrue();
    assertThat(json().path("notCompared").get(0).asText()).isEqualTo("id");
    JsonNode y = json().path("columns").get(0);
    assertThat(y.path("cells").asLong()).isEqualTo(5000);
    assertThat(y.path("greatestUlps").asDouble()).isZero();
  }

  @Test
  void aDifferenceBeyondTheToleranceFailsAndItsRowsAreNamed() throws IOException {
    String input = file("in.csv", "x,colour\n1,blue\n2,blue\n,blue\n3,red\n");
    String expected = file("expected.csv", "y,note\n3,a\n5.5,b\n,c\n107.00000000000003,d\n");

    assertThat(run("verify", model, "-i", input, "--expected", expected)).isEqualTo(1);
    assertThat(out.toString())
        .contains("in row 2, \"y\" should be 5.5, but the model gives 5.0", "no such result: note");

    assertThat(run("verify", model, "-i", input, "--expected", expected, "--json")).isEqualTo(1);
    JsonNode y = json().path("columns").get(0);
    assertThat(y.path("cells").asLong()).isEqualTo(4);
    assertThat(y.path("different").asLong()).isEqualTo(1);
    assertThat(y.path("greatestAbsolute").asDouble()).isEqualTo(0.5);
    assertThat(y.path("greatestRelative").asDouble()).isEqualTo(0.5 / 5.5);
    assertThat(y.path("greatestUlps").asDouble()).isEqualTo(0.5 / Math.ulp(5.5));
    assertThat(y.path("differences").get(0).path("row").asInt()).isEqualTo(2);

    assertThat(run("verify", model, "-i", input, "--expected", expected, "--tolerance", "0.1"))
        .isZero();
    assertThat(run("verify", model, "-i", input, "--expected", expected, "--tolerance", "0"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("in row 4, \"y\" should be 107.00000000000003");
  }

  @Test
  void anEmptyCellIsNoValueAndAValueIsNone() throws IOException {
    String input = file("in.csv", "x,colour\n1,blue\n,blue\n");
    for (String expected :
        List.of(file("e.jsonl", "{}\n{\"y\":3}\n"), file("e.csv", "id,y\n1,\n2,3\n"))) {
      assertThat(run("verify", model, "-i", input, "--expected", expected)).isEqualTo(1);
      assertThat(out.toString())
          .contains(
              "in row 1, \"y\" should be no value, but the model gives 3.0",
              "in row 2, \"y\" should be 3, but the model gives no value");
    }
    String none = file("none.csv", "id\n1\n2\n");
    assertThat(run("verify", model, "-i", input, "--expected", none)).isEqualTo(1);
    assertThat(err.toString()).contains("no column has the name of a result");
  }

  @Test
  void rowsThatDoNotBelongTogetherAreRefused() throws IOException {
    String input = file("in.csv", "x,colour\n1,blue\n2,blue\n");
    assertThat(run("verify", model, "-i", input, "--expected", file("few.csv", "y\n3\n")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("few.csv: has fewer rows than", "by their position");
    assertThat(run("verify", model, "-i", input, "--expected", file("many.csv", "y\n3\n5\n7\n")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("many.csv: has more rows than");
  }

  @Test
  void columnsThatAreAskedForMustBeThere() throws IOException {
    String input = file("in.csv", "x,colour\n1,blue\n");
    String expected = file("e.csv", "y,z\n3,1\n");
    assertThat(run("verify", model, "-i", input, "--expected", expected, "--columns", "y"))
        .isZero();
    assertThat(run("verify", model, "-i", input, "--expected", expected, "--columns", "z"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("\"z\" is to be compared, but", "the model gives y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify m.pmml --expected e.csv",
        "verify --expected e.csv --input i.csv",
        "verify m.pmml --input i.csv",
        "verify m.pmml --tolerance 1",
        "verify m.pmml --expected e.csv --input i.csv --cases d"
      })
  void halfOfItIsWrongUsage(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
  }

  @Test
  void theCommandSaysWithItsExitCodeWhetherTheyAgree() throws Exception {
    String input = file("in.csv", "x,colour\n1,blue\n");
    agrippa("verify", model, "-i", input, "--expected", file("good.csv", "y\n3\n"))
        .run()
        .succeeded();
    Command.Result differs =
        agrippa("verify", model, "-i", input, "--expected", file("bad.csv", "y\n4\n")).run();
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.out()).contains("should be 4");
  }
}
