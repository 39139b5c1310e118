package io.agrippa.datasets;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Customers: numbers of every width, categories of few and of many values, a date, a time, a
 * boolean, and a label.
 */
final class MixedRecipe implements Recipe {
  private static final List<Field> FIELDS =
      List.of(
          new Field("id", Type.Scalar.LONG),
          new Field("age", Type.Scalar.INT),
          new Field("income", Type.Scalar.DOUBLE),
          new Field("rate", Type.Scalar.FLOAT),
          new Field("colour", Type.Scalar.STRING),
          new Field("region", Type.Scalar.STRING),
          new Field("product", Type.Scalar.STRING),
          new Field("joined", Type.Scalar.DATE),
          new Field("seen", new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL)),
          new Field("active", Type.Scalar.BOOLEAN),
          new Field("label", Type.Scalar.STRING));
  private static final int ID = 0;
  private static final int AGE = 1;
  private static final int INCOME = 2;
  private static final int RATE = 3;
  private static final int COLOUR = 4;
  private static final int REGION = 5;
  private static final int PRODUCT = 6;
  private static final int JOINED = 7;
  private static final int SEEN = 8;
  private static final int ACTIVE = 9;
  private static final int LABEL = 10;

  private static final Dictionary COLOURS = Dictionary.of("red", "green", "blue", "white", "black");
  private static final Dictionary REGIONS = numbered("region-", 50);
  private static final Dictionary PRODUCTS = numbered("product-", 1000);
  private static final Dictionary LABELS = Dictionary.of("no", "yes");
  private static final long DAY_2010 = 14_610; // days from 1970-01-01 to 2010-01-01
  private static final int DAYS = 5_479; // to 2024-12-31, both included
  private static final long START = 1_735_689_600_000_000L; // 2025-01-01T00:00:00
  private static final int SECONDS_OF_MONTH = 31 * 24 * 3_600;

  private final long seed;

  MixedRecipe(long seed) {
    this.seed = seed;
  }

  private static Dictionary numbered(String prefix, int count) {
    return Dictionary.of(
        IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new));
  }

  @Override
  public List<Field> fields() {
    return FIELDS;
  }

  @Override
  public boolean optional(int field) {
    return field != ID && field != LABEL;
  }

  @Override
  public Column column(int field, long first, int rows) {
    Draws draws = new Draws(seed, field, 0);
    return switch (field) {
      case ID -> longs(first, rows, row -> row + 1);
      case AGE -> longs(first, rows, row -> age(draws, row));
      case INCOME -> doubles(first, rows, row -> income(draws, row));
      case RATE -> doubles(first, rows, row -> (float) draws.uniform(row));
      case COLOUR -> texts(first, rows, COLOURS, row -> colour(draws, row));
      // The square of a uniform number makes low codes more frequent.
      case REGION -> texts(first, rows, REGIONS, row -> skewedCode(draws, row, REGIONS));
      case PRODUCT -> texts(first, rows, PRODUCTS, row -> skewedCode(draws, row, PRODUCTS));
      case JOINED -> longs(first, rows, row -> DAY_2010 + draws.index(row, DAYS));
      case SEEN ->
          longs(first, rows, row -> START + 1_000_000L * draws.index(row, SECONDS_OF_MONTH));
      case ACTIVE -> longs(first, rows, row -> draws.uniform(row) < 0.7 ? 1 : 0);
      case LABEL -> texts(first, rows, LABELS, row -> label(draws, row));
      default -> throw new IndexOutOfBoundsException(field);
    };
  }

  private static long age(Draws draws, long row) {
    return 18 + (long) Math.min(72, 28 * draws.skewed(row, 3));
  }

  private static double income(Draws draws, long row) {
    return Math.rint(4_200_000 * draws.skewed(row, 2)) / 100;
  }

  private static long colour(Draws draws, long row) {
    double u = draws.uniform(row);
    return u < 0.4 ? 0 : u < 0.7 ? 1 : u < 0.9 ? 2 : u < 0.97 ? 3 : 4;
  }

  private static long skewedCode(Draws draws, long row, Dictionary dictionary) {
    double u = draws.uniform(row);
    return (long) (u * u * dictionary.size());
  }

  /**
   * Depends on the true age, income and colour, also where those are missing in what is delivered.
   */
  private long label(Draws noise, long row) {
    double score =
        (age(new Draws(seed, AGE, 0), row) - 46) / 15.0
            - (income(new Draws(seed, INCOME, 0), row) - 42_000) / 30_000
            + (colour(new Draws(seed, COLOUR, 0), row) == 0 ? 0.8 : -0.5);
    return score + noise.normal(row) > 0 ? 1 : 0;
  }

  private static Column longs(long first, int rows, LongUnaryOperator value) {
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = value.applyAsLong(first + i);
    }
    return new LongColumn(values, null);
  }

  private static Column doubles(long first, int rows, LongToDoubleFunction value) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = value.applyAsDouble(first + i);
    }
    return new DoubleColumn(values, null);
  }

  private static Column texts(long first, int rows, Dictionary dictionary, LongUnaryOperator code) {
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      codes[i] = (int) code.applyAsLong(first + i);
    }
    return new StringColumn(codes, dictionary);
  }
}
