package io.agrippa.engine.io;

import io.agrippa.engine.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text that grows. Not safe for use by many threads. */
final class TextBuffer {
  private static final int LONGEST_NUMBER = 32;

  private byte[] bytes;
  private int size;

  TextBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** The text so far. */
  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** Appends an ASCII character. */
  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  /** Appends ASCII text. */
  void ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** Appends a whole number. */
  void number(long value) {
    reserve(LONGEST_NUMBER);
    long rest = value;
    if (value < 0) {
      bytes[size++] = '-';
    } else {
      rest = -value; // counts with negative numbers, because the least long has no positive
      // counterpart
    }
    int first = size;
    do {
      bytes[size++] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    for (int i = first, j = size - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
  }

  /**
   * Appends a number that is not negative with zeros in front, so that it has {@code digits}
   * digits.
   */
  void padded(long value, int digits) {
    reserve(digits);
    long rest = value;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /**
   * Appends a day, counted from 1970-01-01, as {@code YYYY-MM-DD}; years of more digits get a sign.
   */
  void date(long epochDay) {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin
    // on 1 March.
    long z = epochDay + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    long month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    if (year >= 0 && year <= 9999) {
      padded(year, 4);
    } else {
      ascii(year < 0 ? '-' : '+');
      long size = Math.abs(year);
      if (size < 10_000) {
        padded(size, 4);
      } else {
        number(size);
      }
    }
    ascii('-');
    padded(month, 2);
    ascii('-');
    padded(day, 2);
  }

  /** Appends a time since midnight as {@code hh:mm:ss}, and a fraction where it is not zero. */
  void time(long value, Type.Unit unit) {
    long seconds = value / unit.perSecond();
    long fraction = value % unit.perSecond();
    padded(seconds / 3600, 2);
    ascii(':');
    padded(seconds / 60 % 60, 2);
    ascii(':');
    padded(seconds % 60, 2);
    if (fraction != 0) {
      ascii('.');
      int digits =
          switch (unit) {
            case MILLIS -> 3;
            case MICROS -> 6;
            case NANOS -> 9;
          };
      padded(fraction, digits);
    }
  }

  /**
   * Appends a field of CSV: in quotes where it holds the delimiter, a quote or a line end. An
   * unpaired surrogate becomes a question mark, as everywhere in Java.
   */
  void field(String text, char delimiter) {
    int start = size;
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == delimiter || c == '"' || c == '\n' || c == '\r') {
        size = start;
        anyField(text, delimiter);
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  private void anyField(String text, char delimiter) {
    boolean quoted =
        text.chars().anyMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
    utf8(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
  }

  /** Appends a JSON string. An unpaired surrogate becomes a question mark. */
  void jsonString(String text) {
    ascii('"');
    int from = 0; // up to here the text is appended
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        utf8(text.substring(from, i));
        from = i + 1;
        ascii('\\');
        switch (c) {
          case '"', '\\' -> ascii(c);
          case '\n' -> ascii('n');
          case '\r' -> ascii('r');
          case '\t' -> ascii('t');
          default -> {
            ascii("u00");
            ascii(Character.forDigit(c >> 4, 16));
            ascii(Character.forDigit(c & 15, 16));
          }
        }
      }
    }
    utf8(from == 0 ? text : text.substring(from));
    ascii('"');
  }

  /** Appends bytes of UTF-8. */
  void append(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  /** Appends text as it is. */
  void utf8(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }
}
