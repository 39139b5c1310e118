package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Job.Dataset;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runners;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guide shows in Java compiles and runs as it stands there, one block after the other in
 * one session; only files are those of a folder of the test.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("agrippa.root", ".."));
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("([\"'])([a-z-]+\\.(?:pmml|parquet))\\1");

  @Test
  void theJavaOfTheGuideRuns(@TempDir Path folder) throws Exception {
    Files.copy(
        ROOT.resolve("models/src/main/resources/io/agrippa/models/zoo/flights-delay.pmml"),
        folder.resolve("flights-delay.pmml"));
    Agrippa.run(
        Job.copy(
                new Dataset("dataset:flights"),
                new Dataset(folder.resolve("flights.parquet").toString()))
            .first(5000),
        Runners.named("serial"),
        new RunControl());
    Files.copy(
        folder.resolve("flights.parquet"),
        Files.createDirectory(folder.resolve("arriving.parquet")).resolve("1.parquet"));
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("SparkGuideTest")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    try {
      Matcher block = JAVA.matcher(Files.readString(ROOT.resolve("docs/spark.md")));
      int blocks = 0;
      while (block.find()) {
        run(block.group(1), folder, "Snippet" + blocks++, spark);
      }
      assertThat(blocks).isEqualTo(4);
      assertThat(spark.read().parquet(folder.resolve("scored.parquet").toString()).columns())
          .containsExactly("date", "origin", "model_probability(late)", "model_status");
      assertThat(spark.read().parquet(folder.resolve("late.parquet").toString()).count())
          .isEqualTo(5000);
    } finally {
      spark.stop();
    }
  }

  /** Compiles and runs statements that may use {@code spark}. */
  private static void run(String statements, Path folder, String name, SparkSession spark)
      throws Exception {
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source,
        """
        import io.agrippa.engine.*;
        import io.agrippa.engine.run.*;
        import io.agrippa.spark.*;
        import java.util.*;
        import org.apache.spark.api.java.function.*;
        import org.apache.spark.sql.*;
        import org.apache.spark.sql.streaming.*;
        public class %s {
          public static void run(SparkSession spark) throws Exception {
        %s
          }
        }
        """
            .formatted(
                name,
                FILE.matcher(statements)
                    .replaceAll(
                        file -> file.group(1) + folder.resolve(file.group(2)) + file.group(1))));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      assertThat(
              compiler
                  .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                  .call())
          .as(statements + said)
          .isTrue();
    }
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, SparkGuideTest.class.getClassLoader())) {
      Method method = loader.loadClass(name).getMethod("run", SparkSession.class);
      method.invoke(null, spark);
    }
  }
}
