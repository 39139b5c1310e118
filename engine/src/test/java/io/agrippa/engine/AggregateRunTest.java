package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that computes over whole groups: the same answer on every runner, or a refusal. */
final class AggregateRunTest {
  /** Numbers of rows of groups: some are longer than a block, one than a piece of a cut by key. */
  private static final int[] SIZES = {1, 40, 40_000, 3, 900, 5_000, 7};

  private static final int ROUNDS = 2;

  @TempDir private Path folder;
  private Path model;
  private Path input;
  private long rows;

  private static String document(String groupField) {
    return """
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
          <Header/>
          <DataDictionary>
            <DataField name="sold" optype="continuous" dataType="double"/>
            <DataField name="store" optype="categorical" dataType="string"/>
          </DataDictionary>
          <RegressionModel functionName="regression">
            <MiningSchema><MiningField name="sold"/><MiningField name="store"/></MiningSchema>
            <Output>
              <OutputField name="share" feature="transformedValue">
                <Apply function="/"><FieldRef field="sold"/><FieldRef field="total"/></Apply>
              </OutputField>
              <OutputField name="mean" feature="transformedValue">
                <Aggregate field="sold" function="average"%1$s/>
              </OutputField>
              <OutputField name="most" feature="transformedValue">
                <Aggregate field="sold" function="max"%1$s/>
              </OutputField>
            </Output>
            <LocalTransformations>
              <DerivedField name="total" optype="continuous" dataType="double">
                <Aggregate field="sold" function="sum"%1$s/>
              </DerivedField>
            </LocalTransformations>
            <RegressionTable intercept="0"/>
          </RegressionModel>
        </PMML>
        """
        .formatted(groupField);
  }

  @BeforeEach
  void files() throws IOException {
    model = Files.writeString(folder.resolve("sum.pmml"), document(" groupField=\"store\""));
    input = folder.resolve("in");
    Files.createDirectory(input);
    List<String> lines = new ArrayList<>();
    for (int group = 0; group < ROUNDS * SIZES.length; group++) {
      for (int i = 0; i < SIZES[group % SIZES.length]; i++) {
        int row = lines.size();
        String store = group % 5 == 3 ? "" : "s" + group;
        lines.add(store + "," + (row % 11 == 0 ? "" : row % 97 + 0.1));
      }
    }
    rows = lines.size();
    int half = lines.size() / 2; // a group stands in both
    write(Files.newOutputStream(input.resolve("part0.csv")), lines.subList(0, half));
    write(Files.newOutputStream(input.resolve("part1.csv")), lines.subList(half, lines.size()));
    write(new GZIPOutputStream(Files.newOutputStream(folder.resolve("all.csv.gz"))), lines);
  }

