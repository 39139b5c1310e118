package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String MODEL = "--model=model:diamond-price";
  private static final String INPUT = "--input=dataset:diamonds";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int compare(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = new String[args.length + 1];
    all[0] = "compare";
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  @Test
  void everyFigureAndThePageCanBeComputedAgainFromTheJson() throws Exception {
    Path page = folder.resolve("first.html");
    Path again = folder.resolve("again.html");
    Path csv = folder.resolve("runs.csv");
    assertThat(
            compare(
                MODEL,
                INPUT,
                "--on=threads:2",
                "--schedule=static,dynamic:2",
                "--partition=rows:500,count:3",
                "--limit=1000,4000",
                "--repeat=2",
                "--warmup=0",
                "--simulate=workers=3,9",
                "--simulate=failures=0.1",
                "--report=" + page,
                "--csv=" + csv,
                "--json"))
        .as(err.toString())
        .isZero();
    String json = out.toString();
    Path study = Files.writeString(folder.resolve("study.json"), json);
    JsonNode root = new ObjectMapper().readTree(json);
    assertThat(root.get("configurations")).hasSize(2 * 2 * 3);
    for (JsonNode configuration : root.get("configurations")) {
      assertThat(configuration.get("runs")).hasSize(2);
      assertThat(configuration.at("/summary/speedup/count").asInt()).isEqualTo(2);
    }
    assertThat(root.get("findings")).isNotEmpty();
    assertThat(root.at("/simulation/foretold")).isNotEmpty();
    assertThat(Files.readAllLines(csv)).hasSize(1 + 24);

    assertThat(compare("--from=" + study, "--report=" + again, "--json"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).isEqualTo(json);
    assertThat(again).hasSameTextualContentAs(page);
  }

  @Test
  void thePageNeedsNothingFromElsewhereAndSaysTheAnswerFirst() throws Exception {
    Path page = folder.resolve("page.html");
    assertThat(
            compare(
                MODEL,
                INPUT,
                "--on=threads:2",
                "--limit=2000",
                "--repeat=1",
                "--warmup=0",
                "--report=" + page))
        .as(err.toString())
        .isZero();
    String html = Files.readString(page);
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script");
    assertThat(html.indexOf("Run it")).isPositive().isLessThan(html.indexOf("<svg"));
    assertThat(err.toString()).contains("Workers:").contains("seed 1");
  }

  @Test
  void aSkewedKeyIsNamedWithItsShare() throws Exception {
    StringBuilder csv = new StringBuilder("customer,x,colour\n");
    for (int i = 0; i < 100_000; i++) {
      int customer = i < 60_000 ? 1 : i / 100; // the first has six of ten rows
      csv.append("customer-").append(customer).append(",0.5,red\n");
    }
    Path input = Files.writeString(folder.resolve("in.csv"), csv);
    String model = "--model=" + Line.model(folder);
    assertThat(
            compare(
                model,
                "--input=" + input,
                "--on=threads:2",
                "--partition=key:customer,rows:9000",
                "--repeat=1",
                "--warmup=0",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode skew = null;
    for (JsonNode finding : new ObjectMapper().readTree(out.toString()).get("findings")) {
      skew = finding.get("topic").asText().equals("Skew") ? finding : skew;
    }
    assertThat(skew).isNotNull();
    assertThat(skew.get("answer").asText())
        .startsWith("key:customer is skewed")
        .contains("has 60 % of the rows")
        .contains("no more than 1.7 workers");
    assertThat(skew.get("evidence").asText()).contains("of 100,000 rows");
  }

  @Test
  void rowsMayBeWrittenTooAndTheirFileIsGoneAfterwards() throws Exception {
    assertThat(
            compare(
                MODEL,
                INPUT,
                "--on=threads:1",
                "--limit=100",
                "--repeat=1",
                "--warmup=0",
                "--output-format=parquet",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode run = new ObjectMapper().readTree(out.toString()).at("/configurations/0/runs/0");
    assertThat(run.get("bytesOut").asLong()).isPositive();
  }

  @Test
  void aReportThatExistsIsKeptAndNothingRuns() throws Exception {
    Path page = Files.writeString(folder.resolve("page.html"), "mine");
    assertThat(compare(MODEL, INPUT, "--report=" + page)).isEqualTo(1);
    assertThat(page).hasContent("mine");
    assertThat(err.toString()).contains("--overwrite");
  }

  @Test
  void standardInputIsWrongUsageBecauseItCanBeReadOnce() {
    assertThat(compare(MODEL)).isEqualTo(2);
    assertThat(err.toString()).contains("standard input").contains("--input");
  }

  @Test
  void aRunnerThatIsNotThereIsWrongUsage() {
    assertThat(compare(MODEL, INPUT, "--on=gpu:1")).isEqualTo(2);
    assertThat(err.toString()).contains("gpu:1");
  }

  @Test
  void whatIsNoStudyIsRefused() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"rows\": 1}");
    assertThat(compare("--from=" + other)).isEqualTo(1);
    assertThat(err.toString()).contains(other.toString()).contains("no study");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\n  \"rows\": }");
    assertThat(compare("--from=" + broken)).isEqualTo(1);
    assertThat(err.toString()).contains(broken + ":2");
  }

  @Test
  void aStudyWithAPartMissingNamesIt() throws Exception {
    Path part =
        Files.writeString(
            folder.resolve("part.json"),
            "{\"format\": \"agrippa-study-1\", \"configurations\": []}");
    assertThat(compare("--from=" + part)).isEqualTo(1);
    assertThat(err.toString()).contains("\"command\" is missing");
  }
}
