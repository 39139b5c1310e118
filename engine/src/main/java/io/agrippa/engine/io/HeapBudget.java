package io.agrippa.engine.io;

import java.io.IOException;

/**
 * What the readers of one dataset hold in buffers, so that a file which the heap cannot take is
 * refused with advice instead of an OutOfMemoryError. Safe for use by many threads.
 */
final class HeapBudget {
  private static final double SHARE =
      0.7; // of the heap; the rest is for blocks and for whoever works on them

  private final long heap;
  private long used;

  HeapBudget() {
    this(Runtime.getRuntime().maxMemory());
  }

  HeapBudget(long heap) {
    this.heap = heap;
  }

  /**
   * Takes down that so many more bytes will be held.
   *
   * @param what what they are, for messages
   * @throws IOException if the heap cannot take them
   */
  synchronized void reserve(long bytes, String what) throws IOException {
    if (bytes > 0 && used + bytes > heap * SHARE) {
      long needed = (long) ((used + bytes) / SHARE);
      throw new IOException(
          "%s takes %s, and %s are in use already: that does not fit into the heap of %s; run with -Xmx%dm or more, or write the file with"
                  .formatted(
                      what, megabytes(bytes), megabytes(used), megabytes(heap), (needed >> 20) + 1)
              + " smaller pages and row groups");
    }
    used += bytes;
  }

  /** Takes down that so many bytes are held no more. */
  synchronized void release(long bytes) {
    used -= bytes;
  }

  synchronized long used() {
    return used;
  }

  private static String megabytes(long bytes) {
    return "%,d MB".formatted((bytes + (1 << 20) - 1) >> 20);
  }
}
