package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void versionIsThatOfTheBuildAndGoesToStandardOutput() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("(?s)agrippa \\d+\\.\\d+\\.\\d+\\S*\\RJava \\d+.*");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: agrippa", "completion");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("No command given", "Usage: agrippa");
  }

  @Test
  void anUnknownOptionIsWrongUsageAndIsNamed() {
    assertThat(run("--colour")).isEqualTo(2);
    assertThat(err.toString()).contains("--colour");
  }

  @Test
  void completionIsAScriptForTheCommand() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("complete", "agrippa", "--version");
  }

  @Test
  void aRunnerOnSparkWithoutItsModuleIsWrongUsageWithTheRemedy() {
    assertThat(run("score", "-m=m.pmml", "--on=spark:local[2]")).isEqualTo(2);
    assertThat(err.toString())
        .contains("runner \"spark:local[2]\"", "agrippa-spark-*.jar", "./agrippa", "spark-submit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"score -m=m.pmml", "profile", "datasets generate higgs"})
  void whatADriverRunsOnIsTheDefaultOfAllCommandsWithJobs(String command) {
    System.setProperty("agrippa.on", "nowhere");
    try {
      assertThat(run(command.split(" "))).isEqualTo(2);
      assertThat(err.toString()).contains("runner \"nowhere\"");
    } finally {
      System.clearProperty("agrippa.on");
    }
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
