package io.agrippa.engine.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Hashes the typed values of rows. The result depends on the values and the order of the columns;
 * it does not depend on column names, dictionary codes, the cut into blocks or the format that the
 * rows came from, where the types agree:
 *
 * <ul>
 *   <li>whole numbers of every width are one kind of value, and so are floats and doubles (a float
 *       counts as the double of the same value); 1 and 1.0 differ;
 *   <li>−0.0 counts as 0.0, and every NaN as the same NaN;
 *   <li>times and timestamps count by what they mean, whatever their unit; local and UTC ones
 *       differ;
 *   <li>decimals count by unscaled value and scale, whatever the number of bytes;
 *   <li>texts count by their UTF-16 code units, malformed values by their text;
 *   <li>a missing value is one value, whatever the type of its column.
 * </ul>
 *
 * <p>The hash of a row starts from a seed and takes in one column after the other: {@code h = mix(h
 * ^ value ^ kind)}, where {@code mix} is the finalizer of XXH64, a bijection of full avalanche; so
 * two rows that differ in one column never collide before the last column, and exchanged columns
 * give another hash. Not meant against an adversary.
 *
 * <p>Holds scratch space: for one thread at a time. Nothing is allocated per row.
 */
public final class RowHasher {
  private static final long SEED = 0x9E37_79B1_85EB_CA87L;

  // Salts of the kinds of values; odd constants of no structure (hexadecimal digits of π).
  private static final long MISSING = 0x243F_6A88_85A3_08D3L;
  private static final long BOOLEAN = 0x1319_8A2E_0370_7345L;
  private static final long WHOLE = 0xA409_3822_299F_31D1L;
  private static final long REAL = 0x082E_FA98_EC4E_6C89L;
  private static final long TEXT = 0x4528_21E6_38D0_1377L;
  private static final long DATE = 0xBE54_66CF_34E9_0C6DL;
  private static final long TIME = 0xC0AC_29B7_C97C_50DDL;
  private static final long LOCAL_TIMESTAMP = 0x3F84_D5B5_B547_0917L;
  private static final long UTC_TIMESTAMP = 0x9216_D5D9_8979_FB1BL;
  private static final long BINARY = 0xD131_0BA6_98DF_B5ADL;
  private static final long DECIMAL = 0x2FFD_72DB_D01A_DFB7L;

  private static final long NANOS = 1_000_000_000L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long[] hashes = new long[Block.MAX_ROWS];
  private TextHashes[] texts = new TextHashes[0]; // one a column

  /** The digest of a block's rows. */
  public RowDigest digest(Block block) {
    int rows = block.rows();
    hash(block);
    long sum = 0;
    long order = 0;
    for (int i = 0; i < rows; i++) {
      sum += hashes[i];
      order = RowDigest.extend(order, hashes[i]);
    }
    return new RowDigest(rows, sum, order);
  }

  private void hash(Block block) {
    int rows = block.rows();
    Schema schema = block.schema();
    if (texts.length < schema.size()) {
      int known = texts.length;
      texts = Arrays.copyOf(texts, schema.size());
      for (int i = known; i < texts.length; i++) {
        texts[i] = new TextHashes();
      }
    }
    Arrays.fill(hashes, 0, rows, SEED);
    for (int i = 0; i < schema.size(); i++) {
      Type type = schema.field(i).type();
      Column column = block.column(i);
      if (column instanceof LongColumn longs) {
        hash(longs, type, rows);
      } else if (column instanceof DoubleColumn doubles) {
        hash(doubles, rows);
      } else if (column instanceof StringColumn strings) {
        hash(strings, texts[i], rows);
      } else if (column instanceof BinaryColumn binary) {
        hash(binary, type, rows);
      }
    }
  }

  private void hash(LongColumn column, Type type, int rows) {
    long[] values = column.values();
    long[] missing = column.missing();
    boolean exceptions = missing != null || column.malformed().size() > 0;
    if (type instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      long nanosPerStep = NANOS / perSecond;
      long salt = timestamp.clock() == Type.Clock.UTC ? UTC_TIMESTAMP : LOCAL_TIMESTAMP;
      for (int i = 0; i < rows; i++) {
        if (!exceptions || isPlain(missing, column.malformed(), i)) {
          long seconds = Math.floorDiv(values[i], perSecond);
          long nanos = (values[i] - seconds * perSecond) * nanosPerStep;
          add(i, mix(seconds) + nanos, salt);
        }
      }
    } else {
      long factor = type instanceof Type.Time time ? NANOS / time.unit().perSecond() : 1;
      long salt = salt(type);
      for (int i = 0; i < rows; i++) {
        if (!exceptions || isPlain(missing, column.malformed(), i)) {
          add(i, values[i] * factor, salt);
        }
      }
    }
    if (exceptions) {
      addExceptions(missing, column.malformed(), rows);
    }
  }

  private static long salt(Type type) {
    if (type == Type.Scalar.BOOLEAN) {
      return BOOLEAN;
    }
    if (type == Type.Scalar.DATE) {
      return DATE;
    }
    return type instanceof Type.Time ? TIME : WHOLE;
  }

