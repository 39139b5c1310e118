package io.agrippa.engine.io;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.StringColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;

/**
 * Collects the pages of one column until its row group is written. Rows come as finished pages, or
 * as pieces of blocks that are gathered until they make a page. For one thread at a time.
 */
abstract sealed class ParquetChunkWriter {
  private final ParquetPageWriter writer;
  private final PageCodec codec;
  private final int pageRows;
  private final List<ParquetPageWriter.Page> pages = new ArrayList<>();
  private final List<ParquetPageWriter.Piece> pending = new ArrayList<>();
  private int pendingRows;
  private long bytes;

  private ParquetChunkWriter(ParquetPageWriter writer, PageCodec codec, int pageRows) {
    this.writer = writer;
    this.codec = codec;
    this.pageRows = pageRows;
  }

  /** A writer for a column of texts, or of anything else. */
  static ParquetChunkWriter of(ParquetPageWriter writer, PageCodec codec, boolean texts) {
    return texts ? new Texts(writer, codec) : new Plain(writer, codec);
  }

  /** Appends a page. */
  final void add(ParquetPageWriter.Page page) throws IOException {
    flush();
    keep(page);
  }

  /** Appends rows of a block; they are read later, until the row group is written. */
  final void add(ParquetPageWriter.Piece piece) throws IOException {
    pending.add(piece);
    pendingRows += piece.rows();
    if (pendingRows >= pageRows) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (pendingRows > 0) {
      keep(page(List.copyOf(pending), writer, codec));
      pending.clear();
      pendingRows = 0;
    }
  }

  private void keep(ParquetPageWriter.Page page) {
    pages.add(page);
    bytes += page.bytes().length;
  }

  /** Bytes that are held. */
  final long bytes() {
    return bytes;
  }

  abstract ParquetPageWriter.Page page(
      List<ParquetPageWriter.Piece> pieces, ParquetPageWriter pageWriter, PageCodec pageCodec)
      throws IOException;

  /** The page of the dictionary of the pages so far, and a new start; null where there is none. */
  abstract ParquetPageWriter.Page takeDictionary(ParquetPageWriter pageWriter, PageCodec pageCodec)
      throws IOException;

  /** Writes what was collected, and begins anew. */
  final ColumnChunk writeTo(OutputTarget target, CompressionCodec compression) throws IOException {
    flush();
    long start = target.bytes();
    long uncompressed = 0;
    long rows = 0;
    ValueRange range = new ValueRange();
    Set<Encoding> encodings = EnumSet.of(Encoding.RLE); // the levels
    ColumnMetaData metadata = new ColumnMetaData();
    ParquetPageWriter.Page dictionary = takeDictionary(writer, codec);
    if (dictionary != null) {
      metadata.setDictionary_page_offset(start);
      target.write(dictionary.bytes(), 0, dictionary.bytes().length);
      uncompressed += dictionary.uncompressed();
      encodings.add(dictionary.encoding());
    }
    metadata.setData_page_offset(target.bytes());
    for (ParquetPageWriter.Page page : pages) {
      target.write(page.bytes(), 0, page.bytes().length);
      uncompressed += page.uncompressed();
      rows += page.rows();
      range.add(page.range());
      encodings.add(page.encoding());
    }
    metadata.setType(writer.column().getType());
    metadata.setEncodings(List.copyOf(encodings));
    metadata.setPath_in_schema(List.of(writer.column().getName()));
    metadata.setCodec(compression);
    metadata.setNum_values(rows);
    metadata.setTotal_uncompressed_size(uncompressed);
    metadata.setTotal_compressed_size(target.bytes() - start);
    metadata.setStatistics(range.statistics(writer.column().getType()));
    pages.clear();
    bytes = 0;
    ColumnChunk chunk = new ColumnChunk(start);
    chunk.setMeta_data(metadata);
    return chunk;
  }

  /** Numbers and bytes, without a dictionary. */
  private static final class Plain extends ParquetChunkWriter {
    private static final int PAGE_ROWS = 4096;

    Plain(ParquetPageWriter writer, PageCodec codec) {
      super(writer, codec, PAGE_ROWS);
    }

    @Override
    ParquetPageWriter.Page page(
        List<ParquetPageWriter.Piece> pieces, ParquetPageWriter pageWriter, PageCodec pageCodec)
        throws IOException {
      return pageWriter.plain(pieces, pageCodec);
    }

