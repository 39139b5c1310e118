package io.agrippa.engine.io;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes the fields of one CSV column into a {@link Column} of a wanted type, block after block. For
 * one thread at a time.
 */
abstract sealed class CsvCells {
  private long[] missing; // null as long as none is missing
  private int capacity;

  /** Begins a block of up to so many rows. */
  final void begin(int rows) {
    capacity = rows;
    missing = null;
    allocate(rows);
  }

  /** Takes the text of a row. Rows come in order, each once. */
  abstract void text(int row, char[] buffer, int from, int length) throws UnreadableText;

  /** Takes down that a row has no value. */
  void missing(int row) {
    if (missing == null) {
      missing = new long[Bits.words(capacity)];
    }
    Bits.set(missing, row);
  }

  /** The column of the block that began last; its arrays are not touched again. */
  abstract Column end(int rows);

  abstract void allocate(int rows);

  final long[] missingBits() {
    return missing;
  }

  /**
   * A text that a column without {@link Malformed} cannot take: decimals and bytes, which only an
   * explicit schema asks for.
   */
  static final class UnreadableText extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableText(String what, char[] buffer, int from, int length) {
      super("\"" + new String(buffer, from, length) + "\" is not " + what);
    }
  }

  /**
   * Cells for a type.
   *
   * @param strings the dictionary of the column; used for strings only
   */
  static CsvCells of(Type type, SharedDictionary strings) {
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> new Booleans();
        case BYTE -> new Integers(Byte.MIN_VALUE, Byte.MAX_VALUE);
        case SHORT -> new Integers(Short.MIN_VALUE, Short.MAX_VALUE);
        case INT -> new Integers(Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> new Integers(Long.MIN_VALUE, Long.MAX_VALUE);
        case FLOAT -> new Floats();
        case DOUBLE -> new Doubles();
        case STRING -> new Strings(strings);
        case DATE -> new Dates();
        case BINARY -> new Base64Bytes();
      };
    } else if (type instanceof Type.Time time) {
      return new ClockTimes(time);
    } else if (type instanceof Type.Timestamp timestamp) {
      return new Timestamps(timestamp);
    } else if (type instanceof Type.Decimal decimal) {
      return new Decimals(decimal);
    } else if (type instanceof Type.Foreign foreign) {
      throw new IllegalArgumentException("CSV cannot be read as a " + foreign);
    }
    throw new AssertionError(type);
  }

  /** The rows whose text is not of the column's type. */
  private static final class MalformedRows {
    private int[] rows = new int[8];
    private String[] texts = new String[8];
    private int size;

    void add(int row, char[] buffer, int from, int length) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size * 2);
        texts = Arrays.copyOf(texts, size * 2);
      }
      rows[size] = row;
      texts[size++] = new String(buffer, from, length);
    }

    Malformed take() {
      if (size == 0) {
        return Malformed.NONE;
      }
      Malformed taken = Malformed.of(Arrays.copyOf(rows, size), Arrays.copyOf(texts, size));
      Arrays.fill(texts, 0, size, null);
      size = 0;
      return taken;
    }
  }

  private abstract static sealed class Longs extends CsvCells {
    private final MalformedRows malformed = new MalformedRows();
    private long[] values;

    /** Reads a text; the value is then {@link #value}. */
    abstract boolean read(char[] buffer, int from, int length);

    abstract long value();

    @Override
    final void allocate(int rows) {
      values = new long[rows];
    }

    @Override
    final void text(int row, char[] buffer, int from, int length) {
      if (read(buffer, from, length)) {
        values[row] = value();
      } else {
        malformed.add(row, buffer, from, length);
      }
    }

    @Override
    final Column end(int rows) {
      return new LongColumn(values, missingBits(), malformed.take());
    }
  }

  private static final class Integers extends Longs {
    private final Numbers numbers = new Numbers();
    private final long least;
    private final long greatest;

    Integers(long least, long greatest) {
      this.least = least;
      this.greatest = greatest;
    }

    @Override
    boolean read(char[] buffer, int from, int length) {
      return numbers.readLong(buffer, from, length)
          && numbers.longValue() >= least
          && numbers.longValue() <= greatest;
    }

    @Override
    long value() {
      return numbers.longValue();
    }
  }

  private static final class Booleans extends Longs {
    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private long value;

    @Override
    boolean read(char[] buffer, int from, int length) {
      boolean yes = is(TRUE, buffer, from, length);
      value = yes ? 1 : 0;
      return yes || is(FALSE, buffer, from, length);
    }

    private static boolean is(String word, char[] buffer, int from, int length) {
      if (length != word.length()) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if ((buffer[from + i] | 0x20) != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    long value() {
      return value;
    }
  }

  private static final class Dates extends Longs {
    private final Times times = new Times();

    @Override
    boolean read(char[] buffer, int from, int length) {
      return times.readDate(buffer, from, length);
    }

    @Override
    long value() {
      return times.value();
    }
  }

  private static final class ClockTimes extends Longs {
    private final Times times = new Times();
    private final Type.Time type;

    ClockTimes(Type.Time type) {
      this.type = type;
    }

    @Override
    boolean read(char[] buffer, int from, int length) {
      return times.readTime(buffer, from, length, type.unit());
    }

    @Override
    long value() {
      return times.value();
    }
  }

  private static final class Timestamps extends Longs {
    private final Times times = new Times();
    private final Type.Timestamp type;

    Timestamps(Type.Timestamp type) {
      this.type = type;
    }

    @Override
    boolean read(char[] buffer, int from, int length) {
      return times.readTimestamp(buffer, from, length, type.unit(), type.clock());
    }

    @Override
    long value() {
      return times.value();
    }
  }

  private abstract static sealed class Reals extends CsvCells {
    final Numbers numbers = new Numbers();
    private final MalformedRows malformed = new MalformedRows();
    private double[] values;

    abstract boolean read(char[] buffer, int from, int length);

    @Override
    final void allocate(int rows) {
      values = new double[rows];
    }

    @Override
    final void text(int row, char[] buffer, int from, int length) {
      if (read(buffer, from, length)) {
        values[row] = numbers.doubleValue();
      } else {
        malformed.add(row, buffer, from, length);
      }
    }

    @Override
    final Column end(int rows) {
      return new DoubleColumn(values, missingBits(), malformed.take());
    }
  }

  private static final class Doubles extends Reals {
    @Override
    boolean read(char[] buffer, int from, int length) {
      return numbers.readDouble(buffer, from, length);
    }
  }

  private static final class Floats extends Reals {
    @Override
    boolean read(char[] buffer, int from, int length) {
      return numbers.readFloat(buffer, from, length);
    }
  }

  private static final class Strings extends CsvCells {
    private final SharedDictionary shared;
    private SharedDictionary.Generation dictionary;
    private int[] codes;

    Strings(SharedDictionary shared) {
      this.shared = shared;
    }

    @Override
    void allocate(int rows) {
      dictionary = shared.generation();
      codes = new int[rows];
    }

    @Override
    void text(int row, char[] buffer, int from, int length) {
      codes[row] = dictionary.code(buffer, from, length);
    }

    @Override
    void missing(int row) {
      codes[row] = StringColumn.MISSING;
    }

    @Override
    Column end(int rows) {
      return new StringColumn(codes, dictionary.snapshot(rows));
    }
  }

  private abstract static sealed class Bytes extends CsvCells {
    byte[][] values;

    @Override
    final void allocate(int rows) {
      values = new byte[rows][];
    }

    @Override
    final void missing(int row) {
      values[row] = null;
    }

    @Override
    final Column end(int rows) {
      return new BinaryColumn(values);
    }
  }

  private static final class Decimals extends Bytes {
    private final Numbers numbers = new Numbers();
    private final Type.Decimal type;

    Decimals(Type.Decimal type) {
      this.type = type;
    }

    @Override
    void text(int row, char[] buffer, int from, int length) throws UnreadableText {
      BigDecimal number = numbers.readDecimal(buffer, from, length);
      // The exponent is looked at first: 1e1000000000 would have as many digits once it gets our
      // scale.
      if (number == null
          || number.precision() - (long) number.scale() > type.precision() - type.scale()
          || number.stripTrailingZeros().scale() > type.scale()) {
        throw new UnreadableText(
            "a decimal of at most %d digits, %d of them behind the point"
                .formatted(type.precision(), type.scale()),
            buffer,
            from,
            length);
      }
      values[row] =
          number.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue().toByteArray();
    }
  }

  private static final class Base64Bytes extends Bytes {
    @Override
    void text(int row, char[] buffer, int from, int length) throws UnreadableText {
      try {
        values[row] = Base64.getDecoder().decode(new String(buffer, from, length));
      } catch (IllegalArgumentException e) {
        UnreadableText unreadable = new UnreadableText("Base64", buffer, from, length);
        unreadable.initCause(e);
        throw unreadable;
      }
    }
  }
}
