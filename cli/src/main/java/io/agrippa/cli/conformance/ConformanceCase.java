package io.agrippa.cli.conformance;

import io.agrippa.engine.compile.Tolerance;
import java.nio.file.Path;
import java.util.List;

/**
 * A model, rows to score with it, and the results that its trainer gave.
 *
 * @param folder where {@code model.pmml}, {@code input.csv} and {@code expected.csv} stand
 * @param source the collection it belongs to
 * @param name its name in the collection
 * @param separator between the cells of both tables
 * @param missingInput the text of a missing cell in the input
 * @param missingExpected the text of a missing cell in the expected results
 * @param columns which results to compare: targets by target name, outputs by field name
 * @param excluded results that the trainer's own test leaves out
 * @param tolerance how far numbers may differ
 * @param shape how input and expected rows belong together
 * @param syntheticTarget the compared column that stands for the result of a model without a target
 *     field; empty if there is none
 * @param element the outermost model element
 * @param segmentation how its segments are combined; empty if it has none
 */
public record ConformanceCase(
    Path folder,
    String source,
    String name,
    char separator,
    String missingInput,
    String missingExpected,
    List<String> columns,
    List<String> excluded,
    Tolerance tolerance,
    Shape shape,
    String syntheticTarget,
    String element,
    String segmentation) {

  /** How input and expected rows belong together. */
  public enum Shape {
    /** Each expected row belongs to the input row of the same number. */
    ROWS,
    /** Input rows are items of transactions; there is one expected row for each transaction. */
    GROUPS,
    /** There is one input row; the expected rows are the steps of a forecast. */
    STEPS
  }

  public ConformanceCase {
    columns = List.copyOf(columns);
    excluded = List.copyOf(excluded);
  }

  /** Collection and name. */
  public String id() {
    return source + "/" + name;
  }

  /** The model. */
  public Path model() {
    return folder.resolve("model.pmml");
  }

  /** The rows to score. */
  public Path input() {
    return folder.resolve("input.csv");
  }

  /** The results of the trainer. */
  public Path expected() {
    return folder.resolve("expected.csv");
  }

  /** The columns to compare without the excluded ones. */
  public List<String> compared() {
    return columns.stream().filter(c -> !excluded.contains(c)).toList();
  }
}
