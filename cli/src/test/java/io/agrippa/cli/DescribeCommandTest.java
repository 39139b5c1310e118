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

class DescribeCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int describe(String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "describe";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  /**
   * Has a model that is not read, an attribute nobody knows and two functions that there are not.
   */
  private String unsupported() throws IOException {
    return Files.writeString(
            folder.resolve("later.pmml"),
            Line.PMML
                .replace("dataType=\"string\"", "dataType=\"string\" hue=\"1\"")
                .replace(
                    "<RegressionTable ",
                    """
                    <LocalTransformations>
                      <DerivedField name="d" optype="continuous" dataType="double">
                        <Apply function="fathom"><Apply function="guess"><FieldRef field="x"/></Apply></Apply>
                      </DerivedField>
                    </LocalTransformations>
                    <RegressionTable \
                    """)
                .replace("name=\"x\" coefficient", "name=\"d\" coefficient")
                .replace(
                    "</PMML>",
                    "<Scorecard functionName=\"regression\"><MiningSchema/></Scorecard></PMML>"))
        .toString();
  }

  @Test
  void rangesCategoriesAndSizesAreShown() throws IOException {
    String ranges =
        Line.PMML.replace(
            "dataType=\"double\"/>",
            "dataType=\"double\"><Interval closure=\"closedOpen\" leftMargin=\"0\" rightMargin=\"10.5\"/></DataField>");
    Path model = Files.writeString(folder.resolve("ranges.pmml"), ranges);

    assertThat(describe(model.toString())).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("[0.0, 10.5)", "red, blue", "1 RegressionModel", "2 coefficients", "PMML 4.4");
    out.getBuffer().setLength(0);
    assertThat(describe(model.toString(), "--json")).isZero();
    JsonNode range = json().get("inputs").get(0).get("ranges").get(0);
    assertThat(range.get("from").doubleValue()).isZero();
    assertThat(range.get("to").doubleValue()).isEqualTo(10.5);
    assertThat(range.get("toOpen").booleanValue()).isTrue();
  }

  @Test
  void whatWouldBeRefusedIsListedWithLineAndReason() throws IOException {
    String model = unsupported();

    assertThat(describe(model, "--unsupported")).isEqualTo(1);

    assertThat(out.toString())
        .contains(
            "attribute hue of DataField",
            "function fathom",
            "function guess",
            "element Scorecard",
            "Scorecard is not supported yet",
            "would be refused for 4 reasons");
    out.getBuffer().setLength(0);
    assertThat(describe(model, "--unsupported", "--json")).isEqualTo(1);
    assertThat(json().get("refused").booleanValue()).isTrue();
    assertThat(json().get("refusals")).hasSize(4);
    assertThat(json().get("refusals").get(0).get("line").intValue()).isPositive();
  }

  @Test
  void aModelThatIsReadHasNothingUnsupported() throws IOException {
    assertThat(describe(Line.model(folder).toString(), "--unsupported", "--json")).isZero();
    assertThat(json().get("refused").booleanValue()).isFalse();
    assertThat(json().get("refusals")).isEmpty();
  }

  @Test
  void aSampleTellsWhichRowsWouldBeRefusedAndWhichColumnsAreThereForNothing() throws IOException {
    Path sample =
        Files.writeString(
            folder.resolve("sample.csv"),
            "id,x,colour\n1,0.5,red\n2,low,blue\n3,1,green\n4,2,green\n5,,blue\n6,3,red\n");

    assertThat(describe(Line.model(folder).toString(), "--input", sample.toString(), "--json"))
        .as(err.toString())
        .isZero();

    JsonNode found = json().get("sample");
    assertThat(found.get("rows").intValue()).isEqualTo(6);
    assertThat(found.get("badRows").intValue()).isEqualTo(3);
    assertThat(found.get("unusedColumns").get(0).textValue()).isEqualTo("id");
    assertThat(found.get("absentColumns")).isEmpty();
    JsonNode most = found.get("problems").get(0);
    assertThat(most.get("field").textValue()).isEqualTo("colour");
    assertThat(most.get("rows").intValue()).isEqualTo(2);
    assertThat(most.get("reason").textValue()).contains("one of red, blue");
    assertThat(most.get("first").get(0).get("row").intValue()).isEqualTo(3);
    assertThat(most.get("first").get(0).get("value").textValue()).isEqualTo("green");
    assertThat(found.get("problems").get(1).get("first").get(0).get("value").textValue())
        .isEqualTo("low");
    out.getBuffer().setLength(0);
    assertThat(describe(folder.resolve("line.pmml").toString(), "-i", sample.toString())).isZero();
    assertThat(out.toString())
        .contains("3 of 6 rows would be refused", "not needed are id", "3 (green), 4 (green)");
  }

  @Test
  void aSampleWithoutAColumnIsLookedThroughAllTheSame() throws IOException {
    Path sample = Files.writeString(folder.resolve("sample.csv"), "x\n1\n2\n");

    assertThat(describe(Line.model(folder).toString(), "--input", sample.toString(), "--json"))
        .isZero();

    assertThat(json().get("sample").get("absentColumns").get(0).textValue()).isEqualTo("colour");
    assertThat(
            describe(
                folder.resolve("line.pmml").toString(), "-i", sample.toString(), "--unsupported"))
        .isEqualTo(2);
  }

  @Test
  void theCommandSaysWithItsExitCodeWhetherThereIsSomething() throws Exception {
    Command.Result refused = agrippa("describe", unsupported(), "--unsupported").run();
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).isEmpty();
    agrippa("describe", "model:credit-risk", "--unsupported").run().succeeded();
    assertThat(agrippa("describe", "no-such.pmml", "--unsupported").run().err())
        .contains("there is no such file");
  }
}
