package io.agrippa.engine.io;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;

/**
 * Writes the values of one column of one block as CSV fields, so that {@link CsvCells} reads the
 * same values back: numbers in Java's shortest form that keeps them, infinities and NaN as XML
 * Schema has them, dates and times by ISO 8601, bytes in Base64.
 */
abstract sealed class CsvFormatter {

  /** Writes the value of a row that is not missing. */
  abstract void write(int row, TextBuffer out, char delimiter);

  /** A formatter for the column of a field of this type. */
  static CsvFormatter of(Type type, Column column) {
    if (column instanceof StringColumn strings) {
      return new Strings(strings);
    } else if (column instanceof DoubleColumn doubles) {
      CsvFormatter numbers = type == Type.Scalar.FLOAT ? new Floats(doubles) : new Doubles(doubles);
      return withMalformed(doubles.malformed(), numbers);
    } else if (column instanceof LongColumn longs) {
      return withMalformed(longs.malformed(), longs(type, longs.values()));
    } else if (column instanceof BinaryColumn bytes) {
      return type instanceof Type.Decimal decimal
          ? new Decimals(bytes, decimal.scale())
          : new Base64Bytes(bytes);
    }
    throw new AssertionError(column);
  }

  private static CsvFormatter longs(Type type, long[] values) {
    if (type == Type.Scalar.BOOLEAN) {
      return new Booleans(values);
    } else if (type == Type.Scalar.DATE) {
      return new Dates(values);
    } else if (type instanceof Type.Time time) {
      return new ClockTimes(values, time.unit());
    } else if (type instanceof Type.Timestamp timestamp) {
      return new Timestamps(values, timestamp);
    }
    return new Integers(values);
  }

  private static CsvFormatter withMalformed(Malformed malformed, CsvFormatter values) {
    return malformed.size() == 0 ? values : new MalformedTexts(malformed, values);
  }

  private static final class Strings extends CsvFormatter {
    private final StringColumn column;

    Strings(StringColumn column) {
      this.column = column;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      String text = column.value(row);
      if (text.isEmpty()) {
        out.ascii("\"\""); // nothing would be a missing value
      } else {
        out.field(text, delimiter);
      }
    }
  }

  private static final class Doubles extends CsvFormatter {
    private final double[] values;

    Doubles(DoubleColumn column) {
      values = column.values();
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      double value = values[row];
      long whole = (long) value;
      if (whole == value
          && Math.abs(whole) < 10_000_000
          && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) {
        // As Double.toString writes it (negative zero apart), without its garbage.
        out.number(whole);
        out.ascii(".0");
      } else if (Double.isInfinite(value)) {
        out.ascii(value > 0 ? "INF" : "-INF");
      } else {
        out.ascii(Double.toString(value));
      }
    }
  }

  private static final class Floats extends CsvFormatter {
    private final double[] values;

    Floats(DoubleColumn column) {
      values = column.values();
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      float value = (float) values[row];
      if (Float.isInfinite(value)) {
        out.ascii(value > 0 ? "INF" : "-INF");
      } else {
        out.ascii(Float.toString(value));
      }
    }
  }

  private static final class Integers extends CsvFormatter {
    private final long[] values;

    Integers(long[] values) {
      this.values = values;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.number(values[row]);
    }
  }

  private static final class Booleans extends CsvFormatter {
    private final long[] values;

    Booleans(long[] values) {
      this.values = values;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.ascii(values[row] != 0 ? "true" : "false");
    }
  }

  private static final class Dates extends CsvFormatter {
    private final long[] values;

    Dates(long[] values) {
      this.values = values;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.date(values[row]);
    }
  }

  private static final class ClockTimes extends CsvFormatter {
    private final long[] values;
    private final Type.Unit unit;

    ClockTimes(long[] values, Type.Unit unit) {
      this.values = values;
      this.unit = unit;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.time(values[row], unit);
    }
  }

  private static final class Timestamps extends CsvFormatter {
    private final long[] values;
    private final Type.Timestamp type;
    private final long perDay;

    Timestamps(long[] values, Type.Timestamp type) {
      this.values = values;
      this.type = type;
      perDay = 86_400 * type.unit().perSecond();
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      long value = values[row];
      out.date(Math.floorDiv(value, perDay));
      out.ascii('T');
      out.time(Math.floorMod(value, perDay), type.unit());
      if (type.clock() == Type.Clock.UTC) {
        out.ascii('Z');
      }
    }
  }

  private static final class Decimals extends CsvFormatter {
    private final byte[][] values;
    private final int scale;

    Decimals(BinaryColumn column, int scale) {
      values = column.values();
      this.scale = scale;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.ascii(new BigDecimal(new BigInteger(values[row]), scale).toPlainString());
    }
  }

  private static final class Base64Bytes extends CsvFormatter {
    private final byte[][] values;

    Base64Bytes(BinaryColumn column) {
      values = column.values();
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      out.ascii(Base64.getEncoder().encodeToString(values[row]));
    }
  }

  /** Writes texts that were not of the column's type as they were read. */
  private static final class MalformedTexts extends CsvFormatter {
    private final Malformed malformed;
    private final CsvFormatter values;

    MalformedTexts(Malformed malformed, CsvFormatter values) {
      this.malformed = malformed;
      this.values = values;
    }

    @Override
    void write(int row, TextBuffer out, char delimiter) {
      String text = malformed.at(row);
      if (text == null) {
        values.write(row, out, delimiter);
      } else {
        out.field(text, delimiter);
      }
    }
  }
}
