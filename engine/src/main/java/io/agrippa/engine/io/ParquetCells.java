package io.agrippa.engine.io;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesReaderForDouble;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesReaderForFLBA;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesReaderForFloat;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesReaderForInteger;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesReaderForLong;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesReader;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.format.Encoding;

/**
 * Makes the values of one column chunk into columns, block after block. The values of a page come
 * without its missing ones, in runs. For one thread at a time.
 *
 * <p>The common encodings, PLAIN and dictionary, are decoded here in bulk; the others by
 * parquet-column, value by value.
 */
abstract sealed class ParquetCells {
  private static final int SCRATCH = 1024;

  final ParquetColumn column;
  final PlainValues plain = new PlainValues();
  private final HybridDecoder codes = new HybridDecoder();
  private final int[] scratch = new int[SCRATCH];
  private Source source;
  private ValuesReader reader;
  private int dictionarySize; // none as long as there is no dictionary

  /** How the values of the current page are to be read. */
  private enum Source {
    PLAIN,
    DICTIONARY,
    RLE_BOOLEANS,
    READER
  }

  ParquetCells(ParquetColumn column) {
    this.column = column;
  }

  static ParquetCells of(
      ParquetColumn column, SharedDictionary strings, DictionaryCache dictionaries) {
    Class<? extends Column> kind = column.type().column();
    if (kind == LongColumn.class) {
      return new Longs(column);
    } else if (kind == DoubleColumn.class) {
      return new Doubles(column);
    } else if (kind == StringColumn.class) {
      return new Strings(column, strings, dictionaries);
    } else if (kind == BinaryColumn.class) {
      return new Bytes(column);
    }
    throw new IllegalArgumentException(column.toString());
  }

  /** Takes the chunk's dictionary, which is a page of plain values. */
  final void dictionary(ParquetPages page) throws IOException {
    if (page.encoding() != Encoding.PLAIN && page.encoding() != Encoding.PLAIN_DICTIONARY) {
      throw new IOException("its dictionary is encoded as " + page.encoding());
    }
    plain.begin(page.page(), 0, page.length());
    // Each value of more than no bytes takes some: a size that the page cannot hold is a lie.
    if (page.rows() > (long) page.length() * Byte.SIZE) {
      throw new IOException(
          "a dictionary of " + page.rows() + " values in " + page.length() + " bytes");
    }
    dictionarySize = page.rows();
    loadDictionary(page);
  }

  abstract void loadDictionary(ParquetPages page) throws IOException;

