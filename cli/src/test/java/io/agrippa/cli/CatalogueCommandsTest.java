package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that list and train what ships with the project. */
class CatalogueCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int agrippa(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void datasetsListsDatasetsAndGenerators() {
    assertThat(agrippa("datasets")).isZero();
    assertThat(out.toString())
        .contains("dataset:flights ")
        .contains("3,000,000")
        .contains("generate:higgs");
  }

  @Test
  void datasetsShowsTheColumnsOfOne() {
    assertThat(agrippa("datasets", "iris")).isZero();
    assertThat(out.toString()).contains("Petal.Length").contains("setosa").contains("SHA-256");
  }

  @Test
  void datasetsPrintsOneJsonObject() {
    assertThat(agrippa("datasets", "iris", "--json")).isZero();
    assertThat(out.toString().strip())
        .startsWith("{\"name\":\"dataset:iris\"")
        .doesNotContain("\n");
  }

  @Test
  void aDatasetThatIsNotThereIsAnErrorWithANearName() {
    assertThat(agrippa("datasets", "flihgts")).isEqualTo(1);
    assertThat(err.toString()).contains("dataset:flihgts").contains("flights");
  }

  @Test
  void trainWritesTheSameBytesForTheSameCall(@TempDir Path folder) throws Exception {
    Path first = folder.resolve("a.pmml");
    Path second = folder.resolve("b.pmml");
    for (Path output : new Path[] {first, second}) {
      assertThat(
              agrippa(
                  "train",
                  "--input=dataset:iris",
                  "--target=Species",
                  "--algorithm=random-forest",
                  "--set=trees=5",
                  "--output=" + output))
          .as(err.toString())
          .isZero();
    }
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(err.toString()).contains("learnt from").contains("accuracy");
  }

  @Test
  void trainKeepsAnExistingFileUnlessToldOtherwise(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("a.pmml");
    Files.writeString(output, "mine");
    assertThat(
            agrippa(
                "train",
                "--input=dataset:iris",
                "--target=Species",
                "--algorithm=random-forest",
                "--output=" + output))
        .isEqualTo(1);
    assertThat(output).hasContent("mine");
    assertThat(err.toString()).contains("--overwrite");
  }

  @Test
  void trainWithoutATargetIsWrongUsage() {
    assertThat(agrippa("train", "--input=dataset:iris", "--output=x.pmml")).isEqualTo(2);
    assertThat(err.toString()).contains("--target");
  }
}
