package io.agrippa.engine.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Cells of columns as Java values. */
public final class Cell {
  private Cell() {}

  /**
   * The value of a row as {@code Double}, {@code Float}, {@code Integer}, {@code Long}, {@code
   * Boolean}, {@code String}, {@code LocalDate}, {@code LocalTime} or {@code LocalDateTime}; null
   * where missing.
   *
   * @param type of the column; not binary or decimal
   */
  public static Object value(Type type, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.values()[row];
      return type == Type.Scalar.FLOAT ? (Object) (float) value : (Object) value;
    }
    if (!(column instanceof LongColumn longs)) {
      throw new IllegalArgumentException("a column of type " + type + " holds no Java values");
    }
    long value = longs.values()[row];
    if (type instanceof Type.Time time) {
      return LocalTime.ofNanoOfDay(value * nanos(time.unit()));
    }
    if (type instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(value, perSecond),
          (int) (Math.floorMod(value, perSecond) * nanos(timestamp.unit())),
          ZoneOffset.UTC);
    }
    if (type == Type.Scalar.BOOLEAN) {
      return value != 0;
    }
    if (type == Type.Scalar.DATE) {
      return LocalDate.ofEpochDay(value);
    }
    return type == Type.Scalar.INT ? (Object) Math.toIntExact(value) : (Object) value;
  }

  private static long nanos(Type.Unit unit) {
    return Type.Unit.NANOS.perSecond() / unit.perSecond();
  }
}
