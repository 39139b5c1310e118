package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens datasets for reading.
 *
 * <p>A location is a file; a directory, whose files are read in the order of their names (without
 * hidden ones and those that start with an underscore); a glob such as {@code data/2024-*.csv.gz}
 * or {@code data/**.parquet}, likewise; or {@code -} for standard input, which is CSV unless the
 * options say otherwise. The files of one location are of one format and share the wanted columns,
 * by name and in any order.
 *
 * <p>A directory whose folders are named {@code column=value}, as Hive and Spark write them, is
 * read with the files in all of them: the folders' names are columns too, behind those of the
 * files. {@code %XX} in a name is decoded, {@code __HIVE_DEFAULT_PARTITION__} is a missing value,
 * and the type of such a column is the narrowest of long, double, date and string that all its
 * values have, unless it is given. Only what the location names as a directory is searched for such
 * folders, not a glob.
 *
 * <p>Parquet files are recognised by the ending {@code .parquet} or {@code .pq}, Arrow's IPC format
 * by {@code .arrow} (the file kind) or {@code .arrows} (the stream kind), CSV by {@code .csv} or
 * {@code .tsv}, JSON Lines by {@code .jsonl} or {@code .ndjson}, both with or without {@code .gz}
 * or {@code .zst}. Text that is compressed with gzip or zstd is recognised by its first bytes,
 * whatever its name.
 */
public final class Inputs {
  /** The location that means standard input, or standard output. */
  public static final String STANDARD_STREAM = "-";

  private Inputs() {}

  /** Opens a location; see {@link #open(String, InputOptions)}. */
  public static BlockSource open(String location) throws IOException {
    return open(location, InputOptions.DEFAULT);
  }

  /**
   * Opens a location.
   *
   * @throws IOException if there is no such file, none matches, or their format cannot be told
   */
  public static BlockSource open(String location, InputOptions options) throws IOException {
    if (location.equals(STANDARD_STREAM)) {
      return of(System.in, "standard input", options);
    }
    Optional<HiveFolders> folders = Location.folders(location);
    if (folders.isEmpty()) {
      return open(location, Location.files(location), options);
    }
    List<Path> files = List.copyOf(folders.get().files().keySet());
    CsvOptions csv = options.csv();
    Map<String, Type> types = new LinkedHashMap<>(csv.types());
    types.keySet().removeAll(folders.get().columns());
    CsvOptions ofFiles =
        new CsvOptions(csv.delimiter(), csv.header(), types, csv.missing(), csv.quoted());
    return new HiveSource(
        open(location, files, new InputOptions(options.format(), ofFiles)),
        folders.get(),
        csv.types());
  }

  private static BlockSource open(String location, List<Path> files, InputOptions options)
      throws IOException {
    return switch (format(location, files, options.format())) {
      case CSV ->
          new CsvSource(location, files.stream().map(TextInput.File::new).toList(), options.csv());
      case PARQUET -> new ParquetSource(location, files);
      case ARROW, ARROWS -> new ArrowSource(location, files);
      case JSONL ->
          new JsonLinesSource(
              location, files.stream().map(TextInput.File::new).toList(), options.csv().types());
    };
  }

  /**
   * A dataset that is read from a stream, once: CSV unless the options say otherwise. It reads no
   * further than it must and does not close the stream.
   *
   * @param name what to call it in messages
   * @throws IOException if the options ask for a format that cannot be read from a stream
   */
  public static BlockSource of(InputStream stream, String name, InputOptions options)
      throws IOException {
    List<TextInput> input = List.of(new TextInput.Stream(name, stream));
    return switch (options.format().orElse(Format.CSV)) {
      case CSV -> new CsvSource(name, input, options.csv());
      case JSONL -> new JsonLinesSource(name, input, options.csv().types());
      case ARROW, ARROWS -> new ArrowStreamSource(name, stream);
      case PARQUET ->
          throw new IOException(
              name
                  + " cannot be read as PARQUET, which must be read from its end; save it to a file"
                  + " first");
    };
  }

  /**
   * The files of a location in the order in which they are read; none for standard input.
   *
   * @throws IOException if there is none
   */
  public static List<Path> files(String location) throws IOException {
    return location.equals(STANDARD_STREAM) ? List.of() : Location.files(location);
  }

  private static Format format(String location, List<Path> files, Optional<Format> given)
      throws IOException {
    if (given.isPresent()) {
      return given.get();
    }
    Set<Format> formats = new TreeSet<>();
    for (Path file : files) {
      formats.add(
          Format.of(file)
              .orElseThrow(
                  () ->
                      new IOException(
                          file
                              + ": the name does not tell the format; give the format, or a glob"
                              + " that leaves the file out (known endings: .csv .tsv .csv.gz"
                              + " .csv.zst .jsonl .ndjson .jsonl.gz .jsonl.zst .parquet .pq"
                              + " .arrow .arrows)")));
    }
    if (formats.size() > 1) {
      throw new IOException(
          location
              + " holds files of several formats ("
              + formats
              + "); give a glob that takes those of one");
    }
    return formats.iterator().next();
  }
}