  /** Turns to the values of a data page. */
  final void page(ParquetPages page) throws IOException {
    byte[] bytes = page.page();
    int from = page.values();
    int to = page.length();
    switch (page.encoding()) {
      case PLAIN -> {
        source = Source.PLAIN;
        plain.begin(bytes, from, to);
      }
      case RLE_DICTIONARY, PLAIN_DICTIONARY -> {
        source = Source.DICTIONARY;
        if (from == to) {
          codes.begin(bytes, from, to, 0); // a page without values need not say how wide they are
        } else {
          codes.begin(bytes, from + 1, to, bytes[from]);
        }
      }
      case RLE -> {
        // Only booleans: one bit each, behind the number of bytes.
        source = Source.RLE_BOOLEANS;
        codes.begin(bytes, from + Integer.BYTES, to, 1);
      }
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, BYTE_STREAM_SPLIT -> {
        source = Source.READER;
        reader = reader(page.encoding());
        reader.initFromPage(
            page.rows(), ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, from, to - from)));
      }
      case BIT_PACKED ->
          throw new IOException("its values are encoded as BIT_PACKED, which is for levels only");
    }
  }

  /**
   * Made here and not by parquet-column's Encoding, whose descriptors of columns bring its whole
   * type system.
   */
  private ValuesReader reader(Encoding encoding) throws IOException {
    return switch (encoding) {
      case DELTA_BINARY_PACKED -> new DeltaBinaryPackingValuesReader();
      case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesReader();
      case DELTA_BYTE_ARRAY -> new DeltaByteArrayReader();
      case BYTE_STREAM_SPLIT ->
          switch (column.physical()) {
            case INT32 -> new ByteStreamSplitValuesReaderForInteger();
            case INT64 -> new ByteStreamSplitValuesReaderForLong();
            case FLOAT -> new ByteStreamSplitValuesReaderForFloat();
            case DOUBLE -> new ByteStreamSplitValuesReaderForDouble();
            case FIXED_LEN_BYTE_ARRAY -> new ByteStreamSplitValuesReaderForFLBA(column.length());
            case BOOLEAN, INT96, BYTE_ARRAY -> throw unsupported();
          };
      case PLAIN, RLE, BIT_PACKED, PLAIN_DICTIONARY, RLE_DICTIONARY ->
          throw new IllegalStateException(encoding.name());
    };
  }

  /** Begins a block of up to so many rows. */
  abstract void begin(int rows);

  /** Decodes the next {@code count} values into rows from {@code at} on. */
  final void read(int at, int count) throws IOException {
    switch (source) {
      case PLAIN -> plain(at, count);
      case READER -> encoded(reader, at, count);
      case RLE_BOOLEANS, DICTIONARY -> {
        for (int done = 0; done < count; ) {
          int n = Math.min(SCRATCH, count - done);
          codes.read(scratch, 0, n);
          if (source == Source.DICTIONARY) {
            check(n);
            coded(scratch, at + done, n);
          } else {
            booleans(scratch, at + done, n);
          }
          done += n;
        }
      }
    }
  }

  private void check(int count) throws IOException {
    int greatest = 0;
    for (int i = 0; i < count; i++) {
      // As unsigned numbers; the highest bit makes all of them too large.
      greatest |= scratch[i] < dictionarySize ? scratch[i] & Integer.MIN_VALUE : Integer.MIN_VALUE;
    }
    if (greatest < 0) {
      throw new IOException("a code lies outside the dictionary of " + dictionarySize + " values");
    }
  }

  abstract void plain(int at, int count) throws IOException;

  abstract void coded(int[] dictionaryCodes, int at, int count) throws IOException;

  abstract void encoded(ValuesReader values, int at, int count) throws IOException;

  void booleans(int[] bits, int at, int count) throws IOException {
    throw new IOException("its values are encoded as RLE, which is for booleans only");
  }

  /** The column of the block that began last; its arrays are not touched again. */
  abstract Column end(int rows, long[] missing);

  final IOException unsupported() {
    return new UnsupportedParquet(
        "a " + column.type() + " stored as " + column.physical() + " is not supported");
  }

  private static final class Longs extends ParquetCells {
    private long[] dictionary;
    private long[] values;

    Longs(ParquetColumn column) {
      super(column);
    }

    @Override
    void loadDictionary(ParquetPages page) throws IOException {
      dictionary = new long[page.rows()];
      decode(dictionary, 0, dictionary.length);
    }

    @Override
    void begin(int rows) {
      values = new long[rows];
    }

    private void decode(long[] out, int at, int count) throws IOException {
      switch (column.physical()) {
        case BOOLEAN -> plain.booleans(out, at, count);
        case INT32 -> plain.ints(out, at, count);
        case INT64 -> plain.longs(out, at, count);
        case INT96 -> plain.int96(out, at, count);
        case FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> throw unsupported();
      }
      if (column.unsigned()) {
        unsigned(out, at, count);
      }
    }

    private void unsigned(long[] out, int at, int count) throws IOException {
      boolean narrow = column.physical() == org.apache.parquet.format.Type.INT32;
      for (int i = at; i < at + count; i++) {
        out[i] = narrow ? Integer.toUnsignedLong((int) out[i]) : out[i];
        if (out[i] < 0) {
          throw new UnsupportedParquet(
              "the unsigned number "
                  + Long.toUnsignedString(out[i])
                  + " does not fit into 63 bits");
        }
      }
    }

    @Override
    void plain(int at, int count) throws IOException {
      decode(values, at, count);
    }

    @Override
    void coded(int[] codes, int at, int count) {
      long[] out = values;
      long[] known = dictionary;
      for (int i = 0; i < count; i++) {
        out[at + i] = known[codes[i]];
      }
    }

    @Override
    void booleans(int[] bits, int at, int count) {
      for (int i = 0; i < count; i++) {
        values[at + i] = bits[i];
      }
    }

    @Override
    void encoded(ValuesReader reader, int at, int count) throws IOException {
      boolean narrow = column.physical() == org.apache.parquet.format.Type.INT32;
      for (int i = at; i < at + count; i++) {
        values[i] = narrow ? reader.readInteger() : reader.readLong();
      }
      if (column.unsigned()) {
        unsigned(values, at, count);
      }
    }

    @Override
    Column end(int rows, long[] missing) {
      return new LongColumn(values, missing);
    }
  }

  private static final class Doubles extends ParquetCells {
    private double[] dictionary;
    private double[] values;

    Doubles(ParquetColumn column) {
      super(column);
    }

    @Override
    void loadDictionary(ParquetPages page) throws IOException {
      dictionary = new double[page.rows()];
      decode(dictionary, 0, dictionary.length);
    }

    @Override
    void begin(int rows) {
      values = new double[rows];
    }

    private void decode(double[] out, int at, int count) throws IOException {
      switch (column.physical()) {
        case DOUBLE -> plain.doubles(out, at, count);
        case FLOAT -> plain.floats(out, at, count);
        case FIXED_LEN_BYTE_ARRAY -> plain.halfFloats(out, at, count);
        case BOOLEAN, INT32, INT64, INT96, BYTE_ARRAY -> throw unsupported();
      }
    }

    @Override
    void plain(int at, int count) throws IOException {
      decode(values, at, count);
    }

    @Override
    void coded(int[] codes, int at, int count) {
      double[] out = values;
      double[] known = dictionary;
      for (int i = 0; i < count; i++) {
        out[at + i] = known[codes[i]];
      }
    }

    @Override
    void encoded(ValuesReader reader, int at, int count) throws IOException {
      for (int i = at; i < at + count; i++) {
        values[i] =
            switch (column.physical()) {
              case DOUBLE -> reader.readDouble();
              case FLOAT -> reader.readFloat();
              case FIXED_LEN_BYTE_ARRAY -> {
                byte[] half = reader.readBytes().getBytesUnsafe();
                yield PlainValues.half((half[0] & 0xff) | (half[1] << Byte.SIZE));
              }
              case BOOLEAN, INT32, INT64, INT96, BYTE_ARRAY -> throw unsupported();
            };
      }
    }

    @Override
    Column end(int rows, long[] missing) {
      return new DoubleColumn(values, missing);
    }
  }

  /**
   * Texts. As long as a block's values are all codes of the chunk's dictionary, that is the
   * block's; values that are not are coded by a dictionary that all readers of the column share,
   * and so then are the others of the block.
   */
  private static final class Strings extends ParquetCells {
    private final SharedDictionary shared;
    private final DictionaryCache cache;
    private Dictionary dictionary = Dictionary.EMPTY;
    private String[] repeating; // the chunk's dictionary where a text stands in it twice, else null
    private int[] values;
    private int filled; // rows up to here may hold codes
    private SharedDictionary.Generation
        generation; // null as long as the block's codes are the chunk's

    Strings(ParquetColumn column, SharedDictionary shared, DictionaryCache cache) {
      super(column);
      this.shared = shared;
      this.cache = cache;
    }

    @Override
    void loadDictionary(ParquetPages page) throws IOException {
      dictionary = cache.get(page.page(), page.length(), page.rows(), this::decodeDictionary);
      repeating = null;
      if (dictionary == null) {
        dictionary = Dictionary.EMPTY;
        plain.begin(page.page(), 0, page.length());
        repeating = new String[page.rows()];
        for (int i = 0; i < repeating.length; i++) {
          repeating[i] = next();
        }
      }
    }

    private Dictionary decodeDictionary(int size) throws IOException {
      DictionaryBuilder builder = new DictionaryBuilder();
      for (int i = 0; i < size; i++) {
        if (builder.code(next()) != i) {
          return null;
        }
      }
      return builder.snapshot();
    }

    private String next() throws IOException {
      return switch (column.physical()) {
        case BYTE_ARRAY -> plain.text();
        case FIXED_LEN_BYTE_ARRAY -> text(plain.fixed(column.length()));
        case BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE -> throw unsupported();
      };
    }

    /** Of all texts only UUIDs have a fixed length. */
    private String text(byte[] bytes) throws IOException {
      if (bytes.length != 2 * Long.BYTES) {
        return PlainValues.text(bytes, 0, bytes.length);
      }
      ByteBuffer uuid = ByteBuffer.wrap(bytes);
      return new UUID(uuid.getLong(), uuid.getLong()).toString();
    }

    @Override
    void begin(int rows) {
      values = new int[rows];
      if (column.optional()) {
        Arrays.fill(values, StringColumn.MISSING);
      }
      generation = null;
      filled = 0;
    }

    /** Makes the codes of the block codes of the shared dictionary. */
    private void leaveDictionary() {
      if (generation == null) {
        generation = shared.generation();
        for (int i = 0; i < filled; i++) {
          if (values[i] >= 0) {
            values[i] = generation.code(dictionary.value(values[i]));
          }
        }
      }
    }

    @Override
    void plain(int at, int count) throws IOException {
      leaveDictionary();
      for (int i = at; i < at + count; i++) {
        values[i] = generation.code(next());
      }
    }

    @Override
    void encoded(ValuesReader reader, int at, int count) throws IOException {
      leaveDictionary();
      for (int i = at; i < at + count; i++) {
        byte[] bytes = reader.readBytes().getBytesUnsafe();
        String text =
            column.physical() == org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY
                ? text(bytes)
                : PlainValues.text(bytes, 0, bytes.length);
        values[i] = generation.code(text);
      }
    }

    @Override
    void coded(int[] codes, int at, int count) {
      if (repeating != null) {
        leaveDictionary();
        for (int i = 0; i < count; i++) {
          values[at + i] = generation.code(repeating[codes[i]]);
        }
      } else if (generation == null) {
        System.arraycopy(codes, 0, values, at, count);
        filled = at + count;
      } else {
        for (int i = 0; i < count; i++) {
          values[at + i] = generation.code(dictionary.value(codes[i]));
        }
      }
    }

    @Override
    Column end(int rows, long[] missing) {
      return new StringColumn(values, generation == null ? dictionary : generation.snapshot(rows));
    }
  }

  private static final class Bytes extends ParquetCells {
    private byte[][] dictionary;
    private byte[][] values;
    private long[] numbers = new long[1];

    Bytes(ParquetColumn column) {
      super(column);
    }

    @Override
    void loadDictionary(ParquetPages page) throws IOException {
      dictionary = new byte[page.rows()][];
      for (int i = 0; i < dictionary.length; i++) {
        dictionary[i] = next();
      }
    }

    @Override
    void begin(int rows) {
      values = new byte[rows][];
    }

    private byte[] next() throws IOException {
      return switch (column.physical()) {
        case BYTE_ARRAY -> value(plain.bytes());
        case FIXED_LEN_BYTE_ARRAY -> value(plain.fixed(column.length()));
        case INT32 -> {
          plain.ints(numbers, 0, 1);
          yield BigInteger.valueOf(numbers[0]).toByteArray();
        }
        case INT64 -> {
          plain.longs(numbers, 0, 1);
          yield BigInteger.valueOf(numbers[0]).toByteArray();
        }
        case BOOLEAN, INT96, FLOAT, DOUBLE -> throw unsupported();
      };
    }

    /** The same decimal has the same bytes, however it was stored: as few as it needs. */
    private byte[] value(byte[] bytes) throws IOException {
      if (!(column.type() instanceof Type.Decimal)) {
        return bytes;
      }
      if (bytes.length == 0) {
        throw new IOException("a decimal of no bytes");
      }
      int from = 0;
      while (from < bytes.length - 1
          && ((bytes[from] == 0 && bytes[from + 1] >= 0)
              || (bytes[from] == -1 && bytes[from + 1] < 0))) {
        from++;
      }
      return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
    }

    @Override
    void plain(int at, int count) throws IOException {
      for (int i = at; i < at + count; i++) {
        values[i] = next();
      }
    }

    @Override
    void coded(int[] codes, int at, int count) {
      for (int i = 0; i < count; i++) {
        values[at + i] = dictionary[codes[i]];
      }
    }

    @Override
    void encoded(ValuesReader reader, int at, int count) throws IOException {
      for (int i = at; i < at + count; i++) {
        values[i] =
            switch (column.physical()) {
              case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> value(reader.readBytes().getBytes());
              case INT32 -> BigInteger.valueOf(reader.readInteger()).toByteArray();
              case INT64 -> BigInteger.valueOf(reader.readLong()).toByteArray();
              case BOOLEAN, INT96, FLOAT, DOUBLE -> throw unsupported();
            };
      }
    }

    @Override
    Column end(int rows, long[] missing) {
      return new BinaryColumn(values);
    }
  }
}
