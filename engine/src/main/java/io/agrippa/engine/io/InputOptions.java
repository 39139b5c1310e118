package io.agrippa.engine.io;

import java.util.Objects;
import java.util.Optional;

/**
 * How an input is read.
 *
 * @param format the format; empty: as the files' names say, and CSV for standard input
 * @param csv how CSV is written
 */
public record InputOptions(Optional<Format> format, CsvOptions csv) {
  /** Format as the names say, CSV as usual. */
  public static final InputOptions DEFAULT = new InputOptions(Optional.empty(), CsvOptions.DEFAULT);

  public InputOptions {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csv, "csv");
  }
}