  private void hash(DoubleColumn column, int rows) {
    double[] values = column.values();
    long[] missing = column.missing();
    boolean exceptions = missing != null || column.malformed().size() > 0;
    for (int i = 0; i < rows; i++) {
      if (!exceptions || isPlain(missing, column.malformed(), i)) {
        double value = values[i];
        add(i, value == 0.0 ? 0L : Double.doubleToLongBits(value), REAL);
      }
    }
    if (exceptions) {
      addExceptions(missing, column.malformed(), rows);
    }
  }

  private void hash(StringColumn column, TextHashes cache, int rows) {
    int[] codes = column.codes();
    cache.use(column.dictionary(), rows);
    for (int i = 0; i < rows; i++) {
      int code = codes[i];
      if (code < 0) {
        add(i, 0, MISSING);
      } else {
        add(i, cache.hash(code), TEXT);
      }
    }
  }

  private void hash(BinaryColumn column, Type type, int rows) {
    byte[][] values = column.values();
    for (int i = 0; i < rows; i++) {
      byte[] value = values[i];
      if (value == null) {
        add(i, 0, MISSING);
      } else if (type instanceof Type.Decimal decimal) {
        add(i, hash(value, signBytes(value)), DECIMAL + 2L * decimal.scale());
      } else {
        add(i, hash(value, 0), BINARY);
      }
    }
  }

  private static boolean isPlain(long[] missing, Malformed malformed, int row) {
    return !Bits.get(missing, row) && (malformed.size() == 0 || malformed.at(row) == null);
  }

  private void addExceptions(long[] missing, Malformed malformed, int rows) {
    if (missing != null) {
      for (int i = 0; i < rows; i++) {
        if (Bits.get(missing, i)) {
          add(i, 0, MISSING);
        }
      }
    }
    for (int k = 0; k < malformed.size() && malformed.row(k) < rows; k++) {
      add(malformed.row(k), hash(malformed.text(k)), TEXT);
    }
  }

  private void add(int row, long value, long salt) {
    hashes[row] = mix(hashes[row] ^ value ^ salt);
  }

  /** The finalizer of XXH64. */
  private static long mix(long bits) {
    long h = bits;
    h ^= h >>> 33;
    h *= 0xC2B2_AE3D_27D4_EB4FL;
    h ^= h >>> 29;
    h *= 0x1656_67B1_9E37_79F9L;
    return h ^ (h >>> 32);
  }

  /** The hash of a text by its UTF-16 code units, four at a time. */
  private static long hash(String text) {
    long h = SEED + text.length();
    int i = 0;
    for (; i + 4 <= text.length(); i += 4) {
      long four =
          (long) text.charAt(i) << 48
              | (long) text.charAt(i + 1) << 32
              | (long) text.charAt(i + 2) << 16
              | text.charAt(i + 3);
      h = mix(h ^ four);
    }
    long rest = 0;
    for (; i < text.length(); i++) {
      rest = rest << 16 | text.charAt(i);
    }
    return mix(h ^ rest);
  }

  private static long hash(byte[] bytes, int from) {
    long h = SEED + (bytes.length - from);
    int i = from;
    for (; i + 8 <= bytes.length; i += 8) {
      h = mix(h ^ (long) LONGS.get(bytes, i));
    }
    long rest = 0;
    for (; i < bytes.length; i++) {
      rest = rest << 8 | (bytes[i] & 0xFF);
    }
    return mix(h ^ rest);
  }

  /** Leading bytes of a two's-complement number that only repeat its sign. */
  private static int signBytes(byte[] value) {
    int from = 0;
    while (from + 1 < value.length
        && ((value[from] == 0 && value[from + 1] >= 0)
            || (value[from] == -1 && value[from + 1] < 0))) {
      from++;
    }
    return from;
  }

  /** Hashes of the texts of one column's dictionary, each computed when it is first asked for. */
  private static final class TextHashes {
    private Dictionary dictionary;
    private long[] hashes = new long[0]; // 0: not computed yet
    private boolean cached;

    void use(Dictionary next, int rows) {
      if (next != dictionary) {
        dictionary = next;
        // A dictionary larger than the block may be made for this block alone: it gets a cache when
        // it comes again.
        cached = false;
        if (next.size() <= rows) {
          prepare();
        }
      } else if (!cached) {
        prepare();
      }
    }

    private void prepare() {
      if (hashes.length < dictionary.size()) {
        hashes = new long[Math.max(dictionary.size(), 2 * hashes.length)];
      } else {
        Arrays.fill(hashes, 0, dictionary.size(), 0);
      }
      cached = true;
    }

    long hash(int code) {
      if (!cached) {
        return RowHasher.hash(dictionary.value(code));
      }
      long known = hashes[code];
      if (known == 0) {
        known = RowHasher.hash(dictionary.value(code));
        hashes[code] = known;
      }
      return known;
    }
  }
}
