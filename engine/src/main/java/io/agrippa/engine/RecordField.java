package io.agrippa.engine;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Decimals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Makes columns of one row out of Java values. A value that is not of the column's type goes along
 * as its text: the model reads it as a literal of the field's type, or finds it invalid. Holds a
 * dictionary, so not safe for use by many threads.
 */
final class RecordField {
  /**
   * Beyond so many texts the dictionary is begun anew, so that it does not grow with the records.
   */
  private static final int MOST_TEXTS = 1 << 14;

  private static final long[] MISSING = {1};

  private final Field field;
  private DictionaryBuilder texts = new DictionaryBuilder();

  private RecordField(Field field) {
    this.field = field;
  }

  static RecordField of(Field field) {
    return new RecordField(field);
  }

  String name() {
    return field.name();
  }

  /** The column of a value, which is missing if it is null. */
  Column column(Object value) {
    Type type = field.type();
    if (type == Type.Scalar.STRING) {
      return new StringColumn(
          new int[] {value == null ? StringColumn.MISSING : code(text(value))}, texts.snapshot());
    }
    boolean real = type == Type.Scalar.DOUBLE || type == Type.Scalar.FLOAT;
    if (value == null) {
      return real ? new DoubleColumn(new double[1], MISSING) : new LongColumn(new long[1], MISSING);
    }
    if (real) {
      return value instanceof Number number
          ? new DoubleColumn(new double[] {real(number)}, null)
          : new DoubleColumn(new double[1], null, malformed(value));
    }
    Long exact = exact(type, value);
    return exact != null
        ? new LongColumn(new long[] {exact}, null)
        : new LongColumn(new long[1], null, malformed(value));
  }

  private int code(String text) {
    if (texts.size() >= MOST_TEXTS) {
      texts = new DictionaryBuilder();
    }
    return texts.code(text);
  }

  private Malformed malformed(Object value) {
    return Malformed.of(new int[] {0}, new String[] {text(value)});
  }

  private double real(Number number) {
    double value = number.doubleValue();
    return field.type() == Type.Scalar.FLOAT ? (double) (float) value : value;
  }

  /** The value as the column type counts, or null if it is not of that type. */
  private static Long exact(Type type, Object value) {
    if (type == Type.Scalar.DATE) {
      return value instanceof LocalDate date ? (Long) date.toEpochDay() : null;
    }
    if (type instanceof Type.Time) {
      return value instanceof LocalTime time ? (Long) (time.toNanoOfDay() / 1000) : null;
    }
    if (type instanceof Type.Timestamp) {
      LocalDateTime moment =
          value instanceof LocalDateTime dateTime
              ? dateTime
              : value instanceof Instant instant
                  ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                  : value instanceof LocalDate date ? date.atStartOfDay() : null;
      return moment == null
          ? null
          : (Long) ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), moment);
    }
    return value instanceof Integer
            || value instanceof Long
            || value instanceof Short
            || value instanceof Byte
        ? (Long) ((Number) value).longValue()
        : null;
  }

  private String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Double number) {
      return Decimals.text(number.doubleValue());
    }
    if (value instanceof Float number) {
      return Decimals.text(number.floatValue());
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof LocalDate) {
      return value.toString();
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    if (value instanceof LocalDateTime dateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
    }
    if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
          LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
    throw new IllegalArgumentException(
        "field \"%s\" is given a %s, which is none of the types that a record may hold; give a number, text, boolean, date or time"
            .formatted(field.name(), value.getClass().getName()));
  }
}
