package io.agrippa.engine.io;

import io.agrippa.engine.arrow.ArrowCompression;
import io.agrippa.engine.arrow.ArrowEncoder;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes Arrow's IPC format, the file or the stream kind: a batch a block. */
final class ArrowSink implements BlockSink {
  private final OutputTarget target;
  private final Format format;
  private final ArrowEncoder encoder;
  private final List<Long> positions = new ArrayList<>();
  private final List<ArrowEncoder.BatchSize> batches = new ArrayList<>();
  private boolean begun;
  private boolean closed;

  /** A batch, ready to be written. */
  private record Batch(ArrowEncoder.Encoded message) implements Encoded {}

  private ArrowSink(OutputTarget target, Format format, ArrowEncoder encoder) {
    this.target = target;
    this.format = format;
    this.encoder = encoder;
  }

  /**
   * A sink; where it cannot be made, the target is closed.
   *
   * @throws IOException if a library or an option of the Java virtual machine is not there, or
   *     Arrow has no such type
   */
  static ArrowSink of(
      Schema schema, OutputTarget target, Format format, ArrowCompression compression)
      throws IOException {
    ArrowEncoder encoder = null;
    try {
      Libraries.require("org.apache.arrow.vector.TypeLayout", "arrow-vector", target.name());
      Libraries.require(
          "org.apache.arrow.memory.unsafe.UnsafeAllocationManager",
          "arrow-memory-unsafe",
          target.name());
      encoder = new ArrowEncoder(schema, compression);
      return new ArrowSink(target, format, encoder);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(target.name() + " cannot be written: " + e.getMessage(), e);
    } finally {
      if (encoder == null) {
        target.close();
      }
    }
  }

  @Override
  public Encoded encode(Block block) throws IOException {
    try {
      return new Batch(encoder.encode(block));
    } catch (IOException e) {
      throw new IOException(target.name() + ": " + e.getMessage(), e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    target.write(bytes, 0, bytes.length);
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      if (format == Format.ARROW) {
        write(ArrowEncoder.fileHead());
      }
      write(encoder.schemaMessage());
    }
  }

  @Override
  public void append(Encoded encoded) throws IOException {
    ArrowEncoder.Encoded message = ((Batch) encoded).message();
    begin();
    positions.add(target.bytes());
    batches.add(new ArrowEncoder.BatchSize(message.metadata(), message.bytes().length));
    write(message.bytes());
  }

  @Override
  public void commit() throws IOException {
    begin();
    write(ArrowEncoder.streamEnd());
    if (format == Format.ARROW) {
      write(encoder.fileEnd(positions, batches));
    }
    target.commit();
  }

  @Override
  public long bytes() {
    return target.bytes();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        encoder.close();
      } finally {
        target.close();
      }
    }
  }
}
