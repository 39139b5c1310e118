package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Dictionary;
import java.util.Arrays;

/**
 * A register: the values of one field or expression for the rows of the current block.
 *
 * <p>Either {@link #numbers} or {@link #codes} with {@link #dictionary} holds the values, as the
 * static type says ({@link FieldType#isText}). The arrays may be the input's own, so only who calls
 * the {@code …Buffer} methods may write, and only to what these return. Bit arrays are as in {@link
 * io.agrippa.engine.data.Bits}: null means no bit. A missing row's number is undefined; a missing
 * row's code is −1 <em>and</em> its missing bit is set.
 *
 * <p>How values are held: integer, float, double as such (float ones rounded to single); boolean 0
 * or 1; date in days since 1970-01-01; time in microseconds since midnight; dateTime in
 * microseconds since 1970-01-01T00:00; the types that count from an epoch, in their own unit. All
 * are exact in a double.
 */
final class Vector {
  /** Values of a number vector. */
  double[] numbers;

  /** Codes of a text vector, −1 where missing. */
  int[] codes;

  /** What the codes stand for. */
  Dictionary dictionary = Dictionary.EMPTY;

  /** Rows without a value. */
  long[] missing;

  /** Rows whose value the document calls invalid but that is used all the same (treatment asIs). */
  long[] invalid;

  /**
   * Rows whose value could not be computed; they are missing too. Whoever consumes the vector for a
   * row passes the error on.
   */
  long[] errors;

  private final int capacity;
  private double[] ownNumbers;
  private int[] ownCodes;
  private long[] ownMissing;
  private long[] ownInvalid;
  private long[] ownErrors;

  /** A register for blocks of up to so many rows. */
  Vector(int capacity) {
    this.capacity = capacity;
  }

  /** Forgets the values of the last block. */
  void clear() {
    missing = null;
    invalid = null;
    errors = null;
  }

  /** Makes {@link #numbers} an array of its own, content undefined. */
  double[] numberBuffer() {
    if (ownNumbers == null) {
      ownNumbers = new double[capacity];
    }
    numbers = ownNumbers;
    return ownNumbers;
  }

  /** Makes {@link #codes} an array of its own, content undefined. */
  int[] codeBuffer() {
    if (ownCodes == null) {
      ownCodes = new int[capacity];
    }
    codes = ownCodes;
    return ownCodes;
  }

  /** Makes {@link #missing} an array of its own that holds what it held before. */
  long[] missingBuffer() {
    if (ownMissing == null) {
      ownMissing = new long[Bits.words(capacity)];
    }
    missing = own(missing, ownMissing);
    return missing;
  }

  /** Makes {@link #invalid} an array of its own that holds what it held before. */
  long[] invalidBuffer() {
    if (ownInvalid == null) {
      ownInvalid = new long[Bits.words(capacity)];
    }
    invalid = own(invalid, ownInvalid);
    return invalid;
  }

  /** Makes {@link #errors} an array of its own that holds what it held before. */
  long[] errorBuffer() {
    if (ownErrors == null) {
      ownErrors = new long[Bits.words(capacity)];
    }
    errors = own(errors, ownErrors);
    return errors;
  }

  private static long[] own(long[] current, long[] own) {
    if (current == own) {
      return own;
    }
    int words = current == null ? 0 : Math.min(current.length, own.length);
    if (words > 0) {
      System.arraycopy(current, 0, own, 0, words);
    }
    Arrays.fill(own, words, own.length, 0);
    return own;
  }

  /**
   * Takes over all of a slot's vector without copying. Not for borrowed vectors, whose arrays are
   * soon somebody else's.
   */
  void share(Vector slot) {
    numbers = slot.numbers;
    codes = slot.codes;
    dictionary = slot.dictionary;
    missing = slot.missing;
    invalid = slot.invalid;
    errors = slot.errors;
  }

  /** Adds bits, which are copied, to those of the missing rows. */
  void addMissing(long[] bits) {
    if (bits != null) {
      or(missingBuffer(), bits);
    }
  }

  /** Adds bits, which are copied, to those of the failed rows. */
  void addErrors(long[] bits) {
    if (bits != null) {
      or(errorBuffer(), bits);
    }
  }

  /** Marks a row as failed, and so as missing. */
  void fail(int row) {
    Bits.set(errorBuffer(), row);
    Bits.set(missingBuffer(), row);
  }

  private static void or(long[] bits, long[] more) {
    for (int i = 0, n = Math.min(bits.length, more.length); i < n; i++) {
      bits[i] |= more[i];
    }
  }
}
