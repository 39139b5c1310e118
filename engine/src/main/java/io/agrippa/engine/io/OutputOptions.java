package io.agrippa.engine.io;

import java.util.Objects;
import java.util.Optional;

/**
 * How an output is written.
 *
 * @param format the format; empty: as the file's name says, and CSV for standard output
 * @param csv how CSV is written
 * @param parquet how Parquet is written
 * @param existing what to do with a file of that name
 */
public record OutputOptions(
    Optional<Format> format, CsvOptions csv, ParquetOptions parquet, Existing existing) {
  /** Format as the name says, CSV and Parquet as usual, existing files are kept. */
  public static final OutputOptions DEFAULT =
      new OutputOptions(
          Optional.empty(), CsvOptions.DEFAULT, ParquetOptions.DEFAULT, Existing.FAIL);

  public OutputOptions {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(parquet, "parquet");
    Objects.requireNonNull(existing, "existing");
  }
}
