package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConformanceReadTest {
  @Test
  void everyModelIsReadOrNamesTheElementThatIsNotSupported() throws IOException {
    Path shared = Path.of(System.getProperty("agrippa.shared", "none"), "conformance");
    assumeTrue(Files.isDirectory(shared), "no conformance cases here");
    List<String> surprises = new ArrayList<>();
    int read = 0;
    for (Path model : models(shared)) {
      try {
        PmmlReader.read(model);
        read++;
      } catch (PmmlException e) {
        if (!e.getMessage().contains(" is not supported yet")) {
          surprises.add(e.getMessage());
        }
      }
    }
    assertThat(surprises).isEmpty();
    assertThat(read).isGreaterThanOrEqualTo(400);
  }

  private static List<Path> models(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith("model.pmml")).sorted().toList();
    }
  }
}
