package io.agrippa.engine.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows within a group of rows of a file: a row group of Parquet, a batch of Arrow.
 *
 * @param group position of the group in the file
 * @param from first row within it
 * @param rows number of rows
 */
record RowSpan(int group, long from, long rows) {
  /** The address of spans of a file, which is so many files into the dataset. */
  static byte[] address(int file, List<RowSpan> spans) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(file);
      out.writeInt(spans.size());
      for (RowSpan span : spans) {
        out.writeInt(span.group());
        out.writeLong(span.from());
        out.writeLong(span.rows());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** The file that an address is in. */
  static int fileAt(byte[] address) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(address)).readInt();
  }

  /**
   * The spans at an address.
   *
   * @param groups rows of each group of the file
   * @throws IOException if the file has no such rows
   */
  static List<RowSpan> at(byte[] address, Path file, List<Long> groups) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(address));
    in.readInt();
    List<RowSpan> spans = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      RowSpan span = new RowSpan(in.readInt(), in.readLong(), in.readLong());
      boolean there =
          span.group() >= 0
              && span.group() < groups.size()
              && span.from() >= 0
              && span.rows() > 0
              && span.rows() <= groups.get(span.group()) - span.from();
      if (!there) {
        throw new IOException(
            file + " has changed since the job began: it has no " + span + "; run it again");
      }
      spans.add(span);
    }
    return spans;
  }
}
