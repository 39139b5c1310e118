package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows in Java compiles and runs as it stands there. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("agrippa.root", ".."));
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What the blocks print, in order. */
  private static final List<String> PRINTED =
      List.of("\\{late=(late|on time), .*}\\s*", "\\[0\\.\\d+, 0\\.\\d+, 0\\.\\d+]\\s*");

  @Test
  void theJavaOfTheReadmeScoresWithoutAnyFlag(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.copy(
        ROOT.resolve("models/src/main/resources/io/agrippa/models/zoo/flights-delay.pmml"),
        folder.resolve("flights-delay.pmml"));
    Matcher block = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
    for (String expected : PRINTED) {
      assertThat(block.find()).as("a block of Java in the README").isTrue();
      assertThat(run(block.group(1), folder)).matches(expected);
    }
    assertThat(block.find()).as("a block of Java that this test does not know").isFalse();
  }

  /** Compiles and runs statements; what they print. */
  private static String run(String statements, Path folder)
      throws IOException, InterruptedException {
    Path source = folder.resolve("Snippet.java");
    Files.writeString(
        source,
        """
        import io.agrippa.engine.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        class Snippet {
          public static void main(String[] args) throws Exception {
        %s
          }
        }
        """
            .formatted(statements));

    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    java.getOutputStream().close();
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(printed).isZero();
    return printed;
  }
}
