package io.agrippa.models;

import java.time.LocalDate;

/** How a number is computed from a column's value. */
enum Derivation {
  /** The value itself. */
  VALUE,
  /** Its natural logarithm. */
  LOGARITHM,
  /** The hour of a date and time, 0 to 23. */
  HOUR,
  /** The day of the week: 1 is Monday, 7 is Sunday. */
  WEEKDAY,
  /** The month: 1 is January. */
  MONTH;

  private static final long DAY = 86_400;

  /** Whether it is computed from a moment. */
  boolean ofMoment() {
    return switch (this) {
      case VALUE, LOGARITHM -> false;
      case HOUR, WEEKDAY, MONTH -> true;
    };
  }

  /** The number for a value of the column; for a moment, seconds since the start of 1970. */
  double of(double value) {
    return switch (this) {
      case VALUE -> value;
      case LOGARITHM -> StrictMath.log(value);
      case HOUR -> Math.floorDiv(Math.floorMod((long) value, DAY), 3_600L);
      case WEEKDAY -> date(value).getDayOfWeek().getValue();
      case MONTH -> date(value).getMonthValue();
    };
  }

  private static LocalDate date(double seconds) {
    return LocalDate.ofEpochDay(Math.floorDiv((long) seconds, DAY));
  }
}
