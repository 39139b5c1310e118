package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int agrippa(String... args) {
    out.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private JsonNode credit(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("evaluate", "--json", "-m=model:credit-risk"));
    args.addAll(List.of("-i=dataset:credit-data"));
    args.addAll(List.of(more));
    assertThat(agrippa(args.toArray(new String[0]))).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString()).path("evaluation");
  }

  @Test
  void givesTheSameBitsOnEveryRunnerAndInEveryCut() throws IOException {
    JsonNode serial = credit("--actual=Status", "--positive=bad", "--on=serial");
    assertThat(serial.path("rows").path("used").asLong()).isEqualTo(4454);
    // the model learnt from most of these rows, so it does better than the 0.81 on the others
    assertThat(serial.path("rankings").get(0).path("auc").asDouble()).isBetween(0.81, 1.0);
    for (String cut : new String[] {"rows:100", "rows:777", "count:5", "natural"}) {
      assertThat(
              credit("--actual=Status", "--positive=bad", "--on=threads:3", "--partition=" + cut))
          .as(cut)
          .isEqualTo(serial);
    }
  }

  @Test
  void aConditionGivesWhatItsClassDoes() throws IOException {
    JsonNode column = credit("--actual=Status", "--positive=bad");
    JsonNode condition = credit("--actual=Status = bad", "--positive=bad");
    for (String measure : new String[] {"accuracy", "logLoss", "brier", "rankings", "confusion"}) {
      assertThat(condition.path(measure)).as(measure).isEqualTo(column.path(measure));
    }
  }

  @Test
  void measuresNumbers() throws IOException {
    assertThat(
            agrippa(
                "evaluate",
                "--json",
                "-m=model:diamond-price",
                "-i=dataset:diamonds",
                "--actual=price"))
        .as(err.toString())
        .isZero();
    JsonNode found = new ObjectMapper().readTree(out.toString()).path("evaluation");
    assertThat(found.path("task").asText()).isEqualTo("regression");
    // 0.9603 on the rows that it did not learn from
    assertThat(found.path("r2").asDouble()).isCloseTo(0.96, within(0.01));
    assertThat(
            agrippa("evaluate", "-m=model:diamond-price", "-i=dataset:diamonds", "--actual=price"))
        .isZero();
    assertThat(out.toString()).contains("RMSE", "R²", "residuals");
  }

  @Test
  void showsPeopleTables() {
    assertThat(
            agrippa(
                "evaluate", "-m=model:credit-risk", "-i=dataset:credit-data", "--actual=Status"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("4,454 of 4,454 rows measured", "accuracy", "AUC", "PRECISION", "LIFT");
  }

  @Test
  void aConditionNeedsToKnowTheClassThatItMeans() {
    assertThat(
            agrippa(
                "evaluate",
                "-m=model:credit-risk",
                "-i=dataset:credit-data",
                "--actual=Status = bad"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--positive", "\"bad\"", "\"good\"");
  }

  @Test
  void aColumnOfOtherClassesIsRefused() {
    assertThat(
            agrippa("evaluate", "-m=model:credit-risk", "-i=dataset:credit-data", "--actual=Home"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("none of which the model predicts", "--positive");
  }

  @Test
  void thePageNeedsNothingButItself(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.html");
    String[] command = {
      "evaluate",
      "-m=model:credit-risk",
      "-i=dataset:credit-data",
      "--actual=Status",
      "--report=" + page
    };
    assertThat(agrippa(command)).as(err.toString()).isZero();
    assertThat(page)
        .content()
        .contains("<svg", "ROC", "AUC", "Calibration", "Confusion matrix", "4,454 of 4,454 rows")
        .doesNotContain("http", "<script", "src=");
    assertThat(agrippa(command)).isEqualTo(1);
    assertThat(err.toString()).contains("page.html", "--overwrite");
  }
}
