package io.agrippa.cli;

import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.run.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say where rows are written and how. */
final class OutputOptions {
  /** The place that means standard output. */
  static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description =
          "file to write, or - for standard output (default); on Spark also a URI, or table:NAME")
  private String place = STANDARD_OUTPUT;

  @Option(
      names = "--output-format",
      paramLabel = "F",
      description =
          "format of the output: csv, jsonl, parquet, arrow or arrows (Arrow's file or stream);"
              + " default: as its name says; on Spark also one of its own, such as orc")
  private String format;

  @Option(
      names = "--output-delimiter",
      paramLabel = "C",
      description = "what to put between the fields of a CSV line: one character, or tab")
  private String delimiter;

  @Option(names = "--overwrite", description = "replace the output if it exists")
  private boolean overwrite;

  @Option(
      names = "--output-option",
      paramLabel = "NAME=VALUE",
      description = "an option of the output by its name in the library")
  private Map<String, String> more = new LinkedHashMap<>();

  /** What they ask for. */
  Job.Dataset dataset() {
    Map<String, String> options = new LinkedHashMap<>(more);
    InputOptions.putIfGiven(options, DatasetOptions.FORMAT, format);
    InputOptions.putIfGiven(options, DatasetOptions.DELIMITER, delimiter);
    InputOptions.putIfGiven(options, DatasetOptions.EXISTING, overwrite ? "replace" : null);
    return new Job.Dataset(place, options);
  }
}
