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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's results held against those of PMML4S. */
class VerifyAgainstTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int verify(String model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify", model));
    arguments.addAll(Arrays.asList(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  /**
   * 8, or 0.1 where x is negative: as a float where the document asks for that, which PMML4S
   * ignores.
   */
  private String tenth(String mathContext) throws IOException {
    return Files.writeString(
            folder.resolve("tenth.pmml"),
            """
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
              <Header/>
              <DataDictionary>
                <DataField name="x" optype="continuous" dataType="double"/>
                <DataField name="y" optype="continuous" dataType="double"/>
              </DataDictionary>
              <MiningModel functionName="regression"%s>
                <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
                <Segmentation multipleModelMethod="sum">
                  <Segment><True/>
                    <TreeModel functionName="regression">
                      <MiningSchema><MiningField name="x"/></MiningSchema>
                      <Node><True/>
                        <Node score="0.1"><SimplePredicate field="x" operator="lessThan" value="0"/></Node>
                        <Node score="8"><True/></Node>
                      </Node>
                    </TreeModel>
                  </Segment>
                </Segmentation>
              </MiningModel>
            </PMML>
            """
                .formatted(mathContext))
        .toString();
  }

  private String rows(String... lines) throws IOException {
    return Files.write(folder.resolve("in.csv"), List.of(lines)).toString();
  }

  @Test
  void theRowsOfTheDocumentWillDo() {
    assertThat(verify("model:diamond-price", "--against", "pmml4s")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("RESULT", "ULP", "model:diamond-price: PMML4S agrees with Agrippa on all ");
  }

  @Test
  void eachCellThatDiffersIsShownWithBothValues() throws Exception {
    String model = tenth(" x-mathContext=\"float\"");
    String input = rows("x", "1", "-1", "-2");
    Command.Result result =
        agrippa("verify", model, "--against", "pmml4s", "-i", input, "--tolerance", "1e-9").run();
    assertThat(result.code()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("(?m)^y +3 +2 +1\\.49e-09 +1\\.49e-08 ")
        .containsPattern("(?m)^ROW +RESULT +AGRIPPA +PMML4S$")
        .containsPattern("(?m)^2 +y +0\\.10000000149011612 +0\\.1$")
        .containsPattern("(?m)^3 +y ")
        .contains("note: PMML4S ignores x-mathContext")
        .contains("differs from Agrippa in 2 cells of 3 rows");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void withinTheToleranceTheyAgree() throws Exception {
    String input = rows("x", "1", "-1");
    Command.Result result =
        agrippa("verify", tenth(" x-mathContext=\"float\""), "--against", "pmml4s", "-i", input)
            .run();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("agrees with Agrippa on all 2 rows")
        .doesNotContain("ignores");
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    String model = tenth(" x-mathContext=\"float\"");
    String input = rows("x", "-1", "-2", "-3", "1");
    int code =
        verify(
            model,
            "--against=pmml4s",
            "-i",
            input,
            "--tolerance=0",
            "--differences=1",
            "--limit=3",
            "--json");
    assertThat(code).as(err.toString()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("against").asText()).isEqualTo("pmml4s");
    assertThat(json.path("rows").asInt()).isEqualTo(3);
    assertThat(json.path("agrees").asBoolean(true)).isFalse();
    assertThat(json.path("different").asInt()).isEqualTo(3);
    assertThat(json.path("columns").get(0).path("name").asText()).isEqualTo("y");
    assertThat(json.path("columns").get(0).path("greatestAbsolute").asDouble())
        .isEqualTo(0.10000000149011612 - 0.1);
    assertThat(json.path("differences")).hasSize(1);
    assertThat(json.path("differences").get(0).path("row").asInt()).isEqualTo(1);
    assertThat(json.path("differences").get(0).path("ours").asText())
        .isEqualTo("0.10000000149011612");
    assertThat(json.path("differences").get(0).path("theirs").asText()).isEqualTo("0.1");
    assertThat(json.path("knownFaults").toString()).contains("x-mathContext");
  }

  @Test
  void aRowThatOnlyOneScoresIsShownWithTheReasonOfTheOther() throws IOException {
    String model =
        Files.writeString(
                folder.resolve("asMissing.pmml"),
                Line.PMML.replace(
                    "<MiningField name=\"x\"/>",
                    "<MiningField name=\"x\" invalidValueTreatment=\"asMissing\""
                        + " missingValueReplacement=\"2\"/>"))
            .toString();
    String input = rows("x,colour", "many,red", "1,green", "1,blue");
    assertThat(verify(model, "--against=pmml4s", "-i", input)).as(err.toString()).isEqualTo(1);
    assertThat(out.toString())
        .contains("105.0    an error (field \"x\" is \"many\": PMML4S would take")
        .contains("differs from Agrippa in 1 cells of 3 rows"); // neither scores a green one
  }

  @Test
  void itIsRefusedWhereThereIsNothingToCompare() throws IOException {
    assertThat(verify(tenth(""), "--against=pmml4s")).isEqualTo(1);
    assertThat(err.toString())
        .contains("the model has no ModelVerification to compare on; give data to score");
  }

  @ParameterizedTest
  @CsvSource({
    "--against=jpmml, no such evaluator",
    "--limit=3, are for --against pmml4s",
    "--input=x.csv, for --against too",
    "--against=pmml4s --expected=x.csv, goes with neither --expected"
  })
  void whatMakesNoSenseIsWrongUsage(String option, String message) throws IOException {
    assertThat(verify(tenth(""), option.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  /** The models of the zoo that PMML4S can be asked about. */
  @ParameterizedTest
  @ValueSource(strings = {"credit-risk", "loan-status"})
  void theZooAgrees(String name) {
    assertThat(verify("model:" + name, "--against=pmml4s"))
        .as(out.toString() + err.toString())
        .isZero();
  }

  @Test
  void aDocumentThatItComputesFromTheClockIsRefused() {
    assertThat(verify("model:flights-delay", "--against=pmml4s")).isEqualTo(1);
    assertThat(err.toString()).contains("model:flights-delay: PMML4S computes dateDaysSinceYear");
  }
}
