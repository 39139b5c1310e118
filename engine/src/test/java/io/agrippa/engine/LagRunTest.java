package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that computes from earlier rows: the same answer on every runner, or a refusal. */
final class LagRunTest {
  private static final int STORES = 2000;
  private static final int ROWS_PER_STORE = 25;

  @TempDir private Path folder;
  private Path model;
  private Path input;

  private static String document(String indicator) {
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
              <OutputField name="before" feature="transformedValue"><FieldRef field="lag"/></OutputField>
              <OutputField name="mean" feature="transformedValue"><FieldRef field="avg"/></OutputField>
            </Output>
            <LocalTransformations>
              <DerivedField name="lag" optype="continuous" dataType="double">
                <Lag field="sold" n="2">%1$s</Lag>
              </DerivedField>
              <DerivedField name="avg" optype="continuous" dataType="double">
                <Lag field="sold" n="7" aggregate="avg">%1$s</Lag>
              </DerivedField>
            </LocalTransformations>
            <RegressionTable intercept="0"/>
          </RegressionModel>
        </PMML>
        """
        .formatted(indicator);
  }

  @BeforeEach
  void files() throws IOException {
    model =
        Files.writeString(
            folder.resolve("lag.pmml"), document("<BlockIndicator field=\"store\"/>"));
    input = folder.resolve("in");
    Files.createDirectory(input);
    for (int file = 0; file < 2; file++) { // the group in the middle stands in both
      Path path = input.resolve("part" + file + ".csv");
      write(
          Files.newOutputStream(path),
          file * rows() / 2 + 5L * file,
          file == 0 ? rows() / 2 + 5L : rows());
    }
  }

  private static long rows() {
    return (long) STORES * ROWS_PER_STORE;
  }

  private static void write(OutputStream out, long from, long to) throws IOException {
    try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      writer.write("store,sold\n");
      for (long row = from; row < to; row++) {
        writer.write("s" + row / ROWS_PER_STORE + "," + (row % 11 == 0 ? "" : row % 97) + "\n");
      }
    }
  }

  private Job job(Path data) {
    return Job.score(new Job.ModelPlace(model.toString()), new Job.Dataset(data.toString()));
  }

  @Test
  void theDigestIsTheSameOnEveryRunnerAndCut() throws Exception {
    for (Path data : List.of(input, input.resolve("part1.csv"))) {
      Measurement serial = Agrippa.run(job(data), "serial");
      for (Partitioning cut :
          List.of(
              new Partitioning.Natural(),
              new Partitioning.Count(1),
              new Partitioning.Key("store"))) {
        for (String runner : List.of("serial", "threads:3", "threads:2:stealing")) {
          Measurement measured = Agrippa.run(job(data).with(cut), runner);
          assertThat(measured.sequenceDigest())
              .as("%s by %s", cut, runner)
              .isEqualTo(serial.sequenceDigest());
        }
      }
    }
    Measurement processes = Agrippa.run(job(input), "processes:2");
    assertThat(processes.sequenceDigest())
        .isEqualTo(Agrippa.run(job(input), "serial").sequenceDigest());
    assertThat(processes.partitions().count()).as("groups are shared out").isGreaterThan(1);
  }

  @Test
  void whatHasNoGroupsIsOnePartition() throws Exception {
    Files.writeString(model, document(""));
    Path zipped = folder.resolve("all.csv.gz");
    write(new GZIPOutputStream(Files.newOutputStream(zipped)), 0, rows());
    Measurement serial = Agrippa.run(job(input), "serial");
    for (String runner : List.of("threads:3", "processes:2")) {
      for (Path data : List.of(input, zipped)) {
        Measurement measured = Agrippa.run(job(data), runner);
        assertThat(measured.sequenceDigest()).isEqualTo(serial.sequenceDigest());
        assertThat(measured.partitions().count()).isEqualTo(1);
      }
    }
  }

  @Test
  void aCutThatTearsGroupsIsRefused() {
    for (Partitioning cut : List.of(new Partitioning.Rows(100), new Partitioning.Count(2))) {
      for (String runner : List.of("serial", "threads:2")) {
        assertThatThrownBy(() -> Agrippa.run(job(input).with(cut), runner))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "partitioning %s: the model computes from earlier rows of the same store, which this cut would tear apart; use key:store",
                cut);
      }
    }
  }

  @Test
  void aBatchLooksAtItsOwnRowsAndARecordIsRefused() throws Exception {
    ScoringModel loaded = Agrippa.load(model);
    ColumnBatch batch =
        ColumnBatch.ofRows(4)
            .texts("store", new String[] {"a", "a", "a", "b"})
            .doubles("sold", new double[] {1, 2, 3, 4})
            .build();
    for (int i = 0; i < 2; i++) {
      ColumnBatch scored = loaded.score(batch);
      assertThat(scored.doubles("mean")).containsExactly(Double.NaN, 1, 1.5, Double.NaN);
      assertThat(scored.missing("before")).containsExactly(true, true, false, true);
    }
    assertThatThrownBy(() -> loaded.score(Map.of("store", "a", "sold", 1.0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("earlier rows")
        .hasMessageEndingWith("score a batch whose rows are in order");
  }
}
