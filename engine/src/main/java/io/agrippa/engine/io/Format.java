package io.agrippa.engine.io;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a dataset lies in a file. */
public enum Format {
  /** Delimited text by RFC 4180, UTF-8, plain or compressed. */
  CSV,
  /** Apache Parquet. */
  PARQUET,
  /** JSON Lines: one JSON object a line, UTF-8, plain or compressed. */
  JSONL,
  /** Apache Arrow's IPC format, the file kind. */
  ARROW,
  /** Apache Arrow's IPC format, the stream kind. */
  ARROWS;

  /** The format that a file's name tells, such as {@code flights.csv.gz}. */
  static Optional<Format> of(Path file) {
    String name = fileName(file);
    String text = TextCompression.strip(name);
    if (text.endsWith(".csv") || text.endsWith(".tsv")) {
      return Optional.of(CSV);
    }
    if (text.endsWith(".jsonl") || text.endsWith(".ndjson")) {
      return Optional.of(JSONL);
    }
    if (name.endsWith(".arrow")) {
      return Optional.of(ARROW);
    }
    if (name.endsWith(".arrows")) {
      return Optional.of(ARROWS);
    }
    if (name.endsWith(".parquet") || name.endsWith(".pq")) {
      return Optional.of(PARQUET);
    }
    return Optional.empty();
  }

  /** The delimiter that a CSV file's name tells. */
  static char delimiter(Path file) {
    return TextCompression.strip(fileName(file)).endsWith(".tsv") ? '\t' : ',';
  }

  private static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
