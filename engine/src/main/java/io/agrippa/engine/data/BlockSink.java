package io.agrippa.engine.data;

import java.io.IOException;

/**
 * Takes blocks in row order and makes them into an output that appears whole or not at all.
 *
 * <p>What can be done for each block alone (formatting, compressing) stands in {@link #encode},
 * which many threads may call at the same time; {@link #append}, {@link #commit} and {@link #close}
 * are called by one thread at a time.
 */
public interface BlockSink extends AutoCloseable {
  /**
   * Prepares a block for {@link #append}. Safe for use by many threads. The block is neither
   * changed nor kept.
   */
  Encoded encode(Block block) throws IOException;

  /** Appends what {@link #encode} of this sink made, in row order. */
  void append(Encoded encoded) throws IOException;

  /** Finishes the output and makes it appear under its name. Nothing may be appended afterwards. */
  void commit() throws IOException;

  /** Bytes written so far. */
  long bytes();

  /**
   * Frees what is held; without a {@link #commit} before, nothing of the output remains. May be
   * called twice.
   */
  @Override
  void close() throws IOException;

  /** A block in the sink's own form; each sink knows its own. */
  interface Encoded {}
}
