package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens outputs.
 *
 * <p>A location is the name of a file, or {@code -} for standard output. A file appears under its
 * name only when {@link BlockSink#commit} has made it whole; until then it is written beside its
 * place under a hidden name, and {@link BlockSink#close} without a commit removes that. A location
 * that is a device or a pipe is written directly, as standard output is; a directory is refused.
 *
 * <p>The format is told by the ending, as for {@link Inputs}; standard output is CSV unless the
 * options say otherwise. CSV and JSON Lines are compressed where the name ends in {@code .gz} or
 * {@code .zst}.
 */
public final class Outputs {
  private Outputs() {}

  /**
   * Opens an output. Nothing is written yet but an empty hidden file.
   *
   * @param location a file's name or {@code -}
   * @param schema names and types of the blocks that will be written
   * @param inputs files that are being read, which must not be written
   * @return the sink, to be closed by the caller
   * @throws IOException if the output exists and is not to be replaced, is an input or a directory,
   *     has no directory to stand in, or the format cannot be told or cannot hold the schema
   */
  public static BlockSink open(
      String location, Schema schema, OutputOptions options, List<Path> inputs) throws IOException {
    requireDistinctNames(location, schema);
    if (location.equals(Inputs.STANDARD_STREAM)) {
      return to(new FileOutputStream(FileDescriptor.out), "standard output", schema, options);
    }
    Path path = Path.of(location);
    Format format = format(location, options.format()).orElse(null);
    if (format == null) {
      throw new IOException(
          location
              + ": the name does not tell the format; give the format, or a name that ends in"
              + " .csv, .tsv, .csv.gz, .csv.zst, .jsonl, .jsonl.gz, .jsonl.zst, .arrow, .arrows or .parquet");
    }
    requireNoInput(path, inputs);
    boolean special = Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    OutputTarget target =
        special
            ? new OpenStream(location, Files.newOutputStream(path))
            : AtomicFile.create(path, options.existing());
    char delimiter = options.csv().delimiter().orElse(Format.delimiter(path));
    return sink(format, schema, target, TextCompression.of(path), delimiter, options);
  }

  /**
   * The format of an output: the given one, otherwise as the name says, and CSV for standard
   * output; empty where the name does not tell it.
   */
  public static Optional<Format> format(String location, Optional<Format> given) {
    return given.or(
        () ->
            location.equals(Inputs.STANDARD_STREAM)
                ? Optional.of(Format.CSV)
                : Format.of(Path.of(location)));
  }

  /**
   * An output into a stream. Committing flushes it; closing the sink closes it.
   *
   * @param name what to call it in messages
   * @throws ReaderGoneException from the sink's methods, when whoever reads the stream has closed
   *     it
   */
  public static BlockSink to(OutputStream stream, String name, Schema schema, OutputOptions options)
      throws IOException {
    requireDistinctNames(name, schema);
    return sink(
        options.format().orElse(Format.CSV),
        schema,
        new OpenStream(name, stream),
        TextCompression.NONE,
        options.csv().delimiter().orElse(','),
        options);
  }

  private static BlockSink sink(
      Format format,
      Schema schema,
      OutputTarget target,
      TextCompression compression,
      char delimiter,
      OutputOptions options)
      throws IOException {
    return switch (format) {
      case CSV -> new CsvSink(schema, target, compression, options.csv(), delimiter);
      case JSONL -> new JsonLinesSink(schema, target, compression);
      case ARROW, ARROWS -> ArrowSink.of(schema, target, format, options.arrow());
      case PARQUET -> new ParquetSink(schema, target, options.parquet());
    };
  }

  private static void requireDistinctNames(String location, Schema schema) throws IOException {
    Set<String> seen = new HashSet<>();
    for (Field field : schema.fields()) {
      if (!seen.add(field.name())) {
        throw new IOException(
            "%s would have two columns \"%s\"; rename one of them or leave it out"
                .formatted(location, field.name()));
      }
      if (field.type() instanceof Type.Foreign foreign) {
        throw new IllegalArgumentException("column \"" + field.name() + "\" is a " + foreign);
      }
    }
  }

  private static void requireNoInput(Path output, List<Path> inputs) throws IOException {
    for (Path input : inputs) {
      if (Files.exists(output) && Files.isSameFile(output, input)) {
        throw new IOException(
            "%s is an input and cannot be the output too; give the output another name"
                .formatted(output));
      }
    }
  }
}
