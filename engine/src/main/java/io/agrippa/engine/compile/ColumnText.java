package io.agrippa.engine.compile;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Decimals;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Values of columns as texts: numbers as Java writes them, dates and times in ISO form. */
final class ColumnText {
  private ColumnText() {}

  /** The text of a row that is not missing. */
  static String text(Type type, Column column, int row) {
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    if (column instanceof LongColumn longs) {
      String malformed = malformed(longs.malformed(), row);
      return malformed != null ? malformed : text(type, longs.values()[row]);
    }
    if (column instanceof DoubleColumn doubles) {
      String malformed = malformed(doubles.malformed(), row);
      if (malformed != null) {
        return malformed;
      }
      double value = doubles.values()[row];
      return type == Type.Scalar.FLOAT ? Decimals.text((float) value) : Decimals.text(value);
    }
    byte[] bytes = ((BinaryColumn) column).values()[row];
    return type instanceof Type.Decimal decimal
        ? Conversion.decimal(bytes, decimal.scale()).toPlainString()
        : HexFormat.of().formatHex(bytes);
  }

  private static String malformed(Malformed malformed, int row) {
    return malformed.size() == 0 ? null : malformed.at(row);
  }

  private static String text(Type type, long value) {
    if (type == Type.Scalar.BOOLEAN) {
      return value != 0 ? "true" : "false";
    }
    if (type == Type.Scalar.DATE) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (type instanceof Type.Time time) {
      return LocalTime.ofNanoOfDay(value * nanos(time.unit()))
          .format(DateTimeFormatter.ISO_LOCAL_TIME);
    }
    if (type instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      return LocalDateTime.ofEpochSecond(
              Math.floorDiv(value, perSecond),
              (int) (Math.floorMod(value, perSecond) * nanos(timestamp.unit())),
              ZoneOffset.UTC)
          .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
    return Long.toString(value);
  }

  private static long nanos(Type.Unit unit) {
    return 1_000_000_000L / unit.perSecond();
  }
}
