package io.agrippa.engine.data;

import java.util.Arrays;

/**
 * The rows of a numeric column whose text is not of the column's type, with their texts. PMML calls
 * such a value invalid and lets the document say what to do with it, so a reader keeps it instead
 * of failing.
 */
public final class Malformed {
  /** No malformed value. */
  public static final Malformed NONE = new Malformed(new int[0], new String[0]);

  private final int[] rows;
  private final String[] texts;

  private Malformed(int[] rows, String[] texts) {
    this.rows = rows;
    this.texts = texts;
  }

  /** The given rows, ascending, with their texts; {@link #NONE} where there are none. */
  public static Malformed of(int[] rows, String[] texts) {
    if (rows.length != texts.length) {
      throw new IllegalArgumentException(rows.length + " rows but " + texts.length + " texts");
    }
    return rows.length == 0 ? NONE : new Malformed(rows.clone(), texts.clone());
  }

  /** Number of malformed values. */
  public int size() {
    return rows.length;
  }

  /** Row of the {@code index}-th malformed value, ascending in {@code index}. */
  public int row(int index) {
    return rows[index];
  }

  /** Text of the {@code index}-th malformed value. */
  public String text(int index) {
    return texts[index];
  }

  /** The text in this row, or null where the row's value is well formed or missing. */
  public String at(int row) {
    int index = Arrays.binarySearch(rows, row);
    return index < 0 ? null : texts[index];
  }

  /** Those in rows {@code from} to {@code to} − 1, by their row behind {@code from}. */
  public Malformed slice(int from, int to) {
    int begin = 0;
    while (begin < rows.length && rows[begin] < from) {
      begin++;
    }
    int end = begin;
    while (end < rows.length && rows[end] < to) {
      end++;
    }
    int[] moved = Arrays.copyOfRange(rows, begin, end);
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= from;
    }
    return moved.length == 0 ? NONE : new Malformed(moved, Arrays.copyOfRange(texts, begin, end));
  }

  /** Those in the first {@code count} rows. */
  public Malformed first(int count) {
    int kept = 0;
    while (kept < rows.length && rows[kept] < count) {
      kept++;
    }
    if (kept == rows.length) {
      return this;
    }
    return kept == 0 ? NONE : new Malformed(Arrays.copyOf(rows, kept), Arrays.copyOf(texts, kept));
  }
}
