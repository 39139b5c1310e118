package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

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

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
