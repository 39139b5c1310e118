package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model held against the rows in its own document. */
class VerifyModelTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int verify(String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "verify";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** y = 1 + 2 x, or 100 more; one row is given with this y. */
  private String line(String y) throws IOException {
    String verification =
        """
        <ModelVerification><VerificationFields>
          <VerificationField field="x"/><VerificationField field="colour"/>
          <VerificationField field="y" precision="1E-6"/>
        </VerificationFields><InlineTable>
          <row><x>1</x><colour>blue</colour><y>3</y></row>
          <row><x>0.25</x><colour>red</colour><y>%s</y></row>
        </InlineTable></ModelVerification>
        <RegressionTable \
        """
            .formatted(y);
    return Files.writeString(
            folder.resolve("line.pmml"), Line.PMML.replace("<RegressionTable ", verification))
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flights-delay", "credit-risk", "loan-status", "diamond-price"})
  void theModelsOfTheZooAgree(String name) {
    assertThat(verify("model:" + name)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("RELATIVE", " rows of its ModelVerification agree");
  }

  @Test
  void distancesWithinTheToleranceAreShown() throws IOException {
    assertThat(verify(line("101.50000000000003"), "--json")).as(err.toString()).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("rows").asInt()).isEqualTo(2);
    assertThat(json.path("agrees").asBoolean()).isTrue();
    JsonNode y = json.path("columns").get(0);
    assertThat(y.path("name").asText()).isEqualTo("y");
    assertThat(y.path("cells").asInt()).isEqualTo(2);
    assertThat(y.path("different").asInt()).isZero();
    assertThat(y.path("greatestUlps").asDouble()).isEqualTo(2.0);
    assertThat(y.path("greatestAbsolute").asDouble()).isEqualTo(2 * Math.ulp(101.5));
    assertThat(y.path("greatestRelative").asDouble())
        .isEqualTo(2 * Math.ulp(101.5) / 101.50000000000003);
    assertThat(y.has("firstRow")).isFalse();
  }

  @Test
  void aDifferenceFailsAndIsNamed() throws IOException {
    assertThat(verify(line("102"))).isEqualTo(1);
    assertThat(out.toString())
        .contains("in row 2, \"y\" should be 102, but the model gives 101.5")
        .containsPattern("y +2 +1 +0\\.500 ");
    assertThat(err.toString()).isEmpty();
    out.getBuffer().setLength(0);
    assertThat(verify(line("102"), "--json")).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("agrees").asBoolean()).isFalse();
    assertThat(json.path("columns").get(0).path("firstRow").asInt()).isEqualTo(2);
    assertThat(json.path("columns").get(0).path("firstActual").asText()).isEqualTo("101.5");
  }

  @Test
  void nothingToBeHeldAgainstIsAFailure() throws IOException {
    assertThat(verify(Line.model(folder).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line.pmml: ", "has no ModelVerification", "export it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"verify", "verify m.pmml --cases d", "verify m.pmml --floor f", "verify --only x"})
  void aModelAndCasesAreTwoThings(String line) {
    String[] words = line.split(" ", -1);
    assertThat(verify(Arrays.copyOfRange(words, 1, words.length))).isEqualTo(2);
    assertThat(err.toString()).contains("--cases");
  }
}
