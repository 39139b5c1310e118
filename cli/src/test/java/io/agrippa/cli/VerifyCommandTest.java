package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.cli.conformance.ScoredTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
  @TempDir Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Cases "good" expect what the scorer answers, cases "bad" expect something else. */
  private void add(String name, String expected) throws IOException {
    Path folder = Files.createDirectories(root.resolve("cases/lab").resolve(name));
    Files.writeString(
        folder.resolve("case.json"),
        """
        {"source": "lab", "case": "%s", "missingInput": "", "missingExpected": "", "columns": ["y"],
         "tolerance": {"relative": 0, "absolute": 0}, "modelElement": "TreeModel"}
        """
            .formatted(name));
    Files.writeString(folder.resolve("expected.csv"), "y\r\n" + expected + "\r\n");
  }

  @BeforeEach
  void twoGoodCasesAndABadOne() throws IOException {
    add("Good1", "1");
    add("Good2", "1");
    add("Bad", "2");
  }

  private int verify(String... more) {
    CommandLine command =
        new CommandLine(
                new VerifyCommand(c -> new ScoredTable(1, Map.of("y", List.<Object>of(1.0)))))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--cases";
    arguments[1] = root.resolve("cases").toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return command.execute(arguments);
  }

  private Path floor(String... lines) throws IOException {
    return Files.write(root.resolve("floor.txt"), List.of(lines));
  }

  @Test
  void printsTheScoreboardAndDoesNotFailForFailedCases() {
    assertThat(verify()).isZero();
    assertThat(out.toString())
        .contains("2 of 3 cases pass")
        .contains("lab/Bad")
        .contains("expected \"2\", got \"1.0\"");
  }

  @Test
  void jsonGoesToStandardOutputAloneAndTheRestToStandardError() throws IOException {
    assertThat(verify("--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("cases").intValue()).isEqualTo(3);
    assertThat(json.get("passed").intValue()).isEqualTo(2);
    assertThat(json.at("/failed/0/case").textValue()).isEqualTo("lab/Bad");
    assertThat(err.toString()).contains("2 of 3 cases pass");
  }

  @Test
  void aFloorThatHoldsIsNoFailure() throws IOException {
    assertThat(verify("--floor", floor("passed 1", "lab/Good1").toString())).isZero();
    assertThat(out.toString()).contains("of 1 cases holds; it may rise to 2");
  }

  @Test
  void aCaseOfTheFloorThatFailsIsAFailure() throws IOException {
    Path floor = floor("passed 2", "lab/Bad", "lab/Good1");
    assertThat(verify("--floor", floor.toString(), "--raise-floor")).isEqualTo(1);
    assertThat(out.toString()).contains("1 cases of the floor").contains("do not pass: lab/Bad");
    assertThat(Files.readAllLines(floor)).containsExactly("passed 2", "lab/Bad", "lab/Good1");
  }

  @Test
  void aCaseOfTheFloorThatIsNoLongerThereIsAFailure() throws IOException {
    assertThat(verify("--floor", floor("passed 1", "lab/Gone").toString())).isEqualTo(1);
  }

  @Test
  void raisingWritesTheCasesThatPass() throws IOException {
    Path floor = root.resolve("new.txt");
    assertThat(verify("--floor", floor.toString(), "--raise-floor")).isZero();
    assertThat(Files.readAllLines(floor)).endsWith("passed 2", "lab/Good1", "lab/Good2");
    assertThat(verify("--floor", floor.toString())).isZero();
  }

  @Test
  void someCasesAreHeldAgainstTheirPartOfTheFloor() throws IOException {
    Path floor = floor("passed 2", "lab/Bad", "lab/Good1");
    assertThat(verify("--floor", floor.toString(), "--only", "Good")).isZero();
    assertThat(verify("--floor", floor.toString(), "--only", "Bad")).isEqualTo(1);
  }

  @Test
  void wrongUsageIsSaid() {
    assertThat(verify("--raise-floor")).isEqualTo(2);
    assertThat(verify("--threads", "0")).isEqualTo(2);
    assertThat(verify("--floor", "f", "--raise-floor", "--only", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--raise-floor needs --floor FILE")
        .contains("--threads 0: must be 1 or more")
        .contains("--raise-floor needs all cases; drop --only");
  }
}
