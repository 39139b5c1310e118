package io.agrippa.engine.io;

import java.util.Objects;

/**
 * How a Parquet file is written.
 *
 * @param rowGroupRows rows of a row group, at most; a group also ends when it has grown to some 32
 *     MiB. A row group is what other tools read as one piece
 * @param compression how pages are compressed
 */
public record ParquetOptions(int rowGroupRows, Compression compression) {
  /** Row groups of 262,144 rows, zstd. */
  public static final ParquetOptions DEFAULT = new ParquetOptions(1 << 18, Compression.ZSTD);

  /** How pages are compressed. */
  public enum Compression {
    NONE,
    SNAPPY,
    GZIP,
    ZSTD,
    /** The format's LZ4_RAW. */
    LZ4
  }

  public ParquetOptions {
    Objects.requireNonNull(compression, "compression");
    if (rowGroupRows < 1 || rowGroupRows > 10_000_000) {
      throw new IllegalArgumentException(
          "a row group of " + rowGroupRows + " rows: give a number from 1 to 10,000,000");
    }
  }
}
