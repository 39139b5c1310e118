package io.agrippa.engine.arrow;

import java.io.IOException;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The buffers of a batch, decompressed where they are compressed.
 *
 * @param stored the bytes behind the batch's message
 * @param position of these, by which buffers are known to {@code inflated}
 */
record BatchBody(RecordBatch batch, Region stored, long position, Inflated inflated) {
  /**
   * A buffer.
   *
   * @param number in the order of the batch
   */
  Region buffer(int number) throws IOException {
    long offset = batch.buffers(number).offset();
    Region region = stored.slice(offset, batch.buffers(number).length());
    ArrowCompression compression = BufferCodec.of(batch);
    return compression == ArrowCompression.NONE
        ? region
        : inflated.buffer(position + offset, compression, region);
  }

  /** Bytes of a buffer when it is decompressed. */
  long size(int number) throws IOException {
    long length = batch.buffers(number).length();
    return BufferCodec.of(batch) == ArrowCompression.NONE
        ? length
        : BufferCodec.size(stored.slice(batch.buffers(number).offset(), length));
  }

  /**
   * Bytes of all buffers when they are decompressed.
   *
   * @throws IOException if they are compressed and too many
   */
  long size() throws IOException {
    return IpcMessage.checked(
        () -> {
          if (BufferCodec.of(batch) == ArrowCompression.NONE) {
            return stored.length();
          }
          long size = 0;
          for (int i = 0; i < batch.buffersLength(); i++) {
            size += size(i);
            inflated.requireRoom(size);
          }
          return size;
        });
  }
}
