package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.cli.conformance.CaseReader;
import io.agrippa.cli.conformance.ConformanceCase;
import io.agrippa.engine.Agrippa;
import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The zoo and, where they are there, a hundred conformance cases, read from Parquet files, give one
 * digest on every runner. One application for each way of running Spark.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DigestsIT {
  private static final Runner SERIAL = Runners.named("serial");
  private static final Path CASES = Path.of(System.getProperty("agrippa.shared"), "conformance");
  private static final int MOST_CASES = 100;

  /** Models of the zoo with what they have learnt from. */
  private static final Map<String, String> ZOO =
      Map.of(
          "model:flights-delay",
          "dataset:flights",
          "model:credit-risk",
          "dataset:credit-data",
          "model:loan-status",
          "dataset:lending-club",
          "model:diamond-price",
          "dataset:diamonds");

  @TempDir private static Path folder;
  private static final List<String> lines = new ArrayList<>();
  private static final List<String> serial = new ArrayList<>();

  @BeforeAll
  static void scoreSerially() throws Exception {
    for (Map.Entry<String, String> model : new TreeMap<>(ZOO).entrySet()) {
      Path input = folder.resolve(model.getKey().substring(model.getKey().indexOf(':') + 1));
      add(model.getKey(), Job.copy(new Dataset(model.getValue()), parquet(input)).first(20_000));
    }
    if (Files.isDirectory(CASES)) {
      List<ConformanceCase> cases = new CaseReader().read(CASES);
      for (int i = 0; i < cases.size() && lines.size() < ZOO.size() + MOST_CASES; i++) {
        // A stride that shares no factor with their number visits all collections early.
        ConformanceCase c = cases.get((int) (i * 179L % cases.size()));
        if (c.shape() == ConformanceCase.Shape.ROWS) {
          tryCase(c);
        }
      }
      assertThat(lines).hasSize(ZOO.size() + MOST_CASES);
    }
    Files.write(folder.resolve("lines"), lines);
  }

  private static Dataset parquet(Path file) {
    return new Dataset(file + ".parquet");
  }

  /** Cases of elements that are not read yet, and columns that are not there, are left out. */
  private static void tryCase(ConformanceCase c) throws Exception {
    Map<String, String> options =
        Map.of(
            DatasetOptions.DELIMITER,
            String.valueOf(c.separator()),
            DatasetOptions.MISSING,
            c.missingInput());
    try {
      add(
          c.model().toString(),
          Job.copy(
              new Dataset(c.input().toString(), options),
              parquet(folder.resolve(c.id().replace('/', '-')))));
    } catch (ModelException | PmmlException e) {
      // Its element, or a type that the text does not say, is not for this test.
    }
  }

  private static void add(String model, Job copy) throws Exception {
    Agrippa.run(copy, SERIAL, new RunControl());
    String line = model + "\t" + copy.output().orElseThrow().place();
    serial.add(DigestsApplication.digest(line, SERIAL));
    lines.add(line);
  }

  private static void assertSame(Runner runner) throws Exception {
    assertSame(DigestsApplication.digests(lines, runner));
  }

  @Test
  void onThreads() throws Exception {
    assertSame(Runners.named("threads:2"));
  }

  @Test
  void onWorkerProcesses() throws Exception {
    assertSame(Runners.named("processes:1"));
  }

  @Test
  void onSparkInOneProcess() throws Exception {
    assertSameOn("local[2]");
  }

  @Test
  void onSparkOfSeveralProcesses() throws Exception {
    assertSameOn("local-cluster[2,1,1024]");
  }

  @Test
  void onAStandaloneCluster() throws Exception {
    Path place = Files.createDirectory(folder.resolve("cluster"));
    try (StandaloneCluster cluster = new StandaloneCluster(place, 2)) {
      assertSameOn(cluster.url());
    }
  }

  private static void assertSameOn(String master) throws Exception {
    Path digests = Files.createTempFile(folder, "digests", "");
    Path printed = Files.createTempFile(folder, "printed", "");
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty(SparkHome.HOME_PROPERTY) + "/bin/spark-submit",
            "--master",
            master,
            "--conf",
            "spark.executor.memory=1g",
            "--conf",
            "spark.sql.extensions=" + AgrippaExtensions.class.getName(),
            "--conf",
            "spark.driver.extraJavaOptions=-Dagrippa.data=" + System.getProperty("agrippa.data"),
            "--jars",
            System.getProperty(SparkHome.JAR_PROPERTY),
            "--class",
            DigestsApplication.class.getName(),
            jar().toString(),
            folder.resolve("lines").toString(),
            digests.toString(),
            Integer.toString(ZOO.size()));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(printed)).isZero();
    List<String> given = Files.readAllLines(digests);
    assertThat(given).hasSize(lines.size() + ZOO.size());
    assertSame(given.subList(0, lines.size()));
    assertSame(given.subList(lines.size(), given.size())); // of the queries
  }

  /** These are the digests of the first lines. */
  private static void assertSame(List<String> digests) {
    for (int i = 0; i < digests.size(); i++) {
      assertThat(digests.get(i)).as(lines.get(i)).isEqualTo(serial.get(i));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The application's own jar: its one class. */
  private static Path jar() throws IOException {
    Path jar = Files.createTempFile(folder, "digests", ".jar");
    String entry = DigestsApplication.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        var in = DigestsApplication.class.getResourceAsStream("/" + entry)) {
      entries.putNextEntry(new JarEntry(entry));
      in.transferTo(entries);
      entries.closeEntry();
    }
    return jar;
  }

  @AfterAll
  static void forget() {
    lines.clear();
    serial.clear();
  }
}
