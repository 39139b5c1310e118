package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DataType.Kind;
import java.util.Optional;

/** How a value of one type becomes one of another, where neither is a string. Immutable. */
interface Cast {
  /** The value in the new type, or NaN if it is none of that type. */
  double cast(double value);

  /** Leaves values as they are. */
  Cast SAME = value -> value;

  /** The cast between two types; empty if there is none. */
  static Optional<Cast> of(DataType from, DataType to) {
    if (from.equals(to)) {
      return Optional.of(SAME);
    }
    return Optional.ofNullable(
        switch (from.kind()) {
          case INTEGER, FLOAT, DOUBLE, BOOLEAN -> ofNumber(from, to);
          case DATE -> ofMicros(to, days -> days * Literals.MICROS_PER_DAY, false);
          case DATE_TIME -> ofMicros(to, SAME, true);
          case TIME ->
              to.kind() == Kind.TIME_SECONDS
                  ? micros -> Math.floor(micros / Literals.MICROS_PER_SECOND)
                  : null;
          case DATE_DAYS_SINCE -> {
            double epoch = Literals.epochDay(from.epochYear());
            yield isMoment(to)
                ? ofMicros(to, days -> (days + epoch) * Literals.MICROS_PER_DAY, false)
                : ofNumber(from, to);
          }
          case DATE_TIME_SECONDS_SINCE -> {
            double epoch = 86_400.0 * Literals.epochDay(from.epochYear());
            yield isMoment(to)
                ? ofMicros(to, seconds -> (seconds + epoch) * Literals.MICROS_PER_SECOND, true)
                : ofNumber(from, to);
          }
          case TIME_SECONDS ->
              to.kind() == Kind.TIME
                  ? seconds ->
                      seconds >= 0 && seconds < 86_400
                          ? seconds * Literals.MICROS_PER_SECOND
                          : Double.NaN
                  : ofNumber(from, to);
          case STRING -> null;
        });
  }

  private static boolean isMoment(DataType type) {
    return switch (type.kind()) {
      case DATE, DATE_TIME, DATE_DAYS_SINCE, DATE_TIME_SECONDS_SINCE -> true;
      case STRING, INTEGER, FLOAT, DOUBLE, BOOLEAN, TIME, TIME_SECONDS -> false;
    };
  }

  private static Cast ofNumber(DataType from, DataType to) {
    return switch (to.kind()) {
      case DOUBLE -> SAME;
      case FLOAT -> from.kind() == Kind.BOOLEAN ? SAME : value -> (double) (float) value;
      case INTEGER -> from.kind() == Kind.BOOLEAN ? SAME : Cast::integer;
      case BOOLEAN -> value -> value == 0 || value == 1 ? value + 0.0 : Double.NaN;
      case DATE_DAYS_SINCE, TIME_SECONDS, DATE_TIME_SECONDS_SINCE ->
          value ->
              value == Math.rint(value) && Math.abs(value) < 1L << 53 ? value + 0.0 : Double.NaN;
      case STRING, DATE, TIME, DATE_TIME -> null;
    };
  }

  private static double integer(double value) {
    return value == Math.rint(value) && value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE
        ? value + 0.0 // whole numbers have one zero
        : Double.NaN;
  }

  private static Cast ofMicros(DataType to, Cast micros, boolean hasTime) {
    return switch (to.kind()) {
      case DATE_TIME -> micros;
      case DATE -> value -> Math.floor(micros.cast(value) / Literals.MICROS_PER_DAY);
      case DATE_DAYS_SINCE -> {
        double epoch = Literals.epochDay(to.epochYear());
        yield value -> Math.floor(micros.cast(value) / Literals.MICROS_PER_DAY) - epoch;
      }
      case DATE_TIME_SECONDS_SINCE -> {
        double epoch = 86_400.0 * Literals.epochDay(to.epochYear());
        yield value -> Math.floor(micros.cast(value) / Literals.MICROS_PER_SECOND) - epoch;
      }
      case TIME -> hasTime ? value -> timeOfDay(micros.cast(value)) : null;
      case TIME_SECONDS ->
          hasTime
              ? value -> Math.floor(timeOfDay(micros.cast(value)) / Literals.MICROS_PER_SECOND)
              : null;
      case STRING, INTEGER, FLOAT, DOUBLE, BOOLEAN -> null;
    };
  }

  private static double timeOfDay(double micros) {
    return micros - Math.floor(micros / Literals.MICROS_PER_DAY) * Literals.MICROS_PER_DAY;
  }
}
