package io.agrippa.engine.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * What a Parquet file's footer says. Immutable by contract: nobody writes to the metadata.
 *
 * @param path the file
 * @param bytes its size
 * @param columns its top-level columns
 * @param rowGroups its row groups
 */
record ParquetFile(Path path, long bytes, List<ParquetColumn> columns, List<RowGroup> rowGroups) {
  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED_MAGIC = "PARE";
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = 8; // length of the footer, magic

  /** Reads the footer of a file and checks that it makes sense. */
  static ParquetFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size == 0) {
        throw new IOException(path + " is empty; a Parquet file has a footer even without rows");
      }
      if (size < MAGIC_BYTES + TAIL_BYTES
          || !magic(channel, 0).matches(MAGIC + "|" + ENCRYPTED_MAGIC)) {
        throw new IOException(
            path
                + " is not a Parquet file: it does not begin with "
                + MAGIC
                + "; give its true format");
      }
      String magic = magic(channel, size - MAGIC_BYTES);
      if (magic.equals(ENCRYPTED_MAGIC)) {
        throw new IOException(path + " is encrypted, which cannot be read; decrypt it first");
      }
      if (!magic.equals(MAGIC)) {
        throw new IOException(
            path
                + " is cut off: it does not end with "
                + MAGIC
                + " as Parquet files do; get it again");
      }
      int length = read(channel, size - TAIL_BYTES, Integer.BYTES).getInt();
      if (length <= 0 || length > size - MAGIC_BYTES - TAIL_BYTES) {
        throw new IOException(
            "%s is damaged: its footer would have %,d bytes; get it again".formatted(path, length));
      }
      byte[] footer = read(channel, size - TAIL_BYTES - length, length).array();
      return of(path, size, metadata(path, footer));
    }
  }

  private static FileMetaData metadata(Path path, byte[] footer) throws IOException {
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(footer));
    } catch (IOException | RuntimeException e) {
      // Thrift's generated code answers damaged bytes with exceptions of both kinds.
      throw new IOException(
          "%s is damaged: its footer cannot be read (%s); get it again"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static String magic(FileChannel channel, long position) throws IOException {
    return new String(read(channel, position, MAGIC_BYTES).array(), StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("the file ends at byte " + (position + bytes.position()));
      }
    }
    return bytes.flip();
  }

  private static ParquetFile of(Path path, long size, FileMetaData metadata) throws IOException {
    List<SchemaElement> schema = metadata.getSchema();
    List<ParquetColumn> columns = new ArrayList<>();
    int leaves = 0;
    int i = 1; // the first element is the root
    while (i < schema.size()) {
      columns.add(ParquetColumn.of(schema.get(i), leaves));
      int end = behind(schema, i);
      for (; i < end; i++) {
        leaves += schema.get(i).isSetType() ? 1 : 0;
      }
    }
    ParquetFile file =
        new ParquetFile(path, size, List.copyOf(columns), List.copyOf(metadata.getRow_groups()));
    file.check(leaves);
    return file;
  }

  /** The position in the flattened schema behind an element and all that is nested in it. */
  private static int behind(List<SchemaElement> schema, int element) {
    int i = element;
    long open = 1; // elements still to come
    while (open > 0 && i < schema.size()) {
      open += schema.get(i).isSetType() ? -1 : schema.get(i).getNum_children() - 1L;
      i++;
    }
    return i;
  }

  private void check(int leaves) throws IOException {
    for (int g = 0; g < rowGroups.size(); g++) {
      RowGroup group = rowGroups.get(g);
      if (group.getColumnsSize() != leaves || group.getNum_rows() < 0) {
        throw damaged(
            g,
            "%d columns of %d, %d rows"
                .formatted(group.getColumnsSize(), leaves, group.getNum_rows()));
      }
      for (ColumnChunk chunk : group.getColumns()) {
        if (chunk.isSetCrypto_metadata()) {
          throw new IOException(
              path + " has encrypted columns, which cannot be read; decrypt it first");
        }
        if (chunk.getFile_path() != null) {
          throw new IOException(
              path
                  + " keeps its columns in another file, "
                  + chunk.getFile_path()
                  + ", which is not supported");
        }
        if (!chunk.isSetMeta_data()) {
          throw damaged(g, "a column without metadata");
        }
      }
    }
  }

  private IOException damaged(int rowGroup, String what) {
    return new IOException(
        "%s is damaged: row group %d has %s; get it again".formatted(path, rowGroup, what));
  }

  /** Number of rows. */
  long rows() {
    return rowGroups.stream().mapToLong(RowGroup::getNum_rows).sum();
  }

  /** The column of a name, or null. */
  ParquetColumn column(String name) {
    for (ParquetColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** The names of all columns. */
  List<String> names() {
    return columns.stream().map(ParquetColumn::name).toList();
  }
}
