package io.agrippa.cli;

import static io.agrippa.cli.Command.agrippa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring by the real command: its streams, its exit codes, its signals. */
class ScoreProcessTest {
  private static final int ROWS = 10_000; // some blocks
  private static final int SIGINT_CODE = 128 + 2;

  @TempDir private Path folder;
  @TempDir private Path results;
  private String model;
  private Path input;
  private Path output;

  @BeforeEach
  void files() throws IOException {
    model = Line.model(folder).toString();
    input = Files.writeString(folder.resolve("in.csv"), Line.csv(ROWS));
    output = results.resolve("out.csv");
  }

  private Command score(String... more) {
    return agrippa(
        Stream.concat(Stream.of("score", "-m", model), Stream.of(more)).toArray(String[]::new));
  }

  private Command fileToFile(String... more) {
    return score(
        Stream.concat(
                Stream.of("-i", input.toString(), "-o", output.toString(), "--keep", "id"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode onlyObject(String text) throws IOException {
    assertThat(text.lines()).hasSize(1);
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aPipeGivesTheRowsOfFiles() throws Exception {
    Command.Result files = fileToFile().run().succeeded();
    Command.Result pipe = score("--keep", "id").from(input).run().succeeded();
    assertThat(pipe.out()).isEqualTo(Files.readString(output)).hasLineCount(ROWS + 1);
    assertThat(files.out()).isEmpty();
    assertThat(files.err()).contains("10,000 rows in ", "output digest ");
    assertThat(digestLine(pipe.err())).isEqualTo(digestLine(files.err()));
  }

  private static String digestLine(String summary) {
    return summary.lines().filter(line -> line.startsWith("output digest")).findFirst().orElse("");
  }

  @Test
  void jsonIsOnStandardOutputUnlessTheRowsAreThere() throws Exception {
    Command.Result files = fileToFile("--json").run().succeeded();
    assertThat(files.err()).isEmpty();
    JsonNode ofFiles = onlyObject(files.out());
    assertThat(ofFiles.path("rows").asInt()).isEqualTo(ROWS);
    assertThat(ofFiles.fieldNames())
        .toIterable()
        .contains("wallSeconds", "rowsPerSecond", "phases", "outputDigest");

    Command.Result pipe = score("--keep", "id", "--json").from(input).run().succeeded();
    assertThat(pipe.out()).isEqualTo(Files.readString(output));
    assertThat(onlyObject(pipe.err()).path("outputDigest")).isEqualTo(ofFiles.path("outputDigest"));
  }

  @Test
  void aReaderThatHasEnoughEndsTheCommandInSilence() throws Exception {
    Command command = agrippa("datasets", "generate", "higgs,rows=100000000");
    Path err = results.resolve("err");
    Process process = new ProcessBuilder(command.line()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reader.readLine()).contains(",");
      assertThat(reader.readLine()).contains(",");
    }
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(err).isEmptyFile();
  }

  static Stream<List<String>> endlessJobs() {
    List<String> score = List.of("score", "-m", "MODEL", "--keep=*");
    List<String> generate = List.of("datasets", "generate", "higgs,rows=100000000000");
    return Stream.of(
        with(score, "--on=serial", "-o", "out.csv"),
        with(score, "--on=threads:3", "-o", "out.csv"),
        with(score, "--on=threads:2", "-o", "out.parquet", "--output-option=rowGroupRows=1000"),
        with(generate, "--on=serial", "-o", "out.csv"),
        with(generate, "-o", "out.parquet", "--output-option=rowGroupRows=1000"));
  }

  private static List<String> with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  /**
   * Once a temporary file shows that the job is under way, it is interrupted as Ctrl-C does. Rows
   * from standard input never end: the pipe stays open.
   */
  @ParameterizedTest
  @MethodSource("endlessJobs")
  void anInterruptEndsAJobAndLeavesNothingOfItsOutput(List<String> job) throws Exception {
    Command command =
        interruptible(
            agrippa(
                job.stream()
                    .map(word -> word.equals("MODEL") ? model : word)
                    .map(word -> word.startsWith("out.") ? results.resolve(word).toString() : word)
                    .toArray(String[]::new)));
    try (WatchService watch = results.getFileSystem().newWatchService()) {
      results.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      Command.Running running = command.start();
      Thread feeder = new Thread(() -> feed(running.process().getOutputStream()));
      feeder.start();
      awaitRows(watch);
      interrupt(running.process());
      Command.Result result = running.end();
      feeder.join();
      assertThat(result.code()).as(result.err()).isEqualTo(SIGINT_CODE);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).doesNotContain("Exception", "\tat ");
    }
    assertThat(results).isEmptyDirectory();
  }

  /** Writes rows until the command is gone. */
  private static void feed(OutputStream standardInput) {
    byte[] rows = Line.csv(ROWS).getBytes(StandardCharsets.UTF_8);
    int header = new String(rows, 0, 100, StandardCharsets.UTF_8).indexOf('\n') + 1;
    try (standardInput) {
      standardInput.write(rows);
      while (true) {
        standardInput.write(rows, header, rows.length - header);
      }
    } catch (IOException e) {
      // the end of the command closes the pipe
    }
  }

  /** Waits until a file in the folder holds something. */
  private void awaitRows(WatchService watch) throws IOException, InterruptedException {
    while (true) {
      try (Stream<Path> files = Files.list(results)) {
        for (Path file : files.toList()) {
          if (Files.size(file) > 0) {
            return;
          }
        }
      }
      WatchKey key = watch.poll(300, TimeUnit.SECONDS);
      assertThat(key).as("the job writes").isNotNull();
      key.pollEvents();
      key.reset();
    }
  }

  /**
   * The command with SIGINT as at a terminal: a build in the background passes on that it is
   * ignored.
   */
  private static Command interruptible(Command command) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/kill")) || Files.exists(Path.of("/usr/bin/kill")));
    String[] env = {"env", "--default-signal=INT"};
    if (new ProcessBuilder(env[0], env[1], "true").start().waitFor() == 0) {
      return command.under(env);
    }
    return command;
  }

  private static void interrupt(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  @Test
  void progressIsShownOnATerminal() throws Exception {
    Command.Result result = fileToFile().with("-Dagrippa.terminal=true").run().succeeded();
    assertThat(result.err()).contains("\r", "100%", "rows/s", "output digest");
  }

  @Test
  void progressIsShownNeitherInAPipeNorAroundJson() throws Exception {
    assertThat(fileToFile().run().succeeded().err()).doesNotContain("\r", "%", "\u001b");
    Command.Result json =
        fileToFile("--json", "--overwrite").with("-Dagrippa.terminal=true").run().succeeded();
    assertThat(json.err()).isEmpty();
  }

  @Test
  void anOutputThatExistsIsKeptUnlessItIsToBeReplaced() throws Exception {
    Files.writeString(output, "mine");
    Command.Result refused = fileToFile().run();
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains(output.toString(), "exists already", "--overwrite");
    assertThat(output).hasContent("mine");
    fileToFile("--overwrite").run().succeeded();
    assertThat(Files.readAllLines(output)).hasSize(ROWS + 1);
    assertThat(results.toFile().list()).containsExactly("out.csv");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, ROWS, ROWS + 1})
  void theLimitIsHeld(int limit) throws Exception {
    fileToFile("--limit", Integer.toString(limit)).run().succeeded();
    List<String> rows = Files.readAllLines(output);
    assertThat(rows).hasSize(1 + Math.min(limit, ROWS)).startsWith("id,y");
    if (limit > 0) {
      assertThat(rows.get(rows.size() - 1)).startsWith(Math.min(limit, ROWS) - 1 + ",");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, --version",
    "0, score --help",
    "0, describe model:diamond-price",
    "1, describe no-such.pmml",
    "1, describe model:no-such",
    "1, score -m no-such.pmml -i no-such.csv",
    "2, ''",
    "2, scroe",
    "2, score",
    "2, score -m x --limit=-1",
    "2, score -m x --limit=many",
    "2, score -m x --on=moon",
    "2, score -m x --bad-rows=ignore",
    "2, score -m x --partition=rows:0",
    "2, 'score -m x --keep=*,a'",
    "2, describe"
  })
  void exitCodesSayWhoseFaultItIs(int code, String line) throws Exception {
    Command.Result result =
        agrippa(Stream.of(line.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new)).run();
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    if (code == 0) {
      assertThat(result.out()).isNotBlank();
      assertThat(result.err()).isEmpty();
    } else {
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("agrippa: ").doesNotContain("\tat ", "Exception");
    }
  }
}
