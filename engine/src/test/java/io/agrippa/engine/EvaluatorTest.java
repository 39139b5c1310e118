package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that PMML4S scores: the same rows on every runner, and what becomes of it without PMML4S.
 */
final class EvaluatorTest {
  private static final String MODEL =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel modelName="line" functionName="regression">
          <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
          <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable>
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
    input = Files.writeString(folder.resolve("in.csv"), "id,x\na,1\nb,\nc,many\n");
    output = folder.resolve("out.csv");
  }

  private Job job() {
    return new Job(
            new Job.ModelPlace(model.toString()),
            new Job.Dataset(input.toString()),
            new Job.Dataset(output.toString()))
        .by(Job.PMML4S_EVALUATOR);
  }

  @Test
  void itScoresWithPoliciesAndKeptColumnsAsAnyEvaluator() throws Exception {
    Agrippa.run(job().keeping(List.of("id")).with(RowPolicy.STATUS), "serial");
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "id,y,status",
            "a,3.0,",
            "b,,",
            "c,,\"field \"\"x\"\" is \"\"many\"\": PMML4S would take what is no number for missing; correct the value\"");
    assertThatThrownBy(() -> Agrippa.run(job().into(Optional.empty()), "serial"))
        .hasMessageContaining("in.csv")
        .hasMessageContaining("field \"x\" is \"many\"");
  }

  @Test
  void everyRunnerGivesTheSameRows() throws Exception {
    Path zoo =
        Path.of(
            System.getProperty("agrippa.root", ".."),
            "models/src/main/resources/io/agrippa/models/zoo",
            "loan-status.pmml");
    Files.write(input, csv(Agrippa.load(zoo), 600));
    Job job =
        Job.score(new Job.ModelPlace(zoo.toString()), new Job.Dataset(input.toString()))
            .by(Job.PMML4S_EVALUATOR)
            .with(RowPolicy.STATUS)
            .with(new Partitioning.Rows(100));
    Measurement serial = Agrippa.run(job, "serial");
    assertThat(serial.rows()).isEqualTo(600);
    for (String runner : List.of("threads:4", "threads:3:static", "processes:2")) {
      Measurement other = Agrippa.run(job, runner);
      assertThat(other.outputDigest()).as(runner).isEqualTo(serial.outputDigest());
    }
  }

  private static List<String> csv(ScoringModel model, int rows) {
    List<String> names = model.inputs().stream().map(InputField::name).toList();
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", names));
    for (Map<String, Object> record : RandomRecords.of(model, 3, rows)) {
      lines.add(
          names.stream()
              .map(name -> record.get(name) == null ? "" : "\"" + record.get(name) + "\"")
              .collect(Collectors.joining(",")));
    }
    return lines;
  }

  @Test
  void anotherNameIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> Agrippa.run(job().by("jpmml"), "serial"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluator \"jpmml\": there is none of this name; use agrippa or pmml4s");
  }

  @Test
  void onlyTheFirstModelOfADocumentIsThere() throws Exception {
    Job.ModelPlace second =
        new Job.ModelPlace(model.toString(), Optional.empty(), Optional.of("second"));
    assertThatThrownBy(() -> Agrippa.run(job().with(second), "serial"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("only the first model")
        .hasMessageContaining("\"line\", not \"second\"");
    Job.ModelPlace line =
        new Job.ModelPlace(model.toString(), Optional.empty(), Optional.of("line"));
    assertThat(Agrippa.run(job().with(line).with(RowPolicy.NULL), "serial").rows()).isEqualTo(3);
  }

  @Test
  void aDocumentTypeNeverReachesIt() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "7");
    String type = "<!DOCTYPE PMML [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
    for (String hostile :
        List.of(
            type + MODEL.replace("intercept=\"1\"", "intercept=\"&e;\""),
            MODEL.replace("</PMML>", ""),
            MODEL.replace("intercept=\"1\"", "intercept=\"&e;\""))) {
      Files.writeString(model, hostile);
      assertThatThrownBy(() -> Agrippa.run(job(), "serial"))
          .isInstanceOf(PmmlException.class)
          .hasMessageStartingWith(model + ":");
    }
  }

  /**
   * What Pmml4s's parser would make of another encoding, or of markup in disguise, it never sees.
   */
  @Test
  void otherEncodingsAndDisguisesSayTheSame() throws Exception {
    String disguised =
        MODEL
            .replace("<Header/>", "<!-- <!DOCTYPE x> --><?x <RegressionTable ?><Header/>")
            .replace("intercept=\"1\"", "intercept=\"&#49;\"");
    for (byte[] bytes :
        List.of(
            disguised.getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + disguised).getBytes(StandardCharsets.UTF_16LE),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + disguised)
                .getBytes(StandardCharsets.ISO_8859_1))) {
      Files.write(model, bytes);
      Files.deleteIfExists(output);
      Agrippa.run(job().with(RowPolicy.NULL), "serial");
      assertThat(Files.readAllLines(output)).containsExactly("y", "3.0", "\"\"", "\"\"");
    }
  }

  /** The engine, its tests and FastCSV alone: no PMML4S, no Scala. */
  @Test
  void withoutPmml4sItSaysWhatToAdd() throws Exception {
    String classPath = withoutPmml4s(System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            Scoring.class.getName(),
            model.toString(),
            input.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed)
        .contains("agrippa: 3 rows")
        .contains("pmml4s: " + model + ": PMML4S needs a class that is not on the class path")
        .contains("add org.pmml4s:pmml4s_2.13:");
  }

  private static String withoutPmml4s(String classPath) {
    List<String> places =
        List.of(classPath.split(File.pathSeparator)).stream()
            .filter(place -> !place.contains("pmml4s") && !place.contains("scala-"))
            .toList();
    assertThat(places).hasSizeLessThan(classPath.split(File.pathSeparator).length);
    return String.join(File.pathSeparator, places);
  }

  /** Scores with each evaluator and prints what came of it. */
  static final class Scoring {
    private Scoring() {}

    public static void main(String[] arguments) throws Exception {
      Job job =
          Job.score(new Job.ModelPlace(arguments[0]), new Job.Dataset(arguments[1]))
              .with(RowPolicy.NULL);
      System.out.println("agrippa: " + Agrippa.run(job, "serial").rows() + " rows");
      try {
        Agrippa.run(job.by(Job.PMML4S_EVALUATOR), "serial");
      } catch (ModelException e) {
        System.out.println("pmml4s: " + e.getMessage());
      }
    }
  }
}
