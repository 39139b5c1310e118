package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agrippa.engine.model.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Over other people's models, where they are there. */
final class ConformanceRoundTripTest {
  private static final Path SHARED = Path.of(System.getProperty("agrippa.shared", "none"));

  /** Larger models are only read: they would take most of the time and show nothing new. */
  private static final long LARGEST = 1 << 18;

  /**
   * What some models lack themselves, so that what is written lacks it too: older versions did not
   * demand it, and exporters leave it out.
   */
  private static final Pattern LACKING_THEMSELVES =
      Pattern.compile(
          "Attribute '(dataType|optype|recordCount)' must appear on element"
              + " '(OutputField|DefineFunction|ScoreDistribution)'"
              + "|content of element '(MiningSchema|row)' is not complete"
              + "|content was found starting with element '.*:DerivedField[\\}']");

  @Test
  void everyModelInScopeIsRead() throws IOException {
    List<String> surprises = new ArrayList<>();
    int read = 0;
    for (Path model : models()) {
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
    assertThat(read).as("models read").isGreaterThanOrEqualTo(402);
  }

  @Test
  void whatIsWrittenReadsAsWhatWasReadAndIsValid() throws Exception {
    Path xsd = SHARED.resolve("spec/pmml-4.4.xsd");
    assumeTrue(Files.isRegularFile(xsd), "no schema here");
    Schema schema = SchemaFactory.newDefaultInstance().newSchema(new StreamSource(xsd.toFile()));
    List<String> failures = new ArrayList<>();
    for (Path model : models()) {
      Document document;
      try {
        document = Files.size(model) > LARGEST ? null : PmmlReader.read(model);
      } catch (PmmlException e) {
        continue; // the other test says whether that is right
      }
      if (document != null) {
        byte[] written = PmmlWriter.bytes(document);
        Document again = PmmlReader.read(written, model.toString());
        String difference = Differences.first(document, again);
        if (difference != null) {
          failures.add(model + ": " + difference);
        }
        assertThat(PmmlWriter.bytes(again)).as(model.toString()).isEqualTo(written);
        invalidities(schema, written).forEach(problem -> failures.add(model + ": " + problem));
      }
    }
    assertThat(failures).isEmpty();
  }

  /** What the schema says against the document without its vendors' attributes. */
  private static List<String> invalidities(Schema schema, byte[] pmml)
      throws IOException, SAXException {
    String standard =
        new String(pmml, StandardCharsets.UTF_8)
            .replace("\"x-multiModelChain\"", "\"modelChain\"")
            .replace("\"x-report\"", "\"warning\"")
            .replaceAll(" x-[A-Za-z]+=\"[^\"]*\"", "");
    List<String> problems = new ArrayList<>();
    Validator validator = schema.newValidator();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {
            error(e);
          }

          @Override
          public void error(SAXParseException e) {
            if (!LACKING_THEMSELVES.matcher(e.getMessage()).find()) {
              problems.add(e.getMessage());
            }
          }

          @Override
          public void fatalError(SAXParseException e) {
            error(e);
          }
        });
    validator.validate(
        new StreamSource(new ByteArrayInputStream(standard.getBytes(StandardCharsets.UTF_8))));
    return problems;
  }

  private static List<Path> models() throws IOException {
    Path cases = SHARED.resolve("conformance");
    assumeTrue(Files.isDirectory(cases), "no conformance cases here");
    try (Stream<Path> files = Files.walk(cases)) {
      return files.filter(file -> file.endsWith("model.pmml")).sorted().toList();
    }
  }
}
