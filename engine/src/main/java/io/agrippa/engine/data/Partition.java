package io.agrippa.engine.data;

import java.io.IOException;
import java.util.Optional;

/** A run of rows that can be read by itself, by any thread, at the same time as others. */
public interface Partition {
  /** The file or stream the rows come from; rows are numbered within it in messages. */
  String origin();

  /** Bytes of input in this partition, for progress. */
  long bytes();

  /**
   * Heap that it holds before it is opened, in bytes: what was read of a stream to find where it
   * ends.
   */
  default long heldBytes() {
    return 0;
  }

  /** The same rows, without holding what can be read again. */
  default Partition released() {
    return this;
  }

  /**
   * Where the rows stand, for another process that has the same input: {@link Partitions#at} finds
   * them there again. Empty where they can be had only here, as those of a stream.
   */
  default Optional<byte[]> address() {
    return Optional.empty();
  }

  /** Opens it for reading, from the front each time. The caller closes the reader. */
  BlockReader open() throws IOException;
}
