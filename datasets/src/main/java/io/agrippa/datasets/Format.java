package io.agrippa.datasets;

/** How the file of a dataset is written. */
public enum Format {
  /** RFC 4180, UTF-8, with a header; an empty cell is a missing value. */
  CSV,
  /** Apache Parquet. */
  PARQUET,
  /** Apache Arrow IPC, file format. */
  ARROW
}
