package io.agrippa.engine.io;

import io.agrippa.engine.arrow.ArrowCompression;
import java.util.Objects;
import java.util.Optional;

/**
 * How an output is written.
 *
 * @param format the format; empty: as the file's name says, and CSV for standard output
 * @param csv how CSV is written
 * @param parquet how Parquet is written
 * @param arrow how Arrow's batches are compressed
 * @param existing what to do with a file of that name
 */
public record OutputOptions(
    Optional<Format> format,
    CsvOptions csv,
    ParquetOptions parquet,
    ArrowCompression arrow,
    Existing existing) {
  /** Format as the name says, CSV, Parquet and Arrow as usual, existing files are kept. */
  public static final OutputOptions DEFAULT =
      new OutputOptions(
          Optional.empty(), CsvOptions.DEFAULT, ParquetOptions.DEFAULT, Existing.FAIL);

  public OutputOptions {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(parquet, "parquet");
    Objects.requireNonNull(arrow, "arrow");
    Objects.requireNonNull(existing, "existing");
  }

  /** The same with Arrow as usual: not compressed, so that rows are read in place. */
  public OutputOptions(
      Optional<Format> format, CsvOptions csv, ParquetOptions parquet, Existing existing) {
    this(format, csv, parquet, ArrowCompression.NONE, existing);
  }
}
