package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PMML4S on executors, whose Spark ships another scala-xml than it needs: the rows of this machine.
 */
class SecondOpinionIT {
  private static final Path ROOT = Path.of(System.getProperty("agrippa.root"));
  private static final String DATA = "-Dagrippa.data=" + System.getProperty("agrippa.data");
  private static final Pattern DIGEST = Pattern.compile("\"outputDigest\" *: *\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void executorsGiveTheRowsOfThisMachine() throws Exception {
    String here =
        digest(
            ProcessHandle.current().info().command().orElseThrow(),
            DATA,
            "-cp",
            ROOT.resolve("cli/target/agrippa/lib") + File.separator + "*",
            "io.agrippa.cli.Main");
    String there =
        digest(
            System.getProperty(SparkHome.HOME_PROPERTY) + "/bin/spark-submit",
            "--master",
            "local-cluster[2,1,1024]",
            "--conf",
            "spark.driver.extraJavaOptions=" + DATA,
            "--conf",
            "spark.executor.extraJavaOptions=" + DATA,
            System.getProperty(SparkHome.JAR_PROPERTY));
    assertThat(there).isEqualTo(here);
  }

  private String digest(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.addAll(
        List.of(
            "score",
            "--model=model:diamond-price",
            "--input=dataset:diamonds",
            "--output=" + Files.createTempDirectory(folder, "out").resolve("scores.parquet"),
            "--partition=count:4",
            "--evaluator=pmml4s",
            "--json"));
    Path printed = Files.createTempFile(folder, "printed", "");
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(printed)).isZero();
    Matcher digest = DIGEST.matcher(read(printed));
    assertThat(digest.find()).as(read(printed)).isTrue();
    return digest.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
