package io.agrippa.engine.arrow;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Where Arrow's buffers come from. */
final class ArrowMemory {
  /** What Arrow asks of the Java virtual machine. */
  static final String JVM_OPTION = "--add-opens=java.base/java.nio=ALL-UNNAMED";

  private ArrowMemory() {}

  /**
   * An allocator, to be closed by the caller: closing fails where a buffer was not released.
   *
   * @throws IllegalStateException if the virtual machine was started without {@link #JVM_OPTION};
   *     the message says so
   */
  static BufferAllocator allocator() {
    requireOpenBuffers(ArrowMemory.class.getModule());
    return new RootAllocator();
  }

  /** Arrow would fail too, but as a class that cannot be initialized, and for good. */
  static void requireOpenBuffers(Module reader) {
    if (!java.nio.ByteBuffer.class.getModule().isOpen("java.nio", reader)) {
      throw new IllegalStateException(
          "Arrow reaches into java.nio, which this Java virtual machine does not allow; start it"
              + " with "
              + JVM_OPTION);
    }
  }
}
