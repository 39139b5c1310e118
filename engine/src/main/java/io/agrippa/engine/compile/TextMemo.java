package io.agrippa.engine.compile;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
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

  /**
   * Beyond so many texts a dictionary of results is begun anew, so that it does not grow with the
   * data.
   */
  private static final int MOST_TEXTS = 1 << 16;

  private Dictionary source = Dictionary.EMPTY;
  private int known;
  private double[] numbers = new double[0];
  private int[] codes = new int[0];
  private byte[] states = new byte[0];
  private DictionaryBuilder texts;

  /** Computes the results of one entry. */
  interface Translation {
    /** Sets the result of the entry by the memo's {@code set} methods. Without one it is 0. */
    void translate(String text, int code, TextMemo memo);
  }

  /** Makes the results those of this dictionary, computing only what is new. */
  void update(Dictionary dictionary, Translation translation) {
    if (dictionary == source) {
      return;
    }
    if (!dictionary.extendsFrom(source)) {
      known = 0;
      if (texts != null && texts.size() > MOST_TEXTS) {
        texts = null;
      }
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
  }

  void setNumber(int code, double number) {
    numbers[code] = number;
  }

  void setText(int code, String text) {
    codes[code] = texts().code(text);
  }

  void setCode(int code, int value) {
    codes[code] = value;
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

  /** Codes by entry; not to be written to. */
  int[] codes() {
    return codes;
  }

  /** {@link #OK}, {@link #MISSING} or {@link #ERROR} by entry; not to be written to. */
  byte[] states() {
    return states;
  }

  /** Gives codes to texts of results. */
  DictionaryBuilder texts() {
    if (texts == null) {
      texts = new DictionaryBuilder();
    }
    return texts;
  }

  /** For results that do not go by entry: begins the texts anew if they have become too many. */
  DictionaryBuilder freshTexts() {
    if (texts != null && texts.size() > MOST_TEXTS) {
      texts = null;
      source = Dictionary.EMPTY;
      known = 0;
    }
    return texts();
  }
}
