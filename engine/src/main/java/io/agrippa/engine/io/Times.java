package io.agrippa.engine.io;

import io.agrippa.engine.data.Type.Clock;
import io.agrippa.engine.data.Type.Unit;

/**
 * Reads dates and times as ISO 8601 and XML Schema write them. Holds the last value read; not safe
 * for use by many threads.
 */
final class Times {
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
  };
  private static final int SECONDS_PER_DAY = 86_400;

  private long value;

  // Cursor
  private char[] text;
  private int at;
  private int end;

  long value() {
    return value;
  }

  /** Reads {@code YYYY-MM-DD} into days since 1970-01-01; false where the text is no such date. */
  boolean readDate(char[] chars, int from, int length) {
    begin(chars, from, length);
    return date() && at == end;
  }

  /**
   * Reads {@code hh:mm[:ss[.fraction]]} into units since midnight; digits beyond the unit are cut
   * off. False where the text is no such time.
   */
  boolean readTime(char[] chars, int from, int length, Unit unit) {
    begin(chars, from, length);
    return time(unit) && at == end;
  }

  /**
   * Reads {@code YYYY-MM-DD}, a {@code T} or blank, {@code hh:mm[:ss[.fraction]]}, and for an
   * instant a zone ({@code Z} or {@code +hh:mm}), into units since 1970-01-01T00:00:00; digits
   * beyond the unit are cut off. False where the text is not of this form or does not fit.
   */
  boolean readTimestamp(char[] chars, int from, int length, Unit unit, Clock clock) {
    begin(chars, from, length);
    if (!date() || at >= end || (text[at] != 'T' && text[at] != ' ')) {
      return false;
    }
    long days = value;
    at++;
    if (!time(unit)) {
      return false;
    }
    long time = value;
    int offset = 0;
    if (clock == Clock.UTC) {
      offset = zoneMinutes();
      if (offset == Integer.MIN_VALUE) {
        return false;
      }
    }
    if (at != end) {
      return false;
    }
    long perDay = SECONDS_PER_DAY * unit.perSecond();
    long shifted = time - offset * 60L * unit.perSecond();
    long high = Math.multiplyHigh(days, perDay);
    long low = days * perDay;
    if (high != low >> 63) {
      return false;
    }
    value = low + shifted;
    return ((low ^ value) & (shifted ^ value)) >= 0; // no overflow
  }

  private void begin(char[] chars, int from, int length) {
    text = chars;
    at = from;
    end = from + length;
    while (at < end && text[at] <= ' ') {
      at++;
    }
    while (at < end && text[end - 1] <= ' ') {
      end--;
    }
  }

  private boolean date() {
    if (end - at < 10 || text[at + 4] != '-' || text[at + 7] != '-') {
      return false;
    }
    int year = number(4);
    at++;
    int month = number(2);
    at++;
    int day = number(2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
      return false;
    }
    value = epochDay(year, month, day);
    return true;
  }

  private boolean time(Unit unit) {
    if (end - at < 5 || text[at + 2] != ':') {
      return false;
    }
    int hour = number(2);
    at++;
    int minute = number(2);
    int second = 0;
    long steps = 0;
    if (at < end && text[at] == ':') {
      at++;
      if (end - at < 2) {
        return false;
      }
      second = number(2);
      if (at < end && text[at] == '.') {
        at++;
        steps = fraction(unit);
      }
    }
    if (hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || steps < 0) {
      return false;
    }
    value = ((hour * 60L + minute) * 60 + second) * unit.perSecond() + steps;
    return true;
  }

  /** Digits behind the point, in units; -1 where there is none. */
  private long fraction(Unit unit) {
    int first = at;
    long steps = 0;
    long weight = unit.perSecond();
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      weight /= 10;
      steps += weight * (text[at] - '0');
      at++;
    }
    return at == first ? -1 : steps;
  }

  /** Minutes east of UTC; {@link Integer#MIN_VALUE} where the text names no zone. */
  private int zoneMinutes() {
    if (at < end && text[at] == 'Z') {
      at++;
      return 0;
    }
    if (end - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
      return Integer.MIN_VALUE;
    }
    int sign = text[at] == '-' ? -1 : 1;
    at++;
    int hours = number(2);
    at++;
    int minutes = number(2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return sign * (hours * 60 + minutes);
  }

  /** The next so many digits as a number; -1 where one is no digit. */
  private int number(int digits) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = text[at++] - '0';
      if (digit < 0 || digit > 9) {
        number = -100_000; // stays negative, whatever follows
      } else {
        number = number * 10 + digit;
      }
    }
    return number < 0 ? -1 : number;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days since 1970-01-01 in the proleptic Gregorian calendar, for years 0 to 9999. */
  private static long epochDay(int year, int month, int day) {
    int before = year - 1;
    long days =
        365L * year
            + Math.floorDiv(before, 4)
            - Math.floorDiv(before, 100)
            + Math.floorDiv(before, 400)
            + 1;
    days += DAYS_BEFORE_MONTH[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
    return days - 719_528; // days from 0000-01-01 to 1970-01-01
  }
}
