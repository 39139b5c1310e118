package io.agrippa.spark;

import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.io.Format;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * An input or output that Spark opens, because the engine cannot: a URI of any file system that
 * Spark has ({@code s3a://…}, {@code hdfs://…}, {@code file:/…}), a table ({@code table:NAME}), or
 * a path with a format that is not the engine's ({@code orc}). What the engine can open never comes
 * here, so it is read in the same way on every runner.
 *
 * <p>Options of our own names are translated; all others are Spark's, of the format.
 */
final class SparkPlace {
  /** Names of columns, separated by commas: an output has a folder for each of their values. */
  static final String PARTITION_BY = "partitionBy";

  private static final String TABLE = "table:";
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  private static final Pattern COMPRESSION =
      Pattern.compile("\\.(gz|zst|zstd|bz2|snappy|lz4|deflate)$");

  /** Formats by the ending of a name. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "csv", "csv",
          "tsv", "csv",
          "json", "json",
          "jsonl", "json",
          "ndjson", "json",
          "parquet", "parquet",
          "pq", "parquet",
          "orc", "orc",
          "avro", "avro");

  private final String place;
  private final Map<String, String> options;

  private SparkPlace(Job.Dataset dataset) {
    this.place = dataset.place();
    this.options = new TreeMap<>(dataset.options());
  }

  /** The place where it is Spark's to open; empty where it is the engine's. */
  static Optional<SparkPlace> of(Job.Dataset dataset) {
    String format = dataset.options().get(DatasetOptions.FORMAT);
    boolean sparks =
        isTable(dataset.place())
            || URI.matcher(dataset.place()).matches()
            || (format != null && !isEngines(format));
    return sparks ? Optional.of(new SparkPlace(dataset)) : Optional.empty();
  }

  private static boolean isTable(String place) {
    return place.startsWith(TABLE);
  }

  private static boolean isEngines(String format) {
    return Arrays.stream(Format.values()).anyMatch(own -> own.name().equalsIgnoreCase(format));
  }

  /**
   * Opens it for reading. Nothing is read yet but what tells the columns.
   *
   * @throws IOException if Spark cannot open it; the message names it
   */
  FrameSource source(SparkSession session) throws IOException {
    DataFrameReader reader = session.read();
    String format = format();
    setCsv(format);
    rename(DatasetOptions.MISSING, "nullValue");
    String columns = options.remove(DatasetOptions.SCHEMA);
    if (columns != null) {
      reader.schema(structure(columns));
    }
    reader.options(options);
    try {
      return new FrameSource(
          place, isTable(place) ? reader.table(table()) : reader.format(format).load(place));
    } catch (Exception e) { // of Scala: checked exceptions come undeclared
      throw failure("read", e);
    }
  }

  /**
   * Writes rows, as Spark's committers for the format do.
   *
   * @throws FileAlreadyExistsException if it exists and that was not provided for
   * @throws IOException if Spark cannot write it; the message names it
   */
  void write(Dataset<Row> rows) throws IOException {
    DataFrameWriter<Row> writer = rows.write().mode(mode());
    String format = format();
    setCsv(format);
    String folders = options.remove(PARTITION_BY);
    if (folders != null) {
      writer.partitionBy(folders.split(",", -1));
    }
    Map<String, String> ofSpark = new TreeMap<>(options);
    ofSpark.remove(DatasetOptions.EXISTING);
    writer.options(ofSpark);
    if (format != null) {
      writer.format(format);
    }
    try {
      if (isTable(place)) {
        writer.saveAsTable(table());
      } else {
        writer.save(place);
      }
    } catch (Exception e) { // of Scala: checked exceptions come undeclared
      throw failure("write", e);
    }
  }

  /** Whether it is a place of files where nothing is yet: what a write leaves there is its own. */
  boolean isNew(SparkSession session) {
    if (isTable(place)) {
      return false;
    }
    try {
      return !files(session).exists(new Path(place));
    } catch (IOException | IllegalArgumentException e) { // no file system knows it
      return false;
    }
  }

  /**
   * Deletes what a write that failed has left of a folder that was not there before, but for files
   * that its committer has finished. Committers delete what they know of, but tasks that still run
   * then make it anew.
   *
   * @param times hears of the tasks of the write, which are waited for
   */
  void deleteUnfinished(SparkSession session, TaskTimes times, IOException failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return; // somebody else was faster
    }
    Path path = new Path(place);
    boolean interrupted = Thread.interrupted();
    try {
      FileSystem files = files(session);
      if (files.exists(path)) {
        times.awaitEnd();
        files.delete(new Path(path, FileOutputCommitter.PENDING_DIR_NAME), true);
        if (files.listStatus(path).length == 0) {
          files.delete(path, false);
        }
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private FileSystem files(SparkSession session) throws IOException {
    return new Path(place).getFileSystem(session.sparkContext().hadoopConfiguration());
  }

  private SaveMode mode() {
    String text = options.getOrDefault(DatasetOptions.EXISTING, "fail");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "fail" -> SaveMode.ErrorIfExists;
      case "replace" -> SaveMode.Overwrite;
      case "append" -> SaveMode.Append;
      case "ignore" -> SaveMode.Ignore;
      default ->
          throw new IllegalArgumentException(
              "%s: %s \"%s\" cannot be used; use fail, replace, append or ignore"
                  .formatted(place, DatasetOptions.EXISTING, text));
    };
  }

  /**
   * Refuses to replace what is read: Spark would delete it before it is.
   *
   * @param input the files that are read
   */
  void requireOther(SparkSession session, Supplier<List<String>> input) throws IOException {
    if (mode() != SaveMode.Overwrite || isTable(place)) {
      return;
    }
    String folder = qualified(session, place);
    for (String file : input.get()) {
      if ((qualified(session, file) + "/").startsWith(folder + "/")) {
        throw new IllegalArgumentException(
            "%s: the output would replace the input %s; name another one".formatted(place, file));
      }
    }
  }

  private static String qualified(SparkSession session, String place) throws IOException {
    Path path = new Path(place);
    FileSystem files = path.getFileSystem(session.sparkContext().hadoopConfiguration());
    return files.makeQualified(path).toString();
  }

  private String table() {
    return place.substring(TABLE.length());
  }

  /** Spark's name of the format; null for a table of its usual format. */
  private String format() {
    String given = options.remove(DatasetOptions.FORMAT);
    if (given != null) {
      return given.equalsIgnoreCase(Format.JSONL.name()) ? "json" : given;
    }
    if (isTable(place)) {
      return null;
    }
    String path = place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String plain = COMPRESSION.matcher(name).replaceFirst("");
    String format = ENDINGS.get(plain.substring(plain.lastIndexOf('.') + 1));
    if (format == null) {
      throw new IllegalArgumentException(
          "%s: the name does not tell the format; give it, for example parquet, orc or csv"
              .formatted(place));
    }
    return format;
  }

  /** CSV as the engine has it: with a header, and what stands between fields by our name. */
  private void setCsv(String format) {
    rename(DatasetOptions.DELIMITER, "sep");
    if ("csv".equalsIgnoreCase(format)) {
      options.putIfAbsent("header", "true");
      if (place.matches("(?i).*\\.tsv(\\.[a-z0-9]+)?")) {
        options.putIfAbsent("sep", "\t");
      }
      options.computeIfPresent("sep", (name, text) -> text.equals("tab") ? "\t" : text);
    }
  }

  private void rename(String ours, String sparks) {
    String value = options.remove(ours);
    if (value != null) {
      options.put(sparks, value);
    }
  }

  private StructType structure(String columns) {
    try {
      return RowSink.structure(TypeText.parseSchema(columns));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  private IOException failure(String verb, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt(); // whoever asked sees to it
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String condition = e instanceof SparkThrowable told ? told.getCondition() : null;
    if ("PATH_ALREADY_EXISTS".equals(condition)
        || "TABLE_OR_VIEW_ALREADY_EXISTS".equals(condition)) {
      return new FileAlreadyExistsException(place);
    }
    return new IOException("%s: Spark cannot %s it: %s".formatted(place, verb, message), e);
  }
}
