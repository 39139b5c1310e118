package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.Job.ModelPlace;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBytesTest {
  private static final String MODEL =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel functionName="regression">
          <MiningSchema>
            <MiningField name="x"/>
            <MiningField name="y" usageType="target"/>
          </MiningSchema>
          <ModelVerification recordCount="1">
            <VerificationFields>
              <VerificationField field="x" column="x"/>
              <VerificationField field="y" column="y"/>
            </VerificationFields>
            <InlineTable><row><x>1</x><y>EXPECTED</y></row></InlineTable>
          </ModelVerification>
          <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
        </RegressionModel>
      </PMML>
      """;

  @TempDir private Path folder;
  private Path model;
  private Path input;

  @BeforeEach
  void files() throws IOException {
    model = Files.writeString(folder.resolve("m.pmml"), MODEL.replace("EXPECTED", "3"));
    input = Files.writeString(folder.resolve("in.csv"), "x\n1\n2\n");
  }

  private Job job() {
    return Job.score(new ModelPlace(model.toString()), new Dataset(input.toString()));
  }

  @Test
  void aProcessWithTheBytesNeedsThePlaceNoMore() throws Exception {
    ModelBytes bytes = ModelBytes.read(new ModelPlace(model.toString()));
    Workload here = bytes.workbench().open(job());
    Files.delete(model);
    Workbench there = new ModelBytes(bytes.place(), bytes.bytes()).workbench();
    try (var partitions = here.partitions()) {
      Workload workload = there.open(here.job(), partitions.schema());
      assertThat(workload.operator().output()).isEqualTo(here.operator().output());
      assertThat(workload.job()).isEqualTo(here.job());
    }
  }

  @Test
  void theModelIsCompiledOnce() throws Exception {
    Workbench bench = ModelBytes.read(new ModelPlace(model.toString())).workbench();
    assertThat(bench.open(job()).durations()).isNotEmpty();
    assertThat(bench.open(job()).durations()).isEmpty();
  }

  @Test
  void anotherDocumentThanTheJobsIsRefused() throws Exception {
    Workbench bench = ModelBytes.read(new ModelPlace(model.toString())).workbench();
    Job other = job().withModelDigest("0".repeat(64));
    assertThatThrownBy(() -> bench.open(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SHA-256");
    Job named = job().with(new ModelPlace(model.toString(), Optional.empty(), Optional.of("b")));
    bench.open(job());
    assertThatThrownBy(() -> bench.open(named))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"b\"");
  }

  @Test
  void jobsAndScoringModelsShareWhatWasCompiled() throws Exception {
    ModelBytes bytes = ModelBytes.read(new ModelPlace(model.toString()));
    ScoringModel scoring = bytes.scoringModel(LoadOptions.DEFAULT.renaming("x", "ex"));
    assertThat(scoring.score(Map.of("ex", 2))).containsEntry("y", 5.0);
    Workload workload = bytes.workbench().open(job());
    assertThat(workload.durations()).isEmpty();
    assertThat(bytes.digest()).isEqualTo(workload.provenance().modelDigest());
    ModelBytes wrong =
        new ModelBytes("w", MODEL.replace("EXPECTED", "4").getBytes(StandardCharsets.UTF_8));
    wrong.scoringModel(LoadOptions.DEFAULT.withVerify(Verify.NEVER));
    assertThatThrownBy(() -> wrong.scoringModel(LoadOptions.DEFAULT))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void aModelThatFailsItsOwnVerificationIsRefusedWhereItIsLoadedFirst() throws Exception {
    byte[] wrong = MODEL.replace("EXPECTED", "4").getBytes(StandardCharsets.UTF_8);
    Workbench bench = new ModelBytes("wrong.pmml", wrong).workbench();
    assertThatThrownBy(() -> bench.open(job())).isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> bench.open(job())).isInstanceOf(ModelException.class);
  }
}