    @Override
    ParquetPageWriter.Page takeDictionary(ParquetPageWriter pageWriter, PageCodec pageCodec) {
      return null;
    }
  }

  /**
   * Texts as codes of the chunk's dictionary; when that has grown too large, as they are. A column
   * whose dictionary grew too large is not tried again.
   */
  private static final class Texts extends ParquetChunkWriter {
    private static final int PAGE_ROWS = 1 << 14;
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int MAX_BYTES = 1 << 20;
    private static final int UNKNOWN = -1;

    private boolean pays = true;
    private DictionaryBuilder codes = new DictionaryBuilder();
    private PlainBuffer entries = new PlainBuffer(1 << 10);

    // The codes of the last block's dictionary in ours
    private Dictionary translated = Dictionary.EMPTY;
    private int[] translation = new int[0];

    Texts(ParquetPageWriter writer, PageCodec codec) {
      super(writer, codec, PAGE_ROWS);
    }

    @Override
    ParquetPageWriter.Page page(
        List<ParquetPageWriter.Piece> pieces, ParquetPageWriter pageWriter, PageCodec pageCodec)
        throws IOException {
      if (pays) {
        int rows = pieces.stream().mapToInt(ParquetPageWriter.Piece::rows).sum();
        int[] ids = new int[rows];
        int count = 0;
        for (ParquetPageWriter.Piece piece : pieces) {
          count = translate(piece, ids, count);
        }
        pays = codes.size() <= MAX_ENTRIES && entries.size() <= MAX_BYTES;
        int present = count;
        if (present > 0) {
          return pageWriter.data(
              pieces,
              Encoding.RLE_DICTIONARY,
              (out, range) -> writeCodes(ids, present, out),
              pageCodec);
        }
      }
      return pageWriter.data(
          pieces,
          Encoding.PLAIN,
          (out, range) -> {
            for (ParquetPageWriter.Piece piece : pieces) {
              writeTexts(piece, out);
            }
          },
          pageCodec);
    }

    private int translate(ParquetPageWriter.Piece piece, int[] ids, int from) {
      StringColumn column = (StringColumn) piece.column();
      Dictionary dictionary = column.dictionary();
      if (dictionary != translated) {
        translated = dictionary;
        translation = new int[dictionary.size()];
        Arrays.fill(translation, UNKNOWN);
      }
      int count = from;
      for (int row = piece.from(); row < piece.to(); row++) {
        int code = column.codes()[row];
        if (code >= 0) {
          int id = translation[code];
          if (id == UNKNOWN) {
            id = idOf(dictionary.value(code));
            translation[code] = id;
          }
          ids[count++] = id;
        }
      }
      return count;
    }

    private int idOf(String text) {
      int before = codes.size();
      int id = codes.code(text);
      if (id == before) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        entries.putInt(utf8.length);
        entries.putBytes(utf8);
      }
      return id;
    }

    private void writeCodes(int[] ids, int count, PlainBuffer out) throws IOException {
      int greatest = Math.max(codes.size() - 1, 1);
      int width = Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
      out.put(width);
      try (RunLengthBitPackingHybridEncoder encoder =
          new RunLengthBitPackingHybridEncoder(
              width, 1 << 10, 1 << 16, new HeapByteBufferAllocator())) {
        for (int i = 0; i < count; i++) {
          encoder.writeInt(ids[i]);
        }
        ByteArrayOutputStream packed =
            new ByteArrayOutputStream((int) encoder.getBufferedSize() + Long.BYTES);
        encoder.toBytes().writeAllTo(packed);
        out.putBytes(packed.toByteArray());
      }
    }

    private static void writeTexts(ParquetPageWriter.Piece piece, PlainBuffer out) {
      StringColumn column = (StringColumn) piece.column();
      for (int row = piece.from(); row < piece.to(); row++) {
        if (column.codes()[row] >= 0) {
          byte[] utf8 = column.value(row).getBytes(StandardCharsets.UTF_8);
          out.putInt(utf8.length);
          out.putBytes(utf8);
        }
      }
    }

    @Override
    ParquetPageWriter.Page takeDictionary(ParquetPageWriter pageWriter, PageCodec pageCodec)
        throws IOException {
      if (codes.size() == 0) {
        return null;
      }
      ParquetPageWriter.Page page = pageWriter.dictionary(entries, codes.size(), pageCodec);
      codes = new DictionaryBuilder();
      entries = new PlainBuffer(1 << 10);
      translated = Dictionary.EMPTY;
      translation = new int[0];
      return page;
    }
  }
}
