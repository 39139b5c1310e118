package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some consecutive rows of a Parquet file.
 *
 * @param file position of the file in the dataset
 * @param plan what to read of the file
 * @param spans where the rows stand, in order
 * @param bytes their share of the file
 */
record ParquetPartition(int file, ParquetPlan plan, List<Span> spans, long bytes)
    implements Partition {
  /**
   * Rows within a row group.
   *
   * @param rowGroup position of the row group in the file
   * @param from first row within it
   * @param rows number of rows
   */
  record Span(int rowGroup, long from, long rows) {}

  @Override
  public String origin() {
    return plan.file().path().toString();
  }

  @Override
  public Optional<byte[]> address() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(file);
      out.writeInt(spans.size());
      for (Span span : spans) {
        out.writeInt(span.rowGroup());
        out.writeLong(span.from());
        out.writeLong(span.rows());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return Optional.of(bytes.toByteArray());
  }

  /** The file that an address is in. */
  static int fileAt(byte[] address) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(address)).readInt();
  }

  /**
   * The spans at an address.
   *
   * @throws IOException if the file has no such rows
   */
  static List<Span> spansAt(byte[] address, ParquetFile file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(address));
    in.readInt();
    List<Span> spans = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      Span span = new Span(in.readInt(), in.readLong(), in.readLong());
      boolean there =
          span.rowGroup() >= 0
              && span.rowGroup() < file.rowGroups().size()
              && span.from() >= 0
              && span.rows() > 0
              && span.rows() <= file.rowGroups().get(span.rowGroup()).getNum_rows() - span.from();
      if (!there) {
        throw new IOException(
            file.path() + " has changed since the job began: it has no " + span + "; run it again");
      }
      spans.add(span);
    }
    return spans;
  }

  @Override
  public BlockReader open() throws IOException {
    return new ParquetBlockReader(plan, spans);
  }
}
