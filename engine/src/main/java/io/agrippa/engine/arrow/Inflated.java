package io.agrippa.engine.arrow;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Buffers of batches as they were before they were compressed. Those that were used last are kept,
 * for all who read them: rows are read a block at a time, perhaps by many workers, and a buffer can
 * only be decompressed whole. Safe for use by many threads.
 */
final class Inflated {
  private final long most;
  private final Map<Long, Slot> slots = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
  private long held; // guarded by this

  /** A buffer that is decompressed by whoever comes first. */
  private static final class Slot {
    private final int size;
    private byte[] bytes; // guarded by this

    Slot(int size) {
      this.size = size;
    }

    synchronized byte[] bytes(ArrowCompression compression, Region stored) throws IOException {
      if (bytes == null) {
        bytes = BufferCodec.decompress(compression, stored, size);
      }
      return bytes;
    }
  }

  /**
   * Nothing yet.
   *
   * @param most bytes that are kept, and that one batch may have
   */
  Inflated(long most) {
    this.most = Math.min(most, Integer.MAX_VALUE - 16L);
  }

  /** Bytes that one batch may have. */
  long most() {
    return most;
  }

  /**
   * A buffer.
   *
   * @param position by which it is known
   */
  Region buffer(long position, ArrowCompression compression, Region stored) throws IOException {
    if (stored.length() == 0) {
      return stored;
    }
    if (BufferCodec.isAsItIs(stored)) {
      return BufferCodec.asItIs(stored);
    }
    long size = BufferCodec.size(stored);
    requireRoom(size);
    byte[] bytes = slot(position, (int) size).bytes(compression, stored);
    return new Region.OfBytes(bytes, 0, bytes.length);
  }

  /** Fails where a batch would take more than there is room for. */
  void requireRoom(long size) throws IOException {
    if (size > most) {
      throw new IOException(
          "a batch takes %,d bytes when it is decompressed, but at most %,d are held at once; write smaller batches, or write it without compression"
              .formatted(size, most));
    }
  }

  private synchronized Slot slot(long position, int size) {
    Slot known = slots.get(position);
    if (known != null) {
      return known;
    }
    Slot slot = new Slot(size);
    slots.put(position, slot);
    held += size;
    for (Iterator<Slot> eldest = slots.values().iterator(); held > most; ) {
      held -= eldest.next().size; // this one is the youngest, and finds room
      eldest.remove();
    }
    return slot;
  }
}
