package io.agrippa.engine.compile;

import io.agrippa.engine.data.Dictionary;
import java.util.Arrays;

/**
 * What a worker computed for the entries of a dictionary, kept for as long as the dictionary, or
 * one that extends it, comes along. An entry's result is a number or the code of a text, or
 * missing, or an error. Not safe for use by many threads.
 */
final class TextMemo {
  /** The entry has a result. */
  static final byte OK = 0;

  /** The entry's result is missing. */
  static final byte MISSING = 1;

  /** The entry has no result because of a mistake. */
  static final byte ERROR = 2;

  private Dictionary source = Dictionary.EMPTY;
  private int known;
  private double[] numbers = new double[0];
  private int[] codes = new int[0];
  private byte[] states = new byte[0];
  private TextPool pool;
  private int generation;

  /** Computes the results of one entry. */
  interface Translation {
    /** Sets the result of the entry by the memo's {@code set} methods. Without one it is 0. */
    void translate(String text, int code, TextMemo memo);
  }

  /** Makes the results those of this dictionary, computing only what is new. */
  void update(Dictionary dictionary, Translation translation) {
    boolean valid = pool == null || pool.generation() == generation;
    if (dictionary == source && valid) {
      return;
    }
    if (!valid || !dictionary.extendsFrom(source)) {
      known = 0;
    }
    int size = dictionary.size();
    if (states.length < size) {
      int capacity = Math.max(size, states.length * 2);
      states = Arrays.copyOf(states, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
      codes = Arrays.copyOf(codes, capacity);
    }
    for (int code = known; code < size; code++) {
      states[code] = OK;
      numbers[code] = 0;
      codes[code] = -1;
      translation.translate(dictionary.value(code), code, this);
    }
    known = size;
    source = dictionary;
    generation = pool == null ? 0 : pool.generation();
  }

  void setNumber(int code, double number) {
    numbers[code] = number;
  }

  /** Sets the text of an entry's result. */
  void setText(int code, String text) {
    codes[code] = pool().code(text);
  }

  void setMissing(int code) {
    states[code] = MISSING;
  }

  void setError(int code) {
    states[code] = ERROR;
  }

  /** Numbers by entry; not to be written to. */
  double[] numbers() {
    return numbers;
  }

  /** Codes in the {@link #pool} by entry; not to be written to. */
  int[] codes() {
    return codes;
  }

  /** {@link #OK}, {@link #MISSING} or {@link #ERROR} by entry; not to be written to. */
  byte[] states() {
    return states;
  }

  /** The texts of the results. */
  TextPool pool() {
    if (pool == null) {
      pool = new TextPool();
      generation = pool.generation();
    }
    return pool;
  }

  /** Gives codes of another memo's texts from now on. */
  void share(TextPool other) {
    if (pool != other) {
      pool = other;
      known = 0;
      source = Dictionary.EMPTY;
      generation = other.generation();
    }
  }
}
