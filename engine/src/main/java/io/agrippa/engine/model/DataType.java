package io.agrippa.engine.model;

import java.util.Locale;
import java.util.Optional;

/**
 * PMML's data types. Types that count from an epoch carry its year.
 *
 * @param kind what the values are
 * @param epochYear first year counted for {@link Kind#DATE_DAYS_SINCE} and {@link
 *     Kind#DATE_TIME_SECONDS_SINCE}, else 0
 */
public record DataType(Kind kind, int epochYear) {
  /** The families of types. */
  public enum Kind {
    /** Text. */
    STRING,
    /** 32-bit whole number. */
    INTEGER,
    /** Single precision. */
    FLOAT,
    /** Double precision. */
    DOUBLE,
    /** True or false. */
    BOOLEAN,
    /** Calendar day. */
    DATE,
    /** Time of day. */
    TIME,
    /** Calendar day and time, without zone. */
    DATE_TIME,
    /** Days since 1 January of the epoch year. */
    DATE_DAYS_SINCE,
    /** Seconds since midnight. */
    TIME_SECONDS,
    /** Seconds since midnight of 1 January of the epoch year. */
    DATE_TIME_SECONDS_SINCE
  }

  /** Text. */
  public static final DataType STRING = new DataType(Kind.STRING, 0);

  /** 32-bit whole number. */
  public static final DataType INTEGER = new DataType(Kind.INTEGER, 0);

  /** Single precision. */
  public static final DataType FLOAT = new DataType(Kind.FLOAT, 0);

  /** Double precision. */
  public static final DataType DOUBLE = new DataType(Kind.DOUBLE, 0);

  /** True or false. */
  public static final DataType BOOLEAN = new DataType(Kind.BOOLEAN, 0);

  /** Calendar day. */
  public static final DataType DATE = new DataType(Kind.DATE, 0);

  /** Time of day. */
  public static final DataType TIME = new DataType(Kind.TIME, 0);

  /** Calendar day and time. */
  public static final DataType DATE_TIME = new DataType(Kind.DATE_TIME, 0);

  /** Seconds since midnight. */
  public static final DataType TIME_SECONDS = new DataType(Kind.TIME_SECONDS, 0);

  /**
   * The type that PMML writes so, such as {@code double} or {@code dateDaysSince[1960]}; empty if
   * there is none.
   */
  public static Optional<DataType> of(String text) {
    return Optional.ofNullable(
        switch (text) {
          case "string" -> STRING;
          case "integer" -> INTEGER;
          case "float" -> FLOAT;
          case "double" -> DOUBLE;
          case "boolean" -> BOOLEAN;
          case "date" -> DATE;
          case "time" -> TIME;
          case "dateTime" -> DATE_TIME;
          case "timeSeconds" -> TIME_SECONDS;
          default -> counted(text);
        });
  }

  private static DataType counted(String text) {
    int bracket = text.indexOf('[');
    if (bracket < 0 || !text.endsWith("]")) {
      return null;
    }
    Kind kind =
        switch (text.substring(0, bracket)) {
          case "dateDaysSince" -> Kind.DATE_DAYS_SINCE;
          case "dateTimeSecondsSince" -> Kind.DATE_TIME_SECONDS_SINCE;
          default -> null;
        };
    String year = text.substring(bracket + 1, text.length() - 1);
    return kind == null || !year.matches("\\d{1,4}")
        ? null
        : new DataType(kind, Integer.parseInt(year));
  }

  /** Whether arithmetic on values of this type is arithmetic on numbers: integer, float, double. */
  public boolean isNumeric() {
    return kind == Kind.INTEGER || kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  /** As PMML writes it. */
  @Override
  public String toString() {
    return switch (kind) {
      case DATE_TIME -> "dateTime";
      case TIME_SECONDS -> "timeSeconds";
      case DATE_DAYS_SINCE -> "dateDaysSince[" + epochYear + "]";
      case DATE_TIME_SECONDS_SINCE -> "dateTimeSecondsSince[" + epochYear + "]";
      case STRING, INTEGER, FLOAT, DOUBLE, BOOLEAN, DATE, TIME ->
          kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
