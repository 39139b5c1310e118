package io.agrippa.engine.arrow;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Blocks of all types, from a seed. */
final class RandomBlocks {
  /** Which rows have no value. */
  enum Missing {
    NONE,
    ALL,
    SOME,
    FIRST,
    LAST
  }

  static final List<Type> TYPES =
      List.of(
          Type.Scalar.BOOLEAN,
          Type.Scalar.BYTE,
          Type.Scalar.SHORT,
          Type.Scalar.INT,
          Type.Scalar.LONG,
          Type.Scalar.FLOAT,
          Type.Scalar.DOUBLE,
          Type.Scalar.STRING,
          Type.Scalar.DATE,
          Type.Scalar.BINARY,
          new Type.Time(Type.Unit.MILLIS),
          new Type.Time(Type.Unit.MICROS),
          new Type.Time(Type.Unit.NANOS),
          new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.LOCAL),
          new Type.Timestamp(Type.Unit.MICROS, Type.Clock.UTC),
          new Type.Timestamp(Type.Unit.NANOS, Type.Clock.LOCAL),
          new Type.Decimal(9, 2),
          new Type.Decimal(38, 0),
          new Type.Decimal(76, 38));

  /** One column of each type; names occur twice. */
  static final Schema SCHEMA =
      new Schema(
          IntStream.range(0, TYPES.size())
              .mapToObj(i -> new Field("column " + i / 2, TYPES.get(i)))
              .toList());

  private final Random random;
  private final DictionaryBuilder growing = new DictionaryBuilder();
  private final Dictionary large =
      Dictionary.of(IntStream.range(0, 6000).mapToObj(i -> "large " + i).toArray(String[]::new));

  RandomBlocks(Random random) {
    this.random = random;
  }

  Block next(int rows, Missing missing) {
    List<Column> columns = new ArrayList<>();
    for (Type type : TYPES) {
      boolean[] absent = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        absent[i] =
            switch (missing) {
              case NONE -> false;
              case ALL -> true;
              case SOME -> random.nextInt(4) == 0;
              case FIRST -> i == 0;
              case LAST -> i == rows - 1;
            };
      }
      columns.add(column(type, rows, absent));
    }
    List<RowProblem> problems = new ArrayList<>();
    for (int i = 0; i < rows; i += 1 + random.nextInt(2000)) {
      problems.add(new RowProblem(i, "fiéld", random.nextBoolean() ? "värde" : null, "no good"));
    }
    return new Block(SCHEMA, rows, columns, random.nextBoolean() ? problems : List.of());
  }

  private Column column(Type type, int rows, boolean[] absent) {
    int length = rows + random.nextInt(3); // arrays may be longer than the block
    long[] bits = null;
    List<Integer> odd = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      if (absent[i]) {
        if (bits == null) {
          bits = new long[Bits.words(length)];
        }
        Bits.set(bits, i);
      } else if (random.nextInt(500) == 0) {
        odd.add(i);
      }
    }
    Malformed malformed =
        random.nextBoolean()
            ? Malformed.NONE
            : Malformed.of(
                odd.stream().mapToInt(i -> i).toArray(),
                odd.stream().map(i -> "about " + i).toArray(String[]::new));
    if (type == Type.Scalar.STRING) {
      return texts(length, rows, absent);
    }
    if (type.column() == LongColumn.class) {
      long[] values = new long[length];
      for (int i = 0; i < length; i++) {
        values[i] = edge() >> (64 - ArrowTypes.bits(type));
        values[i] = type == Type.Scalar.BOOLEAN ? values[i] & 1 : values[i];
        if (i >= rows || absent[i]) {
          values[i] = random.nextLong(); // undefined there, so anything
        }
      }
      return new LongColumn(values, bits, malformed);
    }
    if (type.column() == DoubleColumn.class) {
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        double value = random.nextInt(10) == 0 ? special() : random.nextGaussian();
        values[i] = type == Type.Scalar.FLOAT ? (float) value : value;
      }
      return new DoubleColumn(values, bits, malformed);
    }
    byte[][] values = new byte[length][];
    for (int i = 0; i < rows; i++) {
      if (!absent[i]) {
        values[i] = bytes(type);
      }
    }
    return new BinaryColumn(values);
  }

  private long edge() {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> 0;
      default -> random.nextLong();
    };
  }

  private double special() {
    double[] specials = {
      Double.NaN, -0.0, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };
    return specials[random.nextInt(specials.length)];
  }

  private byte[] bytes(Type type) {
    if (type instanceof Type.Decimal decimal) {
      int bits = decimal.precision() * 3; // fewer than its digits take
      return new BigInteger(bits, random)
          .subtract(BigInteger.ONE.shiftLeft(bits - 1))
          .toByteArray();
    }
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Now from a dictionary that grows, now from a small one, now from one larger than the block. */
  private StringColumn texts(int length, int rows, boolean[] absent) {
    int kind = random.nextInt(3);
    Dictionary small = Dictionary.of("", "one", "zwei", "три", "四", "\uD83D\uDE00");
    int[] codes = new int[length];
    for (int i = 0; i < length; i++) {
      if (i >= rows || absent[i]) {
        codes[i] = StringColumn.MISSING;
      } else if (kind == 0) {
        codes[i] = growing.code("text " + random.nextInt(1 + 2 * growing.size()));
      } else {
        codes[i] = random.nextInt(kind == 1 ? small.size() : large.size());
      }
    }
    return new StringColumn(codes, kind == 0 ? growing.snapshot() : kind == 1 ? small : large);
  }
}
