package io.agrippa.cli;

import static io.agrippa.cli.Command.agrippa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a model, with data or with the output is told by the real command in one line
 * of problem, place and remedy, and leaves nothing.
 */
class BadInputProcessTest {
  private static final int ROWS = 20;

  @TempDir private Path folder;
  @TempDir private Path results;
  private Path model;
  private Path input;
  private Path output;

  @BeforeEach
  void files() throws IOException {
    model = Line.model(folder);
    input = Files.writeString(folder.resolve("in.csv"), Line.csv(ROWS));
    output = results.resolve("out.csv");
  }

  private Command score(Path modelPlace, Path inputPlace, Path outputPlace) {
    return agrippa(
        "score",
        "--model=" + modelPlace,
        "--input=" + inputPlace,
        "--output=" + outputPlace,
        "--keep=id");
  }

  /** Asserts failure, one message with all of these words in it, and that nothing was made. */
  private void assertRefused(Command.Result result, String... words) {
    assertThat(result.code()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("agrippa: ")
        .contains(words)
        .contains("; ") // in front of the remedy
        .doesNotContain("Exception", "internal error");
    assertThat(results).isEmptyDirectory();
  }

  static Stream<Arguments> models() {
    String line = Line.PMML;
    return Stream.of(
        Arguments.of("cut off", line.substring(0, line.indexOf("coefficient")), ":17", "truncated"),
        Arguments.of("malformed", line.replace("<Header/>", "<Header></Haeder>"), ":2", "Header"),
        Arguments.of("DTD", "<!DOCTYPE PMML SYSTEM \"file:///etc/passwd\">\n" + line, ":1", "type"),
        Arguments.of(
            "entity bomb",
            """
            <!DOCTYPE PMML [
            <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
            <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
            """
                + line.replace("modelName=\"line\"", "modelName=\"&c;\""),
            ":1",
            "declaration"),
        Arguments.of("not PMML", "<html>\n<body/></html>", ":1", "html"),
        Arguments.of("not XML", "x,y\n1,2\n", ":1", "PMML"),
        Arguments.of("empty", "", "", "empty"),
        Arguments.of("unknown version", line.replace("4_4", "5_0"), ":1", "version 5.0"),
        Arguments.of(
            "undeclared field",
            line.replace("<MiningField name=\"x\"/>", "<MiningField name=\"age\"/>"),
            ":12",
            "\"age\""),
        Arguments.of(
            "cyclic derived fields",
            line.replace(
                    "<RegressionTable ",
                    """
                    <LocalTransformations>
                      <DerivedField name="a" optype="continuous" dataType="double"><FieldRef field="b"/></DerivedField>
                      <DerivedField name="b" optype="continuous" dataType="double"><FieldRef field="a"/></DerivedField>
                    </LocalTransformations>
                    <RegressionTable \
                    """)
                .replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"a\""),
            ":17",
            "\"a\""),
        Arguments.of(
            "type clash",
            line.replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"colour\""),
            ":17",
            "\"colour\""),
        Arguments.of(
            "no model",
            line.replaceAll("(?s)<RegressionModel.*</RegressionModel>", ""),
            "",
            "model"),
        Arguments.of(
            "unsupported element",
            line.replace("RegressionModel", "GaussianProcessModel"),
            ":10",
            "GaussianProcessModel"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void aBadModelIsRefused(String what, String document, String atLine, String word)
      throws Exception {
    Files.writeString(model, document);
    Command.Result result = score(model, input, output).run();
    assertRefused(result, model + atLine + ": ", word);
  }

  static Stream<Arguments> floods() {
    String start = Line.PMML.substring(0, Line.PMML.indexOf("<RegressionModel"));
    String tree =
        start
            + "<TreeModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/>"
            + "</MiningSchema>";
    return Stream.of(
        Arguments.of("nesting", tree, "<Node score=\"1\"><True/>", 1_000_000L, "elements within"),
        Arguments.of(
            "attribute", start + "<RegressionModel modelName=\"", "x", 1L << 30, "tag is longer"),
        Arguments.of("text", start + "<Extension>", "x", 1L << 30, "text"));
  }

  /** The document is streamed, so that only the reader could come to hold it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void aHugeModelIsRefusedInASmallHeap(
      String what, String start, String unit, long times, String word) throws Exception {
    Path standardInput = Path.of("/dev/stdin");
    assumeTrue(Files.exists(standardInput), "needs /dev/stdin");
    Command.Running running = score(standardInput, input, output).with("-Xmx64m").start();
    byte[] units = unit.repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    boolean stopped = false;
    try (OutputStream out = running.process().getOutputStream()) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      for (long i = 0; i < times; i += 1 << 16) {
        out.write(units);
      }
    } catch (IOException e) {
      stopped = true; // the command has ended
    }
    assertRefused(running.end(), standardInput + ":10: ", word);
    assertThat(stopped).isTrue();
  }

  static Stream<Arguments> tables() {
    String csv = Line.csv(ROWS);
    return Stream.of(
        Arguments.of("missing column", csv.replace("id,x,", "id,z,"), "", "\"x\""),
        Arguments.of("ragged row", csv.replace("3,1.5,red\n", "3,1.5\n"), ":5", "field"),
        Arguments.of("long row", csv.replace("3,1.5,red\n", "3,1.5,red,x\n"), ":5", "field"),
        Arguments.of("open quote", csv.replace("3,1.5,red", "3,1.5,\"red"), ":5", "quote"),
        Arguments.of("bad number", csv.replace("3,1.5,", "3,1.5.2,"), ": row 4: ", "\"1.5.2\""),
        Arguments.of("bad category", csv.replace("3,1.5,red", "3,1.5,pink"), ": row 4: ", "pink"),
        Arguments.of("two of a name", csv.replace("id,x,", "x,x,"), "", "\"x\""),
        Arguments.of("empty", "", "", "empty"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void aBadTableIsRefused(String what, String csv, String atPlace, String word) throws Exception {
    Files.writeString(input, csv);
    assertRefused(score(model, input, output).run(), input + atPlace, word);
  }

  @Test
  void aBadNumberIsWhatTheDocumentSaysItIs() throws Exception {
    Files.writeString(input, "id,x,colour\n0,many,red\n");
    Files.writeString(
        model,
        Line.PMML.replace(
            "<MiningField name=\"x\"/>",
            "<MiningField name=\"x\" invalidValueTreatment=\"asMissing\""
                + " missingValueReplacement=\"7\"/>"));
    score(model, input, output).run().succeeded();
    assertThat(output).hasContent("id,y\n0,115.0\n");
  }

  private Path parquet(String schema) throws IOException, InterruptedException {
    Path parquet = folder.resolve("in.parquet");
    Job.Dataset typed = new Job.Dataset(input.toString(), Map.of(DatasetOptions.SCHEMA, schema));
    Agrippa.run(Job.copy(typed, new Job.Dataset(parquet.toString())));
    return parquet;
  }

  @Test
  void aParquetColumnOfTheWrongTypeIsRefused() throws Exception {
    Files.writeString(input, "id,x,colour\n0,2001-01-01,red\n");
    Path parquet = parquet("id long, x date");
    assertRefused(
        score(model, parquet, output).run(), parquet.toString(), "\"x\"", "date", "double");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.99})
  void aParquetFileThatIsCutOffIsRefused(double share) throws Exception {
    Path parquet = parquet("id long, x double");
    byte[] whole = Files.readAllBytes(parquet);
    Files.write(parquet, Arrays.copyOf(whole, (int) (whole.length * share)));
    assertRefused(score(model, parquet, output).run(), parquet.toString());
  }

  @Test
  void noRowsAreNoMistake() throws Exception {
    Files.writeString(input, "id,x,colour\n");
    score(model, input, output).run().succeeded();
    assertThat(output).hasContent("id,y\n");
    Path nothing = results.resolve("nothing.parquet");
    score(model, parquet("id long, x double"), nothing).run().succeeded();
    Path copy = results.resolve("copy.csv");
    Agrippa.run(Job.copy(new Job.Dataset(nothing.toString()), new Job.Dataset(copy.toString())));
    assertThat(copy).hasContent("id,y\n");
  }

  @Test
  void anOutputFolderThatDoesNotExistIsNotMade() throws Exception {
    Path there = results.resolve("no/such/out.csv");
    assertRefused(score(model, input, there).run(), there.toString(), "does not exist", "create");
  }

  @Test
  void anInputCannotBeTheOutput() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), input);
    for (Path same : List.of(input, link)) {
      Command.Result result =
          agrippa("score", "-m=" + model, "-i=" + input, "-o=" + same, "--overwrite").run();
      assertRefused(result, same.toString(), "input");
      assertThat(input).hasContent(Line.csv(ROWS));
    }
  }

  @Test
  void aFullDeviceIsTold() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    Command.Result result =
        agrippa("score", "-m=" + model, "-i=" + input, "-o=" + full, "--output-format=csv").run();
    assertRefused(result, full.toString(), "full", "free some space");
  }

  /** A file system of its own, of one megabyte; what is found in it afterwards is printed. */
  @ParameterizedTest
  @ValueSource(strings = {"out.csv", "out.csv.zst", "out.parquet"})
  void aFullDiskIsToldAndIsEmptyAgain(String name) throws Exception {
    String[] mounting = {"unshare", "--user", "--map-root-user", "--mount", "sh", "-c"};
    String mount = "mount -t tmpfs -o size=1m none '" + results + "'";
    assumeTrue(succeeds(mounting, mount), "may not mount a small file system");
    Command command =
        agrippa("datasets", "generate", "higgs,rows=200000", "-o=" + results.resolve(name))
            .under(mounting)
            .under(mount + " && \"$@\"; code=$?; ls -A '" + results + "'; exit $code", "sh");
    assertRefused(command.run(), results.resolve(name).toString(), "full", "free some space");
  }

  private static boolean succeeds(String[] command, String... more) throws InterruptedException {
    try {
      List<String> line = Stream.concat(Stream.of(command), Stream.of(more)).toList();
      return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }
}
