package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgrippaRunTest {
  private static final String MODEL =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="colour" optype="categorical" dataType="string">
            <Value value="red"/><Value value="blue"/>
          </DataField>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel modelName="line" functionName="regression">
          <MiningSchema>
            <MiningField name="x"/>
            <MiningField name="colour"/>
            <MiningField name="y" usageType="target"/>
          </MiningSchema>
          <RegressionTable intercept="1">
            <NumericPredictor name="x" coefficient="2"/>
            <CategoricalPredictor name="colour" value="red" coefficient="100"/>
          </RegressionTable>
        </RegressionModel>
      </PMML>
      """;

  @TempDir private Path folder;
  private Path model;
  private Path input;
  private Path output;

  @BeforeEach
  void files() throws IOException {
    model = Files.writeString(folder.resolve("line.pmml"), MODEL);
    input =
        Files.writeString(folder.resolve("in.csv"), "id,x,colour\na,1,red\nb,2,blue\nc,3,red\n");
    output = folder.resolve("out.csv");
  }

  private Job job() {
    return new Job(
        scoring(), new Job.Dataset(input.toString()), new Job.Dataset(output.toString()));
  }

  private Job.ModelPlace scoring() {
    return new Job.ModelPlace(model.toString());
  }

  private Job.Dataset output() {
    return new Job.Dataset(output.toString());
  }

  private List<String> written() throws IOException {
    return Files.readAllLines(output);
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(model, input);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "threads", "threads:3"})
  void scoresAFileIntoAFile(String runner) throws Exception {
    Measurement measured = Agrippa.run(job(), runner);
    assertThat(written()).containsExactly("y", "103.0", "5.0", "107.0");
    assertThat(measured.rows()).isEqualTo(3);
    assertThat(measured.bytesIn()).isEqualTo(Files.size(input));
    assertThat(measured.bytesOut()).isEqualTo(Files.size(output));
    assertThat(measured.provenance().modelDigest()).matches("[0-9a-f]{64}");
    assertThat(measured.provenance().command())
        .isEqualTo(
            "agrippa score --model %s --input %s --output %s".formatted(model, input, output));
  }

  @Test
  void theDigestDoesNotDependOnRunnerPartitioningAndFormat() throws Exception {
    Files.writeString(
        input,
        IntStream.range(0, 20_000)
            .mapToObj(i -> i + "," + i / 7.0 + "," + (i % 3 == 0 ? "red" : "blue"))
            .collect(Collectors.joining("\n", "id,x,colour\n", "\n")));
    Measurement serial = Agrippa.run(job(), "serial");
    String whole = Files.readString(output);
    for (Partitioning cut :
        List.of(
            new Partitioning.Natural(),
            new Partitioning.Rows(1000),
            new Partitioning.Bytes(10_000),
            new Partitioning.Count(7),
            new Partitioning.Key("colour"))) {
      for (String runner :
          List.of(
              "serial",
              "threads:4",
              "threads:3:static:2",
              "threads:3:dynamic",
              "threads:3:guided",
              "threads:3:stealing")) {
        Files.delete(output);
        Measurement measured = Agrippa.run(job().with(cut), runner);
        assertThat(measured.outputDigest()).isEqualTo(serial.outputDigest());
        assertThat(measured.sequenceDigest()).isEqualTo(serial.sequenceDigest());
        assertThat(Files.readString(output)).as("%s by %s", cut, runner).isEqualTo(whole);
      }
    }
  }

  @Test
  void invalidValuesAreTakenForMissingWhereAsked() throws Exception {
    Files.writeString(input, "id,x,colour\na,NaN,green\nb,2,red\n");
    assertThatThrownBy(() -> Agrippa.run(job())).isInstanceOf(BadRowException.class);
    Agrippa.run(job().taking(EnumSet.allOf(TakenAsMissing.class)), "threads:2");
    assertThat(written()).containsExactly("y", "\"\"", "105.0");
    Map<String, Object> record = Map.of("x", Double.NaN, "colour", "red");
    LoadOptions taking = LoadOptions.DEFAULT.taking(TakenAsMissing.NAN);
    assertThat(Agrippa.load(model, taking).score(record)).containsEntry("y", null);
    assertThatThrownBy(() -> Agrippa.load(model).score(record))
        .isInstanceOf(BadRecordException.class);
  }

  @Test
  void quotedTextsAreNotMissingWhereAsked() throws Exception {
    Files.writeString(input, "id,x,colour\n\"\",1,red\n,2,red\n");
    Job.Dataset quoted = new Job.Dataset(input.toString(), Map.of("quoted", "text"));
    Agrippa.run(new Job(scoring(), quoted, output()).keeping(List.of("id")));
    assertThat(written()).containsExactly("id,y", "\"\",103.0", ",105.0");
  }

  @Test
  void aKeyThatIsNotInTheInputIsNamedWithTheColumnsThatAre() throws IOException {
    assertThatThrownBy(() -> Agrippa.run(job().with(new Partitioning.Key("customer"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "partitioning key:customer: %s has no column \"customer\"; its columns are id, x, colour"
                .formatted(input));
    assertNothingWritten();
  }

  @Test
  void keepsColumnsAsTheyWereInFrontOfTheResults() throws Exception {
    Files.writeString(input, "id,x,colour\na, 01.50,red\n");
    Agrippa.run(job().keeping(List.of("x", "id")));
    assertThat(written()).containsExactly("x,id,y", " 01.50,a,104.0");
  }

  @Test
  void keepsAllColumns() throws Exception {
    Agrippa.run(job().keeping(List.of("*")));
    assertThat(written())
        .containsExactly("id,x,colour,y", "a,1,red,103.0", "b,2,blue,5.0", "c,3,red,107.0");
  }

  @Test
  void keepsTypedColumnsAsTheirType() throws Exception {
    Job.Dataset typed =
        new Job.Dataset(input.toString(), Map.of(DatasetOptions.SCHEMA, "id string, x int"));
    Agrippa.run(new Job(scoring(), typed, output()).keeping(List.of("x")));
    assertThat(written()).containsExactly("x,y", "1,103.0", "2,5.0", "3,107.0");
  }

  @Test
  void aLimitGivesTheFirstRows() throws Exception {
    Agrippa.run(job().first(2));
    assertThat(written()).containsExactly("y", "103.0", "5.0");
  }

  @Test
  void noRowsGiveAnEmptyOutput() throws Exception {
    Files.writeString(input, "id,x,colour\n");
    assertThat(Agrippa.run(job()).rows()).isZero();
    assertThat(written()).containsExactly("y");
  }

  @Test
  void aBadRowFailsTheRunAndIsNamed() throws Exception {
    Files.writeString(input, "id,x,colour\na,1,red\nb,2,green\nc,none,red\n");
    assertThatThrownBy(() -> Agrippa.run(job(), "threads:2"))
        .isInstanceOf(BadRowException.class)
        .hasMessageStartingWith(input + ": row 2: field \"colour\" is \"green\": ");
    assertNothingWritten();
  }

  @Test
  void badRowsAreMissingResultsIfWanted() throws Exception {
    Files.writeString(input, "id,x,colour\na,1,red\nb,2,green\nc,none,red\n");
    Measurement measured = Agrippa.run(job().with(RowPolicy.NULL));
    assertThat(written()).containsExactly("y", "103.0", "\"\"", "\"\"");
    assertThat(measured.badRows()).isEqualTo(2);
  }

  @Test
  void badRowsSayWhatIsWrongIfWanted() throws Exception {
    Files.writeString(input, "id,x,colour\na,1,red\nb,2,green\nc,none,red\n");
    Agrippa.run(job().with(RowPolicy.STATUS).keeping(List.of("id")));
    List<String> lines = written();
    assertThat(lines).hasSize(4).startsWith("id,y,status", "a,103.0,");
    assertThat(lines.get(2)).startsWith("b,,").contains("colour", "green");
    assertThat(lines.get(3)).startsWith("c,,").contains("x", "none");
  }

  @Test
  void aStatusColumnNeedsItsName() {
    assertThatThrownBy(
            () -> {
              Files.writeString(input, "status,x,colour\na,1,red\n");
              Agrippa.run(job().with(RowPolicy.STATUS).keeping(List.of("status")));
            })
        .hasMessageContaining("column \"status\"");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThereAre() throws Exception {
    Files.writeString(input, "id,X,colour\na,1,red\n");
    assertThatThrownBy(() -> Agrippa.run(job())).hasMessageContainingAll("\"x\"", "\"X\"");
    assertNothingWritten();
  }

  @Test
  void aKeptColumnThatIsNotThereIsNamed() throws Exception {
    assertThatThrownBy(() -> Agrippa.run(job().keeping(List.of("idd"))))
        .hasMessageContainingAll("\"idd\"", "\"id\"");
    assertNothingWritten();
  }

  @Test
  void theDigestOfTheModelIsChecked() throws Exception {
    String digest = Agrippa.run(job()).provenance().modelDigest();
    Files.delete(output);
    Job.ModelPlace same =
        new Job.ModelPlace(model.toString(), Optional.of(digest), Optional.of("line"));
    Agrippa.run(job().with(same));
    Files.delete(output);
    Files.writeString(model, MODEL + " ");
    assertThatThrownBy(() -> Agrippa.run(job().with(same)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(digest);
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere.pmml, there is no such file",
    "model:nothing, model:nothing",
    ".., is a directory"
  })
  void aModelThatIsNotThereIsNamed(String place, String problem) {
    String resolved = place.contains(":") ? place : folder.resolve(place).toString();
    assertThatThrownBy(() -> Agrippa.run(job().with(new Job.ModelPlace(resolved))))
        .hasMessageContaining(resolved)
        .hasMessageContaining(problem);
  }

  @Test
  void anInputIsNoOutput() throws Exception {
    Job.Dataset itself =
        new Job.Dataset(input.toString(), Map.of(DatasetOptions.EXISTING, "replace"));
    assertThatThrownBy(() -> Agrippa.run(new Job(scoring(), job().input(), itself)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is an input");
    assertNothingWritten();
  }

  @Test
  void anExistingOutputIsKeptUnlessItIsToBeReplaced() throws Exception {
    Files.writeString(output, "precious");
    assertThatThrownBy(() -> Agrippa.run(job())).isInstanceOf(IOException.class);
    assertThat(output).hasContent("precious");
    Job.Dataset replacing =
        new Job.Dataset(output.toString(), Map.of(DatasetOptions.EXISTING, "replace"));
    Agrippa.run(new Job(scoring(), job().input(), replacing));
    assertThat(written()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delimeter | ; | there is no option \"delimeter\"",
        "delimiter | ;; | one character",
        "format | xlsx | use csv, parquet",
        "header | no | use true or false",
        "header | false | give the names",
        "schema | id int, x colour | \"colour\" is not a type",
        "schema | id int,, x | cannot be read from \", x\" on"
      })
  void anOptionThatCannotBeIsNamed(String name, String value, String problem) {
    Job.Dataset wrong = new Job.Dataset(input.toString(), Map.of(name, value));
    assertThatThrownBy(() -> Agrippa.run(new Job(scoring(), wrong, output())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void readsOtherCsvIfTold() throws Exception {
    Files.writeString(input, "a;1;red\nb;NA;?\n");
    Job.Dataset told =
        new Job.Dataset(
            input.toString(),
            Map.of(
                DatasetOptions.DELIMITER, ";",
                DatasetOptions.HEADER, "false",
                DatasetOptions.SCHEMA, "id, x double, colour",
                DatasetOptions.MISSING, "NA,?"));
    Measurement measured =
        Agrippa.run(new Job(scoring(), told, output()).with(RowPolicy.NULL).keeping(List.of("id")));
    assertThat(written()).containsExactly("id,y", "a,103.0", "b,");
    assertThat(measured.provenance().command())
        .contains("--input-option 'delimiter=;'", "--bad-rows null", "--keep id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd", "lz4"})
  void arrowIsCompressedIfTold(String compression) throws Exception {
    for (String name : List.of("out.arrow", "out.arrows")) {
      Path arrow = folder.resolve(name);
      Job.Dataset compressed =
          new Job.Dataset(arrow.toString(), Map.of(DatasetOptions.COMPRESSION, compression));
      Measurement written =
          Agrippa.run(new Job(scoring(), new Job.Dataset(input.toString()), compressed));
      Job back =
          Job.copy(
              new Job.Dataset(arrow.toString()),
              new Job.Dataset(folder.resolve("back.csv").toString()));
      assertThat(Agrippa.run(back).outputDigest()).isEqualTo(written.outputDigest());
      Files.delete(folder.resolve("back.csv"));
    }
    Job.Dataset wrong =
        new Job.Dataset(
            folder.resolve("a.arrow").toString(), Map.of(DatasetOptions.COMPRESSION, "snappy"));
    assertThatThrownBy(
            () -> Agrippa.run(new Job(scoring(), new Job.Dataset(input.toString()), wrong)))
        .hasMessageContaining("compression \"snappy\" cannot be used; use none, lz4, zstd");
  }

  @Test
  void copiesRowsWithoutAModel() throws Exception {
    Job.Dataset typed =
        new Job.Dataset(input.toString(), Map.of(DatasetOptions.SCHEMA, "x double"));
    Job copy = Job.copy(typed, new Job.Dataset(output.toString()));
    assertThat(Agrippa.run(copy).rows()).isEqualTo(3);
    assertThat(written()).containsExactly("id,x,colour", "a,1.0,red", "b,2.0,blue", "c,3.0,red");
    Files.delete(output);
    Agrippa.run(copy.keeping(List.of("colour")).first(1));
    assertThat(written()).containsExactly("colour", "red");
    assertThatThrownBy(() -> Agrippa.run(copy.keeping(List.of("size"))))
        .hasMessageContainingAll("\"size\"", "colour");
  }

  @Test
  void aModelIsDescribed() throws IOException {
    ModelDescription described = Agrippa.describe(scoring());
    assertThat(described.bytes()).isEqualTo(MODEL.length());
    assertThat(described.pmmlVersion()).isEqualTo("4.4");
    assertThat(described.name()).isEqualTo("line");
    assertThat(described.models()).containsExactly(Optional.of("line"));
    assertThat(described.inputs()).extracting("name").containsExactly("x", "colour");
    assertThat(described.results()).extracting("name").containsExactly("y");
    assertThat(described.size())
        .isEqualTo(new ModelDescription.Size(Map.of("RegressionModel", 1), 0, 0, 0, 0, 2));
  }

  @Test
  void theSizeOfATreeIsCounted() throws IOException {
    Files.writeString(
        model,
        """
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
          <DataDictionary>
            <DataField name="x" optype="continuous" dataType="double"/>
            <DataField name="y" optype="continuous" dataType="double"/>
          </DataDictionary>
          <MiningModel functionName="regression">
            <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
            <Segmentation multipleModelMethod="sum">
              <Segment><True/>
                <TreeModel functionName="regression" splitCharacteristic="binarySplit">
                  <MiningSchema><MiningField name="x"/></MiningSchema>
                  <Node score="1"><True/>
                    <Node score="2"><SimplePredicate field="x" operator="lessThan" value="0"/>
                      <Node score="3"><SimplePredicate field="x" operator="lessThan" value="-1"/></Node>
                      <Node score="4"><True/></Node>
                    </Node>
                    <Node score="5"><True/></Node>
                  </Node>
                </TreeModel>
              </Segment>
              <Segment><True/>
                <TreeModel functionName="regression">
                  <MiningSchema><MiningField name="x"/></MiningSchema>
                  <Node score="1"><True/></Node>
                </TreeModel>
              </Segment>
            </Segmentation>
          </MiningModel>
        </PMML>
        """);
    assertThat(Agrippa.describe(scoring()).size())
        .isEqualTo(
            new ModelDescription.Size(Map.of("MiningModel", 1, "TreeModel", 2), 2, 6, 4, 3, 0));
  }
}
