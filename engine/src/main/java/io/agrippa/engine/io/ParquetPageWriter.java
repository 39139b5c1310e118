package io.agrippa.engine.io;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes pages of one column: definition levels, values, compression, header. Immutable; safe for
 * use by many threads, each with a codec of its own.
 */
final class ParquetPageWriter {
  private final String file;
  private final SchemaElement column;
  private final CompressionCodec compression;

  /** Some rows of a column of a block. */
  record Piece(Column column, int from, int to) {
    int rows() {
      return to - from;
    }
  }

  /**
   * A page, ready to be written.
   *
   * @param bytes header and compressed body
   * @param uncompressed size of header and uncompressed body
   * @param rows number of rows; of values, for a dictionary
   * @param encoding of the values
   * @param range of the values; null for a dictionary
   */
  record Page(byte[] bytes, long uncompressed, int rows, Encoding encoding, ValueRange range) {}

  /** Writes the values of a page that are not missing. */
  interface Values {
    void write(PlainBuffer out, ValueRange range) throws IOException;
  }

  ParquetPageWriter(String file, SchemaElement column, CompressionCodec compression) {
    this.file = file;
    this.column = column;
    this.compression = compression;
  }

  SchemaElement column() {
    return column;
  }

  /** A page of plain values. */
  Page plain(List<Piece> pieces, PageCodec codec) throws IOException {
    return data(
        pieces,
        Encoding.PLAIN,
        (out, range) -> {
          for (Piece piece : pieces) {
            values(piece, out, range);
          }
          out.endBits();
        },
        codec);
  }

  /** A page whose values are written by somebody else. */
  Page data(List<Piece> pieces, Encoding encoding, Values values, PageCodec codec)
      throws IOException {
    int rows = pieces.stream().mapToInt(Piece::rows).sum();
    PlainBuffer out = new PlainBuffer(64 + rows / Byte.SIZE + rows * Long.BYTES);
    ValueRange range = new ValueRange();
    levels(pieces, rows, out, range);
    values.write(out, range);
    PageHeader header = new PageHeader();
    header.setType(PageType.DATA_PAGE);
    header.setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
    return page(header, out, rows, encoding, range, codec);
  }

  /** The page of a chunk's dictionary. */
  Page dictionary(PlainBuffer values, int count, PageCodec codec) throws IOException {
    PageHeader header = new PageHeader();
    header.setType(PageType.DICTIONARY_PAGE);
    header.setDictionary_page_header(new DictionaryPageHeader(count, Encoding.PLAIN));
    return page(header, values, count, Encoding.PLAIN, null, codec);
  }

  private Page page(
      PageHeader header,
      PlainBuffer body,
      int rows,
      Encoding encoding,
      ValueRange range,
      PageCodec codec)
      throws IOException {
    byte[] compressed = codec.compress(compression, body.bytes(), body.size());
    CRC32 crc = new CRC32();
    crc.update(compressed);
    header.setUncompressed_page_size(body.size());
    header.setCompressed_page_size(compressed.length);
    header.setCrc((int) crc.getValue());
    ByteArrayOutputStream head = new ByteArrayOutputStream(64);
    Util.writePageHeader(header, head);
    byte[] whole = Arrays.copyOf(head.toByteArray(), head.size() + compressed.length);
    System.arraycopy(compressed, 0, whole, head.size(), compressed.length);
    return new Page(whole, (long) head.size() + body.size(), rows, encoding, range);
  }

  /**
   * Definition levels in the hybrid encoding behind their length: one run where all rows agree,
   * else one bit a row.
   */
  private static void levels(List<Piece> pieces, int rows, PlainBuffer out, ValueRange range) {
    int missing = 0;
    for (Piece piece : pieces) {
      for (int row = piece.from(); row < piece.to(); row++) {
        missing += piece.column().isMissing(row) ? 1 : 0;
      }
    }
    range.addMissing(missing);
    out.putInt(0);
    if (missing == 0 || missing == rows) {
      out.putUnsigned(rows << 1);
      out.put(missing == 0 ? 1 : 0);
    } else {
      int groups = (rows + Byte.SIZE - 1) / Byte.SIZE;
      out.putUnsigned((groups << 1) | 1);
      for (Piece piece : pieces) {
        for (int row = piece.from(); row < piece.to(); row++) {
          out.putBit(!piece.column().isMissing(row));
        }
      }
      out.endBits();
    }
    out.setInt(0, out.size() - Integer.BYTES);
  }

  private void values(Piece piece, PlainBuffer out, ValueRange range) throws IOException {
    out.reserve(piece.rows() * Long.BYTES);
    if (piece.column() instanceof LongColumn longs) {
      checkMalformed(longs.malformed().size() == 0 ? null : longs.malformed().text(0));
      longs(longs, piece, out, range);
    } else if (piece.column() instanceof DoubleColumn doubles) {
      checkMalformed(doubles.malformed().size() == 0 ? null : doubles.malformed().text(0));
      doubles(doubles, piece, out, range);
    } else if (piece.column() instanceof BinaryColumn bytes) {
      bytes(bytes, piece, out);
    } else if (piece.column() instanceof StringColumn) {
      throw new IllegalStateException(
          "texts are written by their chunk, which knows its dictionary");
    }
  }

  /** Parquet has no place for a text among numbers, and to leave it out would lose it. */
  private void checkMalformed(String text) throws IOException {
    if (text != null) {
      throw new IOException(
          "%s: column \"%s\" is of numbers but holds \"%s\"; correct it, read the column as text, or write CSV"
              .formatted(file, column.getName(), text));
    }
  }

  private void longs(LongColumn column, Piece piece, PlainBuffer out, ValueRange range) {
    long[] values = column.values();
    Type physical = this.column.getType();
    for (int row = piece.from(); row < piece.to(); row++) {
      if (column.isMissing(row)) {
        continue;
      }
      long value = values[row];
      range.add(value);
      if (physical == Type.INT64) {
        out.putLong(value);
      } else if (physical == Type.INT32) {
        out.putInt((int) value);
      } else {
        out.putBit(value != 0);
      }
    }
  }

  private void doubles(DoubleColumn column, Piece piece, PlainBuffer out, ValueRange range) {
    double[] values = column.values();
    boolean single = this.column.getType() == Type.FLOAT;
    for (int row = piece.from(); row < piece.to(); row++) {
      if (column.isMissing(row)) {
        continue;
      }
      double value = values[row];
      range.add(value);
      if (single) {
        out.putInt(Float.floatToRawIntBits((float) value));
      } else {
        out.putLong(Double.doubleToRawLongBits(value));
      }
    }
  }

  private void bytes(BinaryColumn column, Piece piece, PlainBuffer out) throws IOException {
    boolean fixed = this.column.getType() == Type.FIXED_LEN_BYTE_ARRAY;
    for (int row = piece.from(); row < piece.to(); row++) {
      byte[] value = column.values()[row];
      if (value == null) {
        continue;
      }
      if (fixed) {
        // A decimal: its sign fills the bytes that it does not need.
        int more = this.column.getType_length() - value.length;
        if (more < 0 || value.length == 0) {
          throw new IOException(
              "%s: column \"%s\" holds a decimal of %d bytes, more than its precision allows"
                  .formatted(file, this.column.getName(), value.length));
        }
        for (int i = 0; i < more; i++) {
          out.put(value[0] < 0 ? -1 : 0);
        }
      } else {
        out.putInt(value.length);
      }
      out.putBytes(value);
    }
  }
}
