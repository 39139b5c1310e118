package io.agrippa.engine.data;

import java.io.IOException;

/**
 * Reads one partition from front to back. To be used by one thread at a time; which thread may
 * change between blocks.
 */
public interface BlockReader extends AutoCloseable {
  /**
   * The next block, with at least one row, or null behind the last row. A block stays as it is when
   * the next one is read, and when the reader is closed.
   */
  Block next() throws IOException;

  @Override
  void close() throws IOException;
}
