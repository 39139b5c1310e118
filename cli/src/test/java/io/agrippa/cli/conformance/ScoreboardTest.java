package io.agrippa.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agrippa.cli.conformance.Scoreboard.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreboardTest {
  @TempDir Path root;
  private Scoreboard scoreboard;

  @BeforeEach
  void runFiveCases() throws Exception {
    CaseFolder folder = new CaseFolder(root);
    folder.add("a", "Right", "", "y\r\n1\r\n");
    folder.add(
        "a", "Wrong", "\"modelElement\": \"MiningModel\", \"segmentation\": \"sum\"", "y\r\n2\r\n");
    folder.add("b", "Refused1", "", "y\r\n1\r\n");
    folder.add("b", "Refused2", "", "y\r\n1\r\n");
    folder.add("b", "Broken", "", "y\r\n1\r\n");
    CaseScorer scorer =
        c -> {
          switch (c.name()) {
            case "Refused1" ->
                throw new IllegalArgumentException(c.model() + ":12: function \"foo\" is unknown");
            case "Refused2" -> throw new IOException(c.model() + ":7: function \"bar\" is unknown");
            case "Broken" -> throw new NullPointerException();
            default -> {
              return new ScoredTable(1, CaseFolder.column("y", 1.0));
            }
          }
        };
    scoreboard = Conformance.run(new CaseReader().read(root), scorer, 3);
  }

  @Test
  void countsBySourceAndElement() {
    assertThat(scoreboard.passed()).containsExactly("a/Right");
    assertThat(scoreboard.bySource()).isEqualTo(Map.of("a", new Score(1, 2), "b", new Score(0, 3)));
    assertThat(scoreboard.byElement())
        .isEqualTo(Map.of("TreeModel", new Score(1, 4), "MiningModel sum", new Score(0, 1)));
  }

  @Test
  void groupsReasonsThatDifferInPlaceAndNameOnly() {
    assertThat(scoreboard.reasons().get(0).reason()).isEqualTo("function \"…\" is unknown");
    assertThat(scoreboard.reasons().get(0).cases()).containsExactly("b/Refused1", "b/Refused2");
    assertThat(scoreboard.reasons()).hasSize(3);
  }

  @Test
  void aFaultOfTheEngineIsAFailedCaseWithItsPlace() {
    Scoreboard.Entry broken = scoreboard.failed().get(1);
    assertThat(broken.conformanceCase().id()).isEqualTo("b/Broken");
    assertThat(broken.reason())
        .startsWith("java.lang.NullPointerException at ")
        .contains("ScoreboardTest.java:");
  }

  @Test
  void printsFailuresWithTheirFirstDifference() {
    StringWriter text = new StringWriter();
    Report.print(scoreboard, new PrintWriter(text));
    assertThat(text.toString())
        .contains("1 of 5 cases pass")
        .contains("    2  function \"…\" is unknown")
        .contains("1 of 1 cells in 1 of 1 rows differ; row 1, y: expected \"2\", got \"1.0\"");
  }

  @Test
  void jsonNamesFailuresWithTheirFirstDifference() {
    ObjectNode json = Report.json(scoreboard);
    assertThat(json.get("cases").intValue()).isEqualTo(5);
    assertThat(json.get("passed").intValue()).isEqualTo(1);
    assertThat(json.get("failed")).hasSize(4);
    assertThat(json.at("/failed/0/case").textValue()).isEqualTo("a/Wrong");
    assertThat(json.at("/failed/0/firstDifference/expected").textValue()).isEqualTo("2");
    assertThat(json.at("/bySource/b/cases").intValue()).isEqualTo(3);
  }

  @Test
  void aFloorNamesTheCasesThatFell() {
    assertThat(new Floor(Set.of("a/Right")).fallen(scoreboard)).isEmpty();
    assertThat(new Floor(Set.of("a/Right", "b/Broken", "a/Wrong", "z/NotRun")).fallen(scoreboard))
        .containsExactly("a/Wrong", "b/Broken", "z/NotRun");
  }

  @Test
  void aRaisedFloorKeepsWhatItHeld() throws IOException {
    Path file = root.resolve("floor.txt");
    Floor raised = new Floor(Set.of("z/Old")).raised(scoreboard);
    assertThat(raised.cases()).containsExactlyInAnyOrder("z/Old", "a/Right");
    raised.write(file);
    assertThat(Files.readAllLines(file)).contains("passed 2").endsWith("a/Right", "z/Old");
    assertThat(Floor.read(file)).isEqualTo(raised);
  }

  @Test
  void aFloorWhoseNumberIsNotThatOfItsCasesIsAnError() throws IOException {
    Path file = root.resolve("floor.txt");
    Files.write(file, List.of("passed 2", "a/b"));
    assertThatThrownBy(() -> Floor.read(file))
        .hasMessageContaining("says \"passed 2\" but lists 1 cases");
    Files.write(file, List.of("passed 2", "a/b", "a/b"));
    assertThatThrownBy(() -> Floor.read(file)).hasMessage(file + ":3: a/b stands there twice");
    Files.write(file, List.of("passed many"));
    assertThatThrownBy(() -> Floor.read(file)).hasMessage(file + ":1: \"many\" is no number");
  }
}
