package io.agrippa.cli;

import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.run.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what to read and how. */
final class InputOptions {
  @Option(
      names = {"-i", "--input"},
      paramLabel = "IN",
      description =
          "what to read: a file, a directory, a pattern such as 'data/*.csv.gz', dataset:NAME,"
              + " generate:NAME,…, or - for standard input (default); on Spark also a URI such as"
              + " s3a://…, or table:NAME")
  private String place = "-";

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "format of the input: csv, jsonl, parquet, arrow or arrows (Arrow's file or stream);"
              + " default: as its name says; on Spark also one of its own, such as orc")
  private String format;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "what stands between the fields of a CSV line: one character, or tab")
  private String delimiter;

  @Option(
      names = "--missing",
      paramLabel = "T,…",
      description = "texts that stand for a missing value in CSV, as the empty field does")
  private String missing;

  @Option(
      names = "--quoted",
      paramLabel = "Q",
      description =
          "what quotes around a field of CSV say: same (nothing; default), or text (never missing:"
              + " \"\" is the empty text)")
  private String quoted;

  @Option(
      names = "--schema",
      paramLabel = "COLUMNS",
      description =
          "columns of the text and their types, such as 'id long, when timestamp, \"zip code\""
              + " string'")
  private String schema;

  @Option(
      names = "--no-header",
      description = "the CSV has no line with the names of its columns; --schema gives them")
  private boolean noHeader;

  @Option(
      names = "--input-option",
      paramLabel = "NAME=VALUE",
      description = "an option of the input by its name in the library")
  private Map<String, String> more = new LinkedHashMap<>();

  /** What they ask for. */
  Job.Dataset dataset() {
    return dataset(place);
  }

  /** Another place, read in the same way. */
  Job.Dataset dataset(String otherPlace) {
    Map<String, String> options = new LinkedHashMap<>(more);
    putIfGiven(options, DatasetOptions.FORMAT, format);
    putIfGiven(options, DatasetOptions.DELIMITER, delimiter);
    putIfGiven(options, DatasetOptions.MISSING, missing);
    putIfGiven(options, DatasetOptions.QUOTED, quoted);
    putIfGiven(options, DatasetOptions.SCHEMA, schema);
    putIfGiven(options, DatasetOptions.HEADER, noHeader ? "false" : null);
    return new Job.Dataset(otherPlace, options);
  }

  static void putIfGiven(Map<String, String> options, String name, String value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
