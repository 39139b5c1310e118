package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int agrippa(String... args) {
    out.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String data(String name, double shift, String town) throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("amount,steady,town\n");
    for (int i = 0; i < 20_000; i++) {
      csv.append(random.nextGaussian() + shift).append(',').append(random.nextInt(50)).append(',');
      csv.append(random.nextInt(4) == 0 ? town : "Rom").append('\n');
    }
    return Files.writeString(folder.resolve(name), csv).toString();
  }

  @Test
  void findsWhatMovedWithTheSameBitsOnEveryRunnerAndInEveryCut() throws IOException {
    String before = data("before.csv", 0, "Ulm");
    String now = data("now.csv", 0.75, "Köln");
    JsonNode serial = drift(before, now, "--on=serial");
    assertThat(serial.path("columns").findValuesAsText("change"))
        .containsExactly("significant change", "no significant change", "significant change");
    assertThat(serial.path("columns").get(2).path("bins").findValuesAsText("values"))
        .contains("categories that the reference does not have");
    for (String cut : new String[] {"rows:1000", "bytes:5000", "natural"}) {
      assertThat(drift(before, now, "--on=threads:3", "--partition=" + cut)).isEqualTo(serial);
    }
  }

  private JsonNode drift(String before, String now, String... more) throws IOException {
    String[] args = new String[4 + more.length];
    args[0] = "drift";
    args[1] = "--reference=" + before;
    args[2] = "--input=" + now;
    args[3] = "--json";
    System.arraycopy(more, 0, args, 4, more.length);
    assertThat(agrippa(args)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString()).path("drift");
  }

  @Test
  void holdsScoresAgainstEachOtherToo() {
    assertThat(
            agrippa(
                "drift",
                "--reference=dataset:credit-data",
                "-i=dataset:credit-data",
                "-m=model:credit-risk"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("4,454 rows held against 4,454", "probability(bad)", "no significant change")
        .doesNotContain("moderate change");
  }
}
