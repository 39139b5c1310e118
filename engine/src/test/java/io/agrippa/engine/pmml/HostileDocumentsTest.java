package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents of a gigabyte in one attribute, text or nesting are refused in a small heap. */
final class HostileDocumentsTest {
  private static final String TAG = "a tag is longer than 4194304 characters; ";
  private static final String TEXT =
      "a text, comment or processing instruction is longer than 16777216 characters; ";
  private static final String DEPTH = "more than 250000 elements within each other; ";
  private static final String NESTING =
      "more than 500 expressions, predicates or models within each other; ";

  @Test
  void aSmallHeapIsEnoughToRefuseThem() throws Exception {
    Map<String, String> outcomes = outcomes();
    assertThat(outcomes).hasSize(19);
    outcomes.forEach(
        (name, outcome) -> assertThat(outcome).as(name).startsWith("m.pmml:").contains("; "));
    for (String name : new String[] {"attribute", "attribute name", "element name", "end tag"}) {
      assertThat(outcomes.get(name)).as(name).contains(TAG);
    }
    for (String name : new String[] {"text", "blanks", "comment", "CDATA", "instruction", "gzip"}) {
      assertThat(outcomes.get(name)).as(name).contains(TEXT);
    }
    for (String name : new String[] {"deep nodes", "deep extensions"}) {
      assertThat(outcomes.get(name)).as(name).contains(DEPTH);
    }
    for (String name : new String[] {"deep expressions", "deep predicates"}) {
      assertThat(outcomes.get(name)).as(name).contains(NESTING);
    }
    assertThat(outcomes.get("attributes")).contains("more than 1000 attributes; ");
    assertThat(outcomes.get("deep prefixes")).contains("more than 1000 namespaces ");
    assertThat(outcomes.get("DOCTYPE"))
        .contains("a document type or other declaration is not read");
  }

  private static Map<String, String> outcomes() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                HostileDocuments.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, String> outcomes = new HashMap<>();
    output
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split(" -> ", 2);
              outcomes.put(parts[0], parts[1]);
            });
    return outcomes;
  }
}
