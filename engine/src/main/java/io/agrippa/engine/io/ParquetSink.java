package io.agrippa.engine.io;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Writes Parquet, from front to back, so that it can go into a pipe too. {@link #encode} makes a
 * page of each column of numbers or bytes of a block; texts become pages in {@link #append},
 * because their codes depend on the rows before. What is held is one row group, compressed.
 */
final class ParquetSink implements BlockSink {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int MIN_PAGE_ROWS = 1 << 10; // smaller blocks share a page
  private static final long MAX_HELD = 32L << 20;

  private final Schema schema;
  private final OutputTarget target;
  private final int rowGroupRows;
  private final CompressionCodec compression;
  private final List<SchemaElement> elements = new ArrayList<>();
  private final List<ParquetPageWriter> writers = new ArrayList<>();
  private final List<ParquetChunkWriter> chunks = new ArrayList<>();
  private final Queue<PageCodec> codecs =
      new ConcurrentLinkedQueue<>(); // those that no thread uses now
  private final PageCodec codecOfAppend = new PageCodec();
  private final List<RowGroup> rowGroups = new ArrayList<>();
  private long rows; // of the row group that is being collected
  private long allRows;

  /** Rows of a block: for each column a page, or a piece of the block. */
  private record Slice(
      int rows, List<ParquetPageWriter.Page> pages, List<ParquetPageWriter.Piece> pieces) {}

  private record Slices(List<Slice> slices) implements Encoded {}

  ParquetSink(Schema schema, OutputTarget target, ParquetOptions options) {
    this.schema = schema;
    this.target = target;
    rowGroupRows = options.rowGroupRows();
    compression = PageCodec.of(options.compression());
    for (Field field : schema.fields()) {
      SchemaElement element = ParquetTypes.element(field);
      elements.add(element);
      ParquetPageWriter writer = new ParquetPageWriter(target.name(), element, compression);
      writers.add(writer);
      chunks.add(ParquetChunkWriter.of(writer, codecOfAppend, isText(field)));
    }
  }

  private static boolean isText(Field field) {
    return field.type() == Type.Scalar.STRING;
  }

  @Override
  public Encoded encode(Block block) throws IOException {
    if (!block.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "a block of " + block.schema() + " for an output of " + schema);
    }
    List<Slice> slices = new ArrayList<>();
    PageCodec codec = codecs.poll();
    if (codec == null) {
      codec = new PageCodec();
    }
    try {
      for (int from = 0; from < block.rows(); from += rowGroupRows) {
        int to = (int) Math.min(block.rows(), (long) from + rowGroupRows);
        slices.add(slice(block, from, to, codec));
      }
    } finally {
      codecs.add(codec);
    }
    return new Slices(slices);
  }

  private Slice slice(Block block, int from, int to, PageCodec codec) throws IOException {
    List<ParquetPageWriter.Page> pages = new ArrayList<>();
    List<ParquetPageWriter.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      ParquetPageWriter.Piece piece = new ParquetPageWriter.Piece(block.column(i), from, to);
      boolean alone = to - from >= MIN_PAGE_ROWS && !isText(schema.field(i));
      pages.add(alone ? writers.get(i).plain(List.of(piece), codec) : null);
      pieces.add(alone ? null : piece);
    }
    return new Slice(to - from, pages, pieces);
  }

  @Override
  public void append(Encoded encoded) throws IOException {
    begin();
    for (Slice slice : ((Slices) encoded).slices()) {
      if (rows + slice.rows() > rowGroupRows) {
        endRowGroup();
      }
      long held = 0;
      for (int i = 0; i < chunks.size(); i++) {
        ParquetChunkWriter chunk = chunks.get(i);
        if (slice.pages().get(i) == null) {
          chunk.add(slice.pieces().get(i));
        } else {
          chunk.add(slice.pages().get(i));
        }
        held += chunk.bytes();
      }
      rows += slice.rows();
      if (held >= MAX_HELD) {
        endRowGroup();
      }
    }
  }

  private void begin() throws IOException {
    if (target.bytes() == 0) {
      target.write(MAGIC, 0, MAGIC.length);
    }
  }

  private void endRowGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    long start = target.bytes();
    long uncompressed = 0;
    List<ColumnChunk> written = new ArrayList<>();
    for (ParquetChunkWriter chunk : chunks) {
      ColumnChunk columnChunk = chunk.writeTo(target, compression);
      uncompressed += columnChunk.getMeta_data().getTotal_uncompressed_size();
      written.add(columnChunk);
    }
    RowGroup group = new RowGroup(written, uncompressed, rows);
    group.setFile_offset(start);
    group.setTotal_compressed_size(target.bytes() - start);
    if (rowGroups.size() <= Short.MAX_VALUE) {
      group.setOrdinal((short) rowGroups.size());
    }
    rowGroups.add(group);
    allRows += rows;
    rows = 0;
  }

  @Override
  public void commit() throws IOException {
    begin();
    endRowGroup();
    SchemaElement root = new SchemaElement("schema");
    root.setNum_children(schema.size());
    List<SchemaElement> all = new ArrayList<>(elements);
    all.add(0, root);
    FileMetaData metadata = new FileMetaData(1, all, allRows, rowGroups);
    metadata.setCreated_by("agrippa");
    metadata.setColumn_orders(
        Collections.nCopies(schema.size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, footer);
    PlainBuffer end = new PlainBuffer(footer.size() + 2 * Integer.BYTES);
    end.putBytes(footer.toByteArray());
    end.putInt(footer.size());
    end.putBytes(MAGIC);
    target.write(end.bytes(), 0, end.size());
    target.commit();
  }

  @Override
  public long bytes() {
    return target.bytes();
  }

  @Override
  public void close() throws IOException {
    codecOfAppend.close();
    for (PageCodec codec = codecs.poll(); codec != null; codec = codecs.poll()) {
      codec.close();
    }
    target.close();
  }
}
