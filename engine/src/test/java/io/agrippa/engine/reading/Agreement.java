package io.agrippa.engine.reading;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Holds a compiled document to its reading: the same results, bit for bit, for every row, and the
 * same rows without any. One worker takes all blocks, so that what it leaves behind in its scratch
 * space shows.
 */
final class Agreement {
  private final String xml;
  private final Reading reading;
  private final CompiledModel compiled;
  private BlockOperator.Worker worker;

  /**
   * @param content of the PMML element
   */
  Agreement(String content) {
    xml =
        "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/>"
            + content
            + "</PMML>";
    Document document = PmmlReader.read(xml.getBytes(StandardCharsets.UTF_8), "random.pmml");
    reading = new Reading(document);
    try {
      compiled = ModelCompiler.compile(document);
    } catch (RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + xml, e);
    }
  }

  /** A document of a model over some fields. */
  static Agreement of(RandomFields fields, String target, String model) {
    return new Agreement(
        "<DataDictionary>"
            + fields.dataFields()
            + target
            + "</DataDictionary><TransformationDictionary>"
            + fields.derivedFields()
            + "</TransformationDictionary>"
            + model);
  }

  /** Scores blocks of random rows and compares. Returns how many rows are good. */
  int check(RandomFields fields, int... sizes) {
    int good = 0;
    for (int size : sizes) {
      good += check(fields.schema(), fields.rows(size));
    }
    return good;
  }

  /** The document. */
  String document() {
    return xml;
  }

  CompiledModel compiled() {
    return compiled;
  }

  /** Scores the rows as a block of these columns and compares. Returns how many are good. */
  int check(Schema schema, List<Map<String, Object>> rows) {
    if (worker == null) {
      worker = compiled.bind(schema, List.of()).worker();
    }
    Block scored = worker.apply(Blocks.of(schema, rows));
    if (scored.rows() != rows.size()) {
      throw new AssertionError(scored.rows() + " rows of " + rows.size() + "\n" + xml);
    }
    Map<Integer, String> problems = new HashMap<>();
    for (RowProblem problem : scored.problems()) {
      problems.put(problem.row(), problem.text());
    }
    int good = 0;
    for (int row = 0; row < rows.size(); row++) {
      good += compare(scored, problems.get(row), row, rows) ? 1 : 0;
    }
    return good;
  }

  private boolean compare(Block scored, String problem, int row, List<Map<String, Object>> rows) {
    Map<String, Object> expected;
    try {
      expected = reading.results(rows.get(row));
    } catch (BadRow e) {
      if (problem == null) {
        throw difference("bad: " + e.getMessage(), "good", row, rows);
      }
      return false;
    }
    if (problem != null) {
      throw difference("good: " + expected, "bad: " + problem, row, rows);
    }
    Set<String> names = new HashSet<>();
    for (ResultField result : compiled.results()) {
      names.add(result.name());
      int column = scored.schema().indexOf(result.name());
      Object actual = Blocks.cell(result.type(), scored.column(column), row);
      if (!Objects.equals(expected.get(result.name()), actual)) {
        String what = result.name() + " ";
        throw difference(
            what + shown(expected.get(result.name())), what + shown(actual), row, rows);
      }
    }
    for (String name : reading.finalNames()) {
      if (!names.contains(name)) {
        throw difference("a result " + name, "none", row, rows);
      }
    }
    return true;
  }

  private static String shown(Object value) {
    return value == null ? "missing" : value + " (" + value.getClass().getSimpleName() + ")";
  }

  private AssertionError difference(
      String expected, String actual, int row, List<Map<String, Object>> rows) {
    return new AssertionError(
        "row %d of %d %s should be %s but is %s\n%s"
            .formatted(row, rows.size(), rows.get(row), expected, actual, xml));
  }
}
