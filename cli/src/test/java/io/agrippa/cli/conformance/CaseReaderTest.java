package io.agrippa.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agrippa.engine.compile.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseReaderTest {
  @TempDir Path root;

  @Test
  void readsWhatTheDescriptionSays() throws IOException {
    Path folder =
        new CaseFolder(root)
            .add(
                "lab",
                "Small",
                """
                "missingInput": "N/A", "columns": ["y", "p(1)"], "excludedColumns": ["p(1)"],
                "segmentation": "modelChain", "modelElement": "MiningModel", "syntheticTarget": "y"\
                """,
                "y\r\n1\r\n");
    ConformanceCase read = new CaseReader().read(root).get(0);
    assertThat(read.id()).isEqualTo("lab/Small");
    assertThat(read.folder()).isEqualTo(folder.toAbsolutePath());
    assertThat(read.missingInput()).isEqualTo("N/A");
    assertThat(read.missingExpected()).isEmpty();
    assertThat(read.separator()).isEqualTo(',');
    assertThat(read.columns()).containsExactly("y", "p(1)");
    assertThat(read.compared()).containsExactly("y");
    assertThat(read.tolerance()).isEqualTo(new Tolerance(1e-6, 1e-9));
    assertThat(read.shape()).isEqualTo(ConformanceCase.Shape.ROWS);
    assertThat(read.syntheticTarget()).isEqualTo("y");
    assertThat(read.element()).isEqualTo("MiningModel");
    assertThat(read.segmentation()).isEqualTo("modelChain");
  }

  @Test
  void casesComeInTheOrderOfTheirNames() throws IOException {
    CaseFolder folder = new CaseFolder(root);
    folder.add("b", "One", "\"mode\": \"singleton\"", "y\r\n");
    folder.add("a", "Two", "\"grouped\": true", "y\r\n");
    folder.add("a", "One", "", "y\r\n");
    List<ConformanceCase> cases = new CaseReader().read(root);
    assertThat(cases).extracting(ConformanceCase::id).containsExactly("a/One", "a/Two", "b/One");
    assertThat(cases)
        .extracting(ConformanceCase::shape)
        .containsExactly(
            ConformanceCase.Shape.ROWS, ConformanceCase.Shape.GROUPS, ConformanceCase.Shape.STEPS);
    assertThat(cases.get(0).segmentation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{}", "[]", "{\"source\": \"a\", \"case\": \"b\", \"tolerance\": 1}"})
  void aBrokenDescriptionIsAnErrorThatNamesIt(String text) throws IOException {
    Path description = Files.createDirectories(root.resolve("a/b")).resolve("case.json");
    Files.writeString(description, text);
    assertThatThrownBy(() -> new CaseReader().read(root))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(description + ": ");
  }

  @Test
  void anUnknownModeIsAnError() throws IOException {
    new CaseFolder(root).add("a", "b", "\"mode\": \"stream\"", "y\r\n");
    assertThatThrownBy(() -> new CaseReader().read(root))
        .hasMessageContaining("mode \"stream\" is unknown");
  }

  @Test
  void aFolderWithoutCasesIsAnError() {
    assertThatThrownBy(() -> new CaseReader().read(root))
        .isInstanceOf(IOException.class)
        .hasMessage(root + ": holds no case; name a folder that holds SOURCE/CASE/case.json");
    assertThatThrownBy(() -> new CaseReader().read(root.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void everySharedCaseCanBeReadWhereTheyAre() throws IOException {
    Path shared = Path.of(System.getProperty("agrippa.shared"), "conformance");
    assumeTrue(Files.isDirectory(shared));
    for (ConformanceCase c : new CaseReader().read(shared)) {
      ExpectedTable expected = ExpectedTable.read(c.expected(), c.separator(), c.missingExpected());
      assertThat(expected.columns()).as(c.id()).containsAll(c.compared());
      assertThat(expected.rows()).as(c.id()).isNotEmpty();
      assertThat(c.compared()).as(c.id()).isNotEmpty();
    }
  }
}
