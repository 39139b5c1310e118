package io.agrippa.engine.io;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Seeded tables with every type that blocks carry. */
final class RandomTables {
  private RandomTables() {}

  /** Which rows have no value. */
  enum Nulls {
    NONE,
    ALL,
    FIRST,
    LAST,
    EVERY_SECOND,
    RANDOM,
    RUNS;

    private boolean isMissing(int row, int rows, Random random) {
      return switch (this) {
        case NONE -> false;
        case ALL -> true;
        case FIRST -> row == 0;
        case LAST -> row == rows - 1;
        case EVERY_SECOND -> row % 2 == 1;
        case RANDOM -> random.nextInt(10) == 0;
        case RUNS -> row / 64 % 3 == 1;
      };
    }
  }

  /** One column of every type. */
  static Schema everyType() {
    List<Field> fields = new ArrayList<>();
    for (Type.Scalar type : Type.Scalar.values()) {
      fields.add(new Field(type.name().toLowerCase(Locale.ROOT), type));
    }
    for (Type.Unit unit : Type.Unit.values()) {
      fields.add(new Field("time " + unit, new Type.Time(unit)));
      for (Type.Clock clock : Type.Clock.values()) {
        fields.add(new Field("timestamp " + unit + " " + clock, new Type.Timestamp(unit, clock)));
      }
    }
    fields.add(new Field("decimal(9,2)", new Type.Decimal(9, 2)));
    fields.add(new Field("decimal(18,0)", new Type.Decimal(18, 0)));
    fields.add(new Field("decimal(38,10)", new Type.Decimal(38, 10)));
    return new Schema(fields);
  }

  static Table table(Schema schema, int rows, Nulls nulls, long seed) {
    Random random = new Random(seed);
    List<List<Object>> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Object> values = new ArrayList<>();
      for (Field field : schema.fields()) {
        values.add(nulls.isMissing(row, rows, random) ? null : value(field.type(), random));
      }
      table.add(values);
    }
    return new Table(schema, table);
  }

  private static Object value(Type type, Random random) {
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> (long) random.nextInt(2);
        case BYTE -> (long) (byte) random.nextInt();
        case SHORT -> (long) (short) random.nextInt();
        case INT -> (long) random.nextInt();
        case LONG ->
            random.nextInt(20) == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
        case FLOAT -> (double) randomFloat(random);
        case DOUBLE -> randomDouble(random);
        case STRING -> randomText(random);
        case DATE -> (long) random.nextInt(80_000) - 30_000;
        case BINARY -> randomBytes(random);
      };
    } else if (type instanceof Type.Time time) {
      return (long) (random.nextDouble() * 86_400 * time.unit().perSecond());
    } else if (type instanceof Type.Timestamp timestamp) {
      return (long) ((random.nextDouble() * 8e9 - 4e9) * timestamp.unit().perSecond());
    } else if (type instanceof Type.Decimal decimal) {
      BigInteger bound = BigInteger.TEN.pow(decimal.precision());
      BigInteger unscaled = new BigInteger(bound.bitLength() + 8, random).mod(bound);
      return HexFormat.of()
          .formatHex((random.nextBoolean() ? unscaled : unscaled.negate()).toByteArray());
    }
    throw new AssertionError(type);
  }

  private static float randomFloat(Random random) {
    float[] special = {
      0f,
      -0f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      Float.MAX_VALUE
    };
    float any = Float.intBitsToFloat(random.nextInt());
    return switch (random.nextInt(4)) {
      case 0 -> special[random.nextInt(special.length)];
      case 1 -> random.nextInt(1000);
      case 2 -> (float) random.nextGaussian();
      default -> Float.isNaN(any) ? Float.NaN : any; // other NaNs do not survive text
    };
  }

  private static double randomDouble(Random random) {
    double[] special = {
      0d,
      -0d,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      1e7,
      -1e7,
      9_999_999
    };
    double any = Double.longBitsToDouble(random.nextLong());
    return switch (random.nextInt(4)) {
      case 0 -> special[random.nextInt(special.length)];
      case 1 -> (double) (random.nextInt(2_000_000) - 1_000_000);
      case 2 -> random.nextGaussian();
      default -> Double.isNaN(any) ? Double.NaN : any;
    };
  }

  private static String randomText(Random random) {
    String[] texts = {
      "a",
      "JFK",
      "two words",
      "comma, here",
      "\"quoted\"",
      "quote \" within",
      "line\nend",
      "crlf\r\n",
      "cr\r",
      "tab\t",
      " ",
      "  padded ",
      "Zürich",
      "日本語",
      "😀",
      "\"",
      "\"\"",
      ",",
      "\n",
      "NA",
      "3.5"
    };
    return random.nextInt(3) == 0
        ? "id-" + random.nextInt(100_000)
        : texts[random.nextInt(texts.length)];
  }

  private static String randomBytes(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(20)];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
