package io.agrippa.cli.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.cli.conformance.ConformanceCase.Shape;
import io.agrippa.engine.compile.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads conformance cases: folders {@code SOURCE/CASE} that hold a {@code case.json}. */
public final class CaseReader {
  private static final String DESCRIPTION = "case.json";

  private final ObjectMapper json = new ObjectMapper();

  /**
   * All cases below a folder, in the order of their names.
   *
   * @throws IOException if the folder holds no case or a description cannot be read
   */
  public List<ConformanceCase> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          folder.toString(), null, "no such folder; name one that holds SOURCE/CASE/case.json");
    }
    List<Path> descriptions;
    try (Stream<Path> files = Files.walk(folder)) {
      descriptions =
          files.filter(f -> f.getFileName().toString().equals(DESCRIPTION)).sorted().toList();
    }
    if (descriptions.isEmpty()) {
      throw new IOException(
          folder + ": holds no case; name a folder that holds SOURCE/CASE/case.json");
    }
    List<ConformanceCase> cases = new ArrayList<>();
    for (Path description : descriptions) {
      cases.add(readCase(description));
    }
    return cases;
  }

  private ConformanceCase readCase(Path description) throws IOException {
    try {
      JsonNode node = json.readTree(description.toFile());
      JsonNode tolerance = node.required("tolerance");
      return new ConformanceCase(
          description.toAbsolutePath().getParent(),
          node.required("source").asText(),
          node.required("case").asText(),
          separator(node),
          node.required("missingInput").asText(),
          node.required("missingExpected").asText(),
          texts(node.required("columns")),
          texts(node.path("excludedColumns")),
          new Tolerance(
              tolerance.required("relative").doubleValue(),
              tolerance.required("absolute").doubleValue()),
          shape(node),
          node.path("syntheticTarget").asText(""),
          node.path("modelElement").asText(""),
          node.path("segmentation").asText(""));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(description + ": " + e.getMessage(), e);
    }
  }

  private static char separator(JsonNode node) {
    String text = node.path("separator").asText(",");
    if (text.length() != 1) {
      throw new IllegalArgumentException("separator \"" + text + "\" must be one character");
    }
    return text.charAt(0);
  }

  private static Shape shape(JsonNode node) {
    if (node.path("grouped").asBoolean(false)) {
      return Shape.GROUPS;
    }
    String mode = node.path("mode").asText("rows");
    return switch (mode) {
      case "rows" -> Shape.ROWS;
      case "singleton" -> Shape.STEPS;
      default -> throw new IllegalArgumentException("mode \"" + mode + "\" is unknown");
    };
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(n -> texts.add(n.asText()));
    return texts;
  }
}
