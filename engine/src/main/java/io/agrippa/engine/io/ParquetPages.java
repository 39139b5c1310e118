package io.agrippa.engine.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/**
 * Goes through the pages of one column chunk of a flat column (so a value is a row) and
 * decompresses them, one at a time: what is held is a page and not the row group. Not safe for use
 * by many threads.
 */
final class ParquetPages {
  private final FileRegion region;
  private final long end; // where the file's footer begins, at most
  private final CompressionCodec codec;
  private final PageCodec decompressor;
  private final boolean optional;
  private final String place;
  private final HeapBudget budget;

  private long rowsLeft; // rows of the chunk in pages that were not looked at yet
  private byte[] stored = new byte[0];
  private byte[] page = new byte[0];
  private long reserved;

  // The current page
  private PageHeader header;
  private int rows;
  private Encoding encoding;
  private int values; // where the values begin
  private int length; // where they end

  /**
   * Starts before the first page.
   *
   * @param place file, row group and column, for messages
   */
  ParquetPages(
      FileChannel channel,
      long end,
      ColumnMetaData chunk,
      boolean optional,
      PageCodec decompressor,
      HeapBudget budget,
      String place) {
    long start = chunk.getData_page_offset();
    // Some writers set the offset of the dictionary to 0 where there is none.
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      start = Math.min(start, chunk.getDictionary_page_offset());
    }
    region = new FileRegion(channel, start);
    this.end = end;
    codec = chunk.getCodec();
    this.decompressor = decompressor;
    this.optional = optional;
    this.place = place;
    this.budget = budget;
    rowsLeft = chunk.getNum_values();
  }

  /**
   * The buffer that holds the current page; {@link HybridDecoder#PADDING} bytes longer than it, and
   * reused for the next.
   */
  byte[] page() {
    return page;
  }

  /** Rows of the current page. */
  int rows() {
    return rows;
  }

  /** How the values of the current page are encoded. */
  Encoding encoding() {
    return encoding;
  }

  /** Where the values of the current page begin in the buffer. */
  int values() {
    return values;
  }

  /** Where the current page ends in the buffer. */
  int length() {
    return length;
  }

  /** What a page is. */
  enum Kind {
    DICTIONARY,
    DATA
  }

  /**
   * Reads the header of the next dictionary or data page. Of a data page {@link #rows} is known
   * then; whether to {@link #load} or to {@link #pass} it is up to the caller.
   */
  Kind next() throws IOException {
    while (true) {
      if (rowsLeft <= 0) {
        throw damaged("its pages hold fewer rows than its row group", null);
      }
      readHeader();
      switch (header.getType()) {
        case DICTIONARY_PAGE -> {
          require(header.isSetDictionary_page_header(), "a dictionary page without its header");
          rows = header.getDictionary_page_header().getNum_values();
          require(rows >= 0, "a dictionary of a negative size");
          encoding = header.getDictionary_page_header().getEncoding();
          return Kind.DICTIONARY;
        }
        case DATA_PAGE -> {
          require(header.isSetData_page_header(), "a data page without its header");
          startData(header.getData_page_header().getNum_values());
          return Kind.DATA;
        }
        case DATA_PAGE_V2 -> {
          require(header.isSetData_page_header_v2(), "a data page without its header");
          startData(header.getData_page_header_v2().getNum_values());
          return Kind.DATA;
        }
        case INDEX_PAGE -> pass();
      }
    }
  }

  private void startData(int count) throws IOException {
    require(count >= 0 && count <= rowsLeft, "a page with more rows than its row group has");
    rows = count;
    rowsLeft -= count;
  }

  private void readHeader() throws IOException {
    try {
      header = Util.readPageHeader(region);
    } catch (IOException | RuntimeException e) {
      // Thrift's generated code answers damaged bytes with exceptions of both kinds.
      throw damaged("the header of a page cannot be read (" + e.getMessage() + ")", e);
    }
    require(
        header.getCompressed_page_size() >= 0
            && header.getUncompressed_page_size() >= 0
            && region.position() + header.getCompressed_page_size() <= end,
        "a page of %,d bytes at byte %,d"
            .formatted(header.getCompressed_page_size(), region.position()));
  }

  /** Steps over the page whose header was read. */
  void pass() {
    region.moveTo(region.position() + header.getCompressed_page_size());
  }

  /**
   * Reads and decompresses the page whose header was read.
   *
   * @param levels gets the definition levels of a data page of an optional column
   */
  void load(HybridDecoder levels) throws IOException {
    int size = header.getCompressed_page_size();
    int full = header.getUncompressed_page_size();
    makeRoom(size, full);
    try {
      region.readFully(stored, 0, size);
      checkSum(size);
      switch (header.getType()) {
        case DICTIONARY_PAGE -> {
          decompressor.decompress(codec, stored, 0, size, page, 0, full);
          values = 0;
        }
        case DATA_PAGE -> loadFirst(header.getData_page_header(), size, full, levels);
        case DATA_PAGE_V2 -> loadSecond(header.getData_page_header_v2(), size, full, levels);
        case INDEX_PAGE -> throw new IllegalStateException("index pages are passed");
      }
      length = full;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Version 1: levels and values compressed together, levels behind their length. */
  private void loadFirst(DataPageHeader data, int size, int full, HybridDecoder levels)
      throws IOException {
    decompressor.decompress(codec, stored, 0, size, page, 0, full);
    encoding = data.getEncoding();
    values = 0;
    if (optional) {
      if (data.getDefinition_level_encoding() != Encoding.RLE) {
        throw new UnsupportedParquet(
            "definition levels are encoded as "
                + data.getDefinition_level_encoding()
                + ", which is not supported");
      }
      int bytes = full < Integer.BYTES ? -1 : PlainValues.intAt(page, 0);
      if (bytes < 0 || bytes > full - Integer.BYTES) {
        throw new IOException("definition levels of " + bytes + " bytes");
      }
      values = Integer.BYTES + bytes;
      levels.begin(page, Integer.BYTES, values, 1);
    }
  }

  /** Version 2: levels first and never compressed. */
  private void loadSecond(DataPageHeaderV2 data, int size, int full, HybridDecoder levels)
      throws IOException {
    int repetition = data.getRepetition_levels_byte_length();
    int definition = data.getDefinition_levels_byte_length();
    if (repetition < 0 || definition < 0 || (long) repetition + definition > Math.min(size, full)) {
      throw new IOException("levels of " + repetition + " and " + definition + " bytes");
    }
    encoding = data.getEncoding();
    values = repetition + definition;
    System.arraycopy(stored, 0, page, 0, values);
    boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
    decompressor.decompress(
        compressed && full > values ? codec : CompressionCodec.UNCOMPRESSED,
        stored,
        values,
        size - values,
        page,
        values,
        full - values);
    if (optional) {
      levels.begin(page, repetition, values, 1);
    }
  }

  private void makeRoom(int size, int full) throws IOException {
    int needed = Math.addExact(full, HybridDecoder.PADDING);
    if (stored.length < size || page.length < needed) {
      long growth = Math.max(0, size - stored.length) + (long) Math.max(0, needed - page.length);
      budget.reserve(growth, place + ": a page");
      reserved += growth;
      stored = stored.length < size ? new byte[size] : stored;
      page = page.length < needed ? new byte[needed] : page;
    }
  }

  private void checkSum(int size) throws IOException {
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(stored, 0, size);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new IOException("a page does not have the checksum in its header");
      }
    }
  }

  private void require(boolean condition, String what) throws IOException {
    if (!condition) {
      throw damaged("it has " + what, null);
    }
  }

  /**
   * An error met while decoding at this place. Damaged data leads decoders over the ends of arrays,
   * too.
   */
  IOException failed(Exception e) {
    return e instanceof UnsupportedParquet
        ? new IOException(place + " cannot be read: " + e.getMessage(), e)
        : damaged(String.valueOf(e.getMessage()), e);
  }

  private IOException damaged(String what, Exception cause) {
    return new IOException("%s is damaged: %s; get the file again".formatted(place, what), cause);
  }

  /** Gives back what the buffers took of the heap. */
  void release() {
    budget.release(reserved);
    reserved = 0;
    stored = new byte[0];
    page = new byte[0];
  }
}
