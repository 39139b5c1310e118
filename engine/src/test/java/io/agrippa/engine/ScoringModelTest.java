package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring records: by many threads at once, and with nothing but the engine's own classes. */
class ScoringModelTest {
  private static final int RECORDS = 1_000;

  private static Path zoo(String name) {
    return Path.of(
        System.getProperty("agrippa.root", ".."),
        "models/src/main/resources/io/agrippa/models/zoo",
        name + ".pmml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flights-delay", "credit-risk", "loan-status", "diamond-price"})
  void manyThreadsOnOneModelGiveTheBitsOfOne(String name) throws Exception {
    long seed = name.hashCode();
    ScoringModel model = Agrippa.load(zoo(name));
    List<Map<String, Object>> records = RandomRecords.of(model, seed, RECORDS);
    List<Object> expected =
        records.stream().map(record -> RandomRecords.outcome(model, record)).toList();
    assertThat(expected).as("seed %d", seed).anyMatch(Map.class::isInstance);

    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
          order.add(i);
        }
        Collections.shuffle(order, new Random(seed + t));
        Callable<Void> work =
            () -> {
              together.await();
              for (int i : order) {
                // Double.equals compares bits
                assertThat(RandomRecords.outcome(model, records.get(i)))
                    .as("seed %d, record %d", seed, i)
                    .isEqualTo(expected.get(i));
              }
              return null;
            };
        done.add(pool.submit(work));
      }
      for (Future<Void> each : done) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** No Arrow, no Scala, no other jar at all, and no option of the JVM. */
  @ParameterizedTest
  @ValueSource(strings = {"flights-delay", "credit-risk", "loan-status", "diamond-price"})
  void recordsNeedNothingButTheEnginesOwnClasses(String name) throws Exception {
    String classPath =
        Path.of(Agrippa.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            + File.pathSeparator
            + Path.of(
                RandomRecords.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            RandomRecords.class.getName(),
            zoo(name).toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    ScoringModel model = Agrippa.load(zoo(name));
    assertThat(printed.strip()).isEqualTo(RandomRecords.digest(model));
  }
}