  private static void write(OutputStream out, List<String> lines) throws IOException {
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      writer.write("store,sold\n");
      for (String line : lines) {
        writer.write(line + "\n");
      }
    }
  }

  private Job job(Path data) {
    return Job.score(new Job.ModelPlace(model.toString()), new Job.Dataset(data.toString()));
  }

  @Test
  void theDigestIsTheSameOnEveryRunnerAndCut() throws Exception {
    for (Path data : List.of(input, input.resolve("part1.csv"), folder.resolve("all.csv.gz"))) {
      Measurement serial = Agrippa.run(job(data).with(new Partitioning.Count(1)), "serial");
      for (Partitioning cut :
          List.of(
              new Partitioning.Natural(),
              new Partitioning.Count(1),
              new Partitioning.Key("store"))) {
        for (String runner :
            List.of("serial", "threads:3", "threads:2:stealing", "threads:2:static")) {
          Measurement measured = Agrippa.run(job(data).with(cut), runner);
          assertThat(measured.sequenceDigest())
              .as("%s by %s of %s", cut, runner, data)
              .isEqualTo(serial.sequenceDigest());
        }
      }
    }
    Measurement all = Agrippa.run(job(folder.resolve("all.csv.gz")), "serial");
    assertThat(all.rows()).isEqualTo(rows);
    for (Partitioning cut : List.of(new Partitioning.Natural(), new Partitioning.Count(1))) {
      Measurement processes = Agrippa.run(job(input).with(cut), "processes:2");
      assertThat(processes.sequenceDigest()).isEqualTo(all.sequenceDigest());
    }
    // a single file of one piece is opened by the worker itself
    Path one = input.resolve("part0.csv");
    assertThat(
            Agrippa.run(job(one).with(new Partitioning.Count(1)), "processes:1").sequenceDigest())
        .isEqualTo(Agrippa.run(job(one), "serial").sequenceDigest());
  }

  @Test
  void groupsAreSharedOut() throws Exception {
    assertThat(Agrippa.run(job(input), "threads:2").partitions().count()).isGreaterThan(1);
  }

  @Test
  void whatHasNoGroupsIsOnePartition() throws Exception {
    Files.writeString(model, document(""));
    Measurement serial = Agrippa.run(job(input), "serial");
    for (String runner : List.of("serial", "threads:3", "processes:2")) {
      for (Path data : List.of(input, folder.resolve("all.csv.gz"))) {
        Measurement measured = Agrippa.run(job(data), runner);
        assertThat(measured.sequenceDigest()).isEqualTo(serial.sequenceDigest());
        assertThat(measured.partitions().count()).isEqualTo(1);
      }
    }
  }

  @Test
  void aLimitCountsRowsOfTheResultNotOfTheGroup() throws Exception {
    Path limited = folder.resolve("limited.csv");
    Path whole = folder.resolve("whole.csv");
    for (String runner : List.of("serial", "threads:2")) {
      Agrippa.run(
          job(input).into(Optional.of(new Job.Dataset(limited.toString()))).first(100), runner);
      Agrippa.run(job(input).into(Optional.of(new Job.Dataset(whole.toString()))), runner);
      List<String> first = Files.readAllLines(limited);
      assertThat(first).hasSize(101).isEqualTo(Files.readAllLines(whole).subList(0, 101));
      Files.delete(limited);
      Files.delete(whole);
    }
  }

  @Test
  void aCutThatTearsGroupsIsRefused() {
    for (Partitioning cut : List.of(new Partitioning.Rows(100), new Partitioning.Count(2))) {
      for (String runner : List.of("serial", "threads:2", "processes:2")) {
        assertThatThrownBy(() -> Agrippa.run(job(input).with(cut), runner))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "partitioning %s: the model computes from all rows of the same store, which this cut would tear apart; use key:store",
                cut);
      }
    }
  }

  @Test
  void aStreamIsGatheredWhereItIsHeldAndOtherwiseRefused() throws Exception {
    Files.writeString(model, document(""));
    byte[] small = Files.readAllBytes(input.resolve("part1.csv"));
    byte[] large = large();
    Path file = Files.write(folder.resolve("large.csv"), large);
    InputStream standard = System.in;
    try {
      Job streamed = job(Path.of("-"));
      System.setIn(new ByteArrayInputStream(small));
      assertThat(Agrippa.run(streamed, "serial").sequenceDigest())
          .isEqualTo(Agrippa.run(job(input.resolve("part1.csv")), "serial").sequenceDigest());
      System.setIn(new ByteArrayInputStream(large));
      assertThat(Agrippa.run(streamed, "processes:1").sequenceDigest())
          .isEqualTo(Agrippa.run(job(file), "serial").sequenceDigest());
      System.setIn(new ByteArrayInputStream(large));
      assertThatThrownBy(() -> Agrippa.run(streamed, "threads:2"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("can be read only once; save it to a file to read it again");
    } finally {
      System.setIn(standard);
    }
  }

  /** A stream that is read in several pieces. */
  private static byte[] large() {
    StringBuilder text = new StringBuilder("store,sold\n");
    String pad = "s".repeat(200);
    for (int row = 0; row < 20_000; row++) {
      text.append(pad).append(',').append(row % 97).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void badRowsAreThoseOfGroupsWithABadValue() throws Exception {
    Path data =
        Files.writeString(folder.resolve("bad.csv"), "store,sold\na,1\na,x\nb,2\nb,3\na,4\n");
    for (String runner : List.of("serial", "threads:2", "processes:1")) {
      assertThat(Agrippa.run(job(data).with(RowPolicy.NULL), runner).badRows()).isEqualTo(2);
      assertThatThrownBy(() -> Agrippa.run(job(data), runner))
          .hasMessageContaining("row 1")
          .hasMessageContaining("the value of \"sold\" in row 2 of its group");
    }
  }

  @Test
  void aBatchLooksAtItsOwnRowsAndARecordIsRefused() throws Exception {
    ScoringModel loaded = Agrippa.load(model);
    ColumnBatch batch =
        ColumnBatch.ofRows(5)
            .texts("store", new String[] {"a", "a", "a", "b", null})
            .doubles("sold", new double[] {1, 2, 5, 4, 8})
            .build();
    for (int i = 0; i < 2; i++) {
      ColumnBatch scored = loaded.score(batch);
      assertThat(scored.doubles("share")).containsExactly(0.125, 0.25, 0.625, 1, Double.NaN);
      assertThat(scored.doubles("most")).containsExactly(5, 5, 5, 4, Double.NaN);
    }
    String[] stores = new String[10_000];
    double[] sold = new double[stores.length];
    Arrays.fill(stores, "a");
    Arrays.fill(sold, 0.5);
    ColumnBatch large =
        ColumnBatch.ofRows(stores.length).texts("store", stores).doubles("sold", sold).build();
    assertThat(loaded.score(large).doubles("share")).containsOnly(1.0 / stores.length);
    assertThatThrownBy(() -> loaded.score(Map.of("store", "a", "sold", 1.0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("other rows (it has an Aggregate)")
        .hasMessageEndingWith("score a batch whose rows are in order");
  }

  @Test
  void aTraceKnowsTheRowsBehind() throws Exception {
    Path data = Files.writeString(folder.resolve("few.csv"), "store,sold\na,1\na,7\nb,2\n");
    Trace trace =
        Agrippa.trace(new Job.ModelPlace(model.toString()), new Job.Dataset(data.toString()), 1);
    assertThat(trace.results().stream().map(result -> result.value().orElse(null)).toList())
        .contains(0.125, 4.0, 7.0);
  }

  @Test
  void theDocumentsOwnRowsAreOneDataset() throws Exception {
    String verification =
        """
        <ModelVerification recordCount="3" fieldCount="3">
          <VerificationFields>
            <VerificationField field="store"/><VerificationField field="sold"/>
            <VerificationField field="mean"/>
          </VerificationFields>
          <InlineTable>
            <row><store>a</store><sold>1</sold><mean>4</mean></row>
            <row><store>a</store><sold>7</sold><mean>4</mean></row>
            <row><store>b</store><sold>2</sold><mean>2</mean></row>
          </InlineTable>
        </ModelVerification></RegressionModel>
        """;
    String verified = document(" groupField=\"store\"").replace("</RegressionModel>", verification);
    Files.writeString(model, verified);
    assertThat(Agrippa.load(model).results()).isNotEmpty();
    Files.writeString(model, verified.replace("<mean>2<", "<mean>3<"));
    assertThatThrownBy(() -> Agrippa.load(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("in row 3, the field \"mean\" should be 3");
  }
}
