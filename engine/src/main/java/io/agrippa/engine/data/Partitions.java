package io.agrippa.engine.data;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * The partitions of a dataset in row order, found one after the other: a stream is cut while it is
 * read. To be used by one thread at a time; closing it ends what comes {@link #next}, but neither
 * partitions that were handed out nor finding more {@link #at} their addresses.
 */
public interface Partitions extends AutoCloseable {
  /** Names and types of the blocks that all partitions deliver. */
  Schema schema();

  /** The next partition, or null behind the last one. */
  Partition next() throws IOException;

  /**
   * Bytes of input in the partitions that are still to come, as {@link Partition#bytes} counts
   * them, about; empty where that is not known.
   */
  default OptionalLong bytesLeft() {
    return OptionalLong.empty();
  }

  /**
   * The partition at an address that partitions of the same dataset, columns and options gave,
   * perhaps in another process. Does not change what comes next.
   *
   * @throws IOException if nothing can be there: the input is not the same
   */
  default Partition at(byte[] address) throws IOException {
    throw new IllegalStateException("partitions of this kind give no addresses");
  }

  @Override
  void close() throws IOException;
}
