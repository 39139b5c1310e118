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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training in an application that was submitted to Spark with Smile's jars. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainingIT {
  private static final Path COMMAND =
      Path.of(System.getProperty("agrippa.root"), "cli/target/agrippa");
  private static final String DATA = "-Dagrippa.data=" + System.getProperty("agrippa.data");

  @TempDir private Path folder;

  @Test
  void aForestGrownByExecutorsIsThatOfThisMachineToTheByte() throws Exception {
    Path here = folder.resolve("here.pmml");
    train(
        here,
        ProcessHandle.current().info().command().orElseThrow(),
        DATA,
        "-cp",
        COMMAND.resolve("lib/*") + File.pathSeparator + COMMAND.resolve("lib-train/*"),
        "io.agrippa.cli.Main");
    Path there = folder.resolve("there.pmml");
    train(
        there,
        System.getProperty(SparkHome.HOME_PROPERTY) + "/bin/spark-submit",
        "--master",
        "local-cluster[2,1,1024]",
        "--conf",
        "spark.driver.extraJavaOptions=" + DATA,
        "--jars",
        smile(),
        System.getProperty(SparkHome.JAR_PROPERTY));
    assertThat(there).hasSameBinaryContentAs(here);
  }

  private void train(Path model, String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.addAll(
        List.of(
            "train",
            "--input=dataset:credit-data",
            "--target=Status",
            "--algorithm=random-forest",
            "--set=trees=9",
            "--output=" + model));
    Path printed = Files.createTempFile(folder, "printed", "");
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(printed)).isZero();
  }

  private static String smile() throws IOException {
    try (Stream<Path> jars = Files.list(COMMAND.resolve("lib-train"))) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(","));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
