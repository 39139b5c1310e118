package io.agrippa.engine.arrow;

/** How the buffers of Arrow's batches are compressed, each on its own. */
public enum ArrowCompression {
  /** Not at all: rows are read in place. */
  NONE,
  /** LZ4 in frames: quick. */
  LZ4,
  /** Zstandard: small. */
  ZSTD
}
