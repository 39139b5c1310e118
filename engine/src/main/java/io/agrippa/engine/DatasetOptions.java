package io.agrippa.engine;

import io.agrippa.engine.arrow.ArrowCompression;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.io.CsvOptions;
import io.agrippa.engine.io.Existing;
import io.agrippa.engine.io.Format;
import io.agrippa.engine.io.InputOptions;
import io.agrippa.engine.io.OutputOptions;
import io.agrippa.engine.io.Outputs;
import io.agrippa.engine.io.ParquetOptions;
import io.agrippa.engine.run.Job;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a job's inputs and outputs ({@link Job.Dataset#options}): their names, and what
 * they mean.
 */
public final class DatasetOptions {
  /**
   * The format: {@code csv}, {@code jsonl}, {@code parquet}, {@code arrow} or {@code arrows}
   * (Arrow's IPC format, file or stream); where absent, as the file's name says.
   */
  public static final String FORMAT = "format";

  /**
   * Of CSV: what stands between fields, one ASCII character, or {@code tab}; where absent, as the
   * file's name says.
   */
  public static final String DELIMITER = "delimiter";

  /**
   * Of CSV inputs: {@code false} where no line holds the names of the columns; they are then those
   * of {@link #SCHEMA}.
   */
  public static final String HEADER = "header";

  /**
   * Of CSV and JSON Lines inputs: columns and their types as {@link TypeText#parseSchema} reads
   * them; others than these are strings.
   */
  public static final String SCHEMA = "schema";

  /**
   * Of CSV inputs: texts, separated by commas, that stand for a missing value as the empty field
   * does.
   */
  public static final String MISSING = "missing";

  /**
   * Of CSV inputs: {@code text} where a field in quotes is never missing, so that {@code ""} is the
   * empty text; otherwise ({@code same}) quotes say nothing.
   */
  public static final String QUOTED = "quoted";

  /**
   * Of outputs: {@code replace} to replace a file of that name; otherwise it is an error that there
   * is one. Outputs that Spark writes may also be added to or left as they are: {@code append},
   * {@code ignore}.
   */
  public static final String EXISTING = "existing";

  /**
   * Of Parquet outputs: how pages are compressed; of Arrow outputs: how buffers are. What may be
   * named depends on the format.
   */
  public static final String COMPRESSION = "compression";

  /** Of Parquet outputs: rows of a row group, at most. */
  public static final String ROW_GROUP_ROWS = "rowGroupRows";

  private static final Set<String> OF_INPUTS =
      Set.of(FORMAT, DELIMITER, HEADER, SCHEMA, MISSING, QUOTED);
  private static final Set<String> OF_OUTPUTS =
      Set.of(FORMAT, DELIMITER, EXISTING, COMPRESSION, ROW_GROUP_ROWS);

  private final Job.Dataset dataset;

  private DatasetOptions(Job.Dataset dataset, Set<String> known) {
    this.dataset = dataset;
    for (String name : dataset.options().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s: there is no option \"%s\"; the options are %s"
                .formatted(dataset.place(), name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  /**
   * What the options of an input mean.
   *
   * @throws IllegalArgumentException if one is unknown or has a value that it cannot have
   */
  static InputOptions input(Job.Dataset dataset) {
    DatasetOptions options = new DatasetOptions(dataset, OF_INPUTS);
    return new InputOptions(options.format(), options.csv());
  }

  /**
   * What the options of an output mean.
   *
   * @throws IllegalArgumentException if one is unknown or has a value that it cannot have
   */
  static OutputOptions output(Job.Dataset dataset) {
    DatasetOptions options = new DatasetOptions(dataset, OF_OUTPUTS);
    ParquetOptions usual = ParquetOptions.DEFAULT;
    boolean arrow =
        Outputs.format(dataset.place(), options.format())
            .filter(format -> format == Format.ARROW || format == Format.ARROWS)
            .isPresent();
    Optional<String> compression = options.text(COMPRESSION);
    return new OutputOptions(
        options.format(),
        options.csv(),
        new ParquetOptions(
            options.text(ROW_GROUP_ROWS).map(options::rows).orElse(usual.rowGroupRows()),
            compression
                .filter(text -> !arrow)
                .map(
                    text ->
                        options.constant(COMPRESSION, text, ParquetOptions.Compression.values()))
                .orElse(usual.compression())),
        compression
            .filter(text -> arrow)
            .map(text -> options.constant(COMPRESSION, text, ArrowCompression.values()))
            .orElse(ArrowCompression.NONE),
        options
            .text(EXISTING)
            .map(text -> options.constant(EXISTING, text, Existing.values()))
            .orElse(Existing.FAIL));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(dataset.options().get(name));
  }

  private Optional<Format> format() {
    return text(FORMAT).map(text -> constant(FORMAT, text, Format.values()));
  }

  private CsvOptions csv() {
    Schema schema = text(SCHEMA).map(this::schema).orElse(new Schema(List.of()));
    Map<String, Type> types = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      types.put(field.name(), field.type());
    }
    List<String> missing = new ArrayList<>(List.of(""));
    text(MISSING).ifPresent(tokens -> missing.addAll(Arrays.asList(tokens.split(",", -1))));
    return new CsvOptions(
        text(DELIMITER).map(this::delimiter),
        header(schema),
        types,
        missing.stream().distinct().toList(),
        text(QUOTED)
            .map(text -> constant(QUOTED, text, CsvOptions.Quoted.values()))
            .orElse(CsvOptions.Quoted.SAME));
  }

  private Schema schema(String text) {
    try {
      return TypeText.parseSchema(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(dataset.place() + ": " + e.getMessage(), e);
    }
  }

  private CsvOptions.Header header(Schema schema) {
    String text = text(HEADER).orElse("true");
    if (text.equals("true")) {
      return new CsvOptions.Header.FirstLine();
    }
    if (!text.equals("false")) {
      throw wrong(HEADER, text, "use true or false", null);
    }
    if (schema.size() == 0) {
      throw wrong(HEADER, text, "give the names of the columns as a schema", null);
    }
    return new CsvOptions.Header.Absent(schema.names());
  }

  private char delimiter(String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw wrong(DELIMITER, text, "use one character, or tab", null);
    }
    return text.charAt(0);
  }

  private int rows(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(ROW_GROUP_ROWS, text, "use a whole number", e);
    }
  }

  private <T extends Enum<T>> T constant(String name, String text, T[] constants) {
    List<String> known = new ArrayList<>();
    for (T constant : constants) {
      String lower = constant.name().toLowerCase(Locale.ROOT);
      if (lower.equals(text.toLowerCase(Locale.ROOT))) {
        return constant;
      }
      known.add(lower);
    }
    throw wrong(name, text, "use " + String.join(", ", known), null);
  }

  private IllegalArgumentException wrong(
      String name, String value, String remedy, Throwable cause) {
    return new IllegalArgumentException(
        "%s: %s \"%s\" cannot be used; %s".formatted(dataset.place(), name, value, remedy), cause);
  }
}
