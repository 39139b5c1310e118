package io.agrippa.engine.reference;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Date;

/**
 * Reads one field's values out of blocks, as PMML4S wants to be given them. A value that PMML4S
 * would quietly take for another one is refused: a text that is no number would be a missing value
 * to it, and a fraction in an integer field a whole number.
 */
final class InputReader {
  /** A value that the field cannot be given. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String value;

    Refused(String value, String reason) {
      super(reason, null, false, false);
      this.value = value;
    }

    String value() {
      return value;
    }
  }

  private final Input input;
  private final int position; // of the column, -1 where there is none
  private final Type type;

  private InputReader(Input input, int position, Type type) {
    this.input = input;
    this.position = position;
    this.type = type;
  }

  /**
   * A reader for a column.
   *
   * @param position of the column, or -1: the field is missing in all rows
   * @throws IllegalArgumentException if the field cannot take values of its type
   */
  static InputReader of(Input input, int position, Schema columns) {
    Type type = position < 0 ? null : columns.field(position).type();
    if (type != null && !takes(input.kind(), type)) {
      throw new IllegalArgumentException(
          "field \"%s\" is to be given to PMML4S as %s, but the data's column is of type %s; convert the column"
              .formatted(input.name(), TypeText.of(input.kind().textType()), TypeText.of(type)));
    }
    return new InputReader(input, position, type);
  }

  private static boolean takes(Input.Kind kind, Type type) {
    return switch (kind) {
      case TEXT -> type != Type.Scalar.BINARY;
      case DATE, DATE_TIME ->
          type == Type.Scalar.STRING || type == Type.Scalar.DATE || type instanceof Type.Timestamp;
      case TIME -> type == Type.Scalar.STRING || type instanceof Type.Time;
      case INTEGER, NUMBER, BOOLEAN ->
          type instanceof Type.Decimal
              || (type instanceof Type.Scalar
                  && type != Type.Scalar.DATE
                  && type != Type.Scalar.BINARY);
    };
  }

  String name() {
    return input.name();
  }

  /** The value of a row, null where missing. */
  Object value(Block block, int row) throws Refused {
    if (position < 0) {
      return null;
    }
    Column column = block.column(position);
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof StringColumn strings) {
      return ofText(strings.value(row));
    }
    if (column instanceof LongColumn longs) {
      String malformed = malformed(longs.malformed(), row);
      return malformed != null ? ofText(malformed) : ofLong(longs.values()[row]);
    }
    if (column instanceof DoubleColumn doubles) {
      String malformed = malformed(doubles.malformed(), row);
      return malformed != null ? ofText(malformed) : ofDouble(doubles.values()[row]);
    }
    return ofText(
        new BigDecimal(
                new BigInteger(((BinaryColumn) column).values()[row]),
                ((Type.Decimal) type).scale())
            .toPlainString());
  }

  private static String malformed(Malformed malformed, int row) {
    return malformed.size() == 0 ? null : malformed.at(row);
  }

  private Object ofText(String text) throws Refused {
    return switch (input.kind()) {
      case TEXT -> text;
      case BOOLEAN -> {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
          yield Boolean.valueOf(text);
        }
        throw new Refused(text, "PMML4S takes true and false for a boolean; correct the value");
      }
      case INTEGER, NUMBER -> ofDouble(number(text));
      case DATE, DATE_TIME, TIME -> Date.from(instant(text));
    };
  }

  private static double number(String text) throws Refused {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new Refused(text, "PMML4S would take what is no number for missing; correct the value");
    }
  }

  private Instant instant(String text) throws Refused {
    try {
      LocalDateTime time =
          switch (input.kind()) {
            case DATE -> LocalDate.parse(text).atStartOfDay();
            case TIME -> LocalTime.parse(text).atDate(LocalDate.EPOCH);
            default -> LocalDateTime.parse(text);
          };
      return time.toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new Refused(
          text,
          "PMML4S needs a %s such as %s; correct the value"
              .formatted(
                  TypeText.of(input.kind().textType()),
                  switch (input.kind()) {
                    case DATE -> "2024-02-29";
                    case TIME -> "23:59:59";
                    default -> "2024-02-29T23:59:59";
                  }));
    }
  }

  private Object ofLong(long value) {
    return switch (input.kind()) {
      case INTEGER -> value;
      case NUMBER -> (double) value;
      case BOOLEAN -> value != 0;
      case TEXT -> text(value);
      case DATE, DATE_TIME, TIME -> Date.from(Instant.ofEpochMilli(millis(value)));
    };
  }

  /** Milliseconds since 1970 began in UTC, of a date, time or timestamp. */
  private long millis(long value) {
    if (type instanceof Type.Time time) {
      return Math.floorDiv(value * 1_000, time.unit().perSecond());
    }
    return type instanceof Type.Timestamp timestamp
        ? Math.multiplyExact(Math.floorDiv(value, timestamp.unit().perSecond()), 1_000)
            + Math.floorMod(value, timestamp.unit().perSecond())
                * 1_000
                / timestamp.unit().perSecond()
        : Math.multiplyExact(value, 86_400_000L);
  }

  private Object ofDouble(double value) throws Refused {
    return switch (input.kind()) {
      case NUMBER -> value;
      case BOOLEAN -> value != 0;
      case TEXT -> Double.toString(value);
      case DATE, DATE_TIME, TIME -> throw new IllegalStateException(input.toString());
      case INTEGER -> {
        if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
          throw new Refused(
              Double.toString(value), "PMML4S would cut it to a whole number; correct the value");
        }
        yield (long) value;
      }
    };
  }

  private String text(long value) {
    if (type == Type.Scalar.BOOLEAN) {
      return value != 0 ? "true" : "false";
    }
    if (type == Type.Scalar.DATE) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (type instanceof Type.Time time) {
      return LocalTime.ofNanoOfDay(value * nanos(time.unit())).toString();
    }
    if (type instanceof Type.Timestamp timestamp) {
      long perSecond = timestamp.unit().perSecond();
      return LocalDateTime.ofEpochSecond(
              Math.floorDiv(value, perSecond),
              (int) (Math.floorMod(value, perSecond) * nanos(timestamp.unit())),
              ZoneOffset.UTC)
          .toString();
    }
    return Long.toString(value);
  }

  private static long nanos(Type.Unit unit) {
    return Type.Unit.NANOS.perSecond() / unit.perSecond();
  }
}
