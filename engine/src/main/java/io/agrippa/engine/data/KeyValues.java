package io.agrippa.engine.data;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Values of a key: equal where they are of the same bits or text, or both missing. */
public final class KeyValues {
  private KeyValues() {}

  /** A text that is not of its column's type: another value than any that is. */
  private record Text(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The value of a row as an object with equality; null where missing. */
  static Object value(Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      String text = longs.malformed().at(row);
      return text == null ? (Object) longs.values()[row] : new Text(text);
    }
    if (column instanceof DoubleColumn doubles) {
      String text = doubles.malformed().at(row);
      return text == null ? (Object) doubles.values()[row] : new Text(text);
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    return ByteBuffer.wrap(((BinaryColumn) column).values()[row]);
  }

  /**
   * Whether rows of two blocks have equal values in a column.
   *
   * @param one the column in the one block
   * @param other the same column in the other block, or the same block
   */
  public static boolean isSame(Column one, int row, Column other, int otherRow) {
    if (one instanceof StringColumn a
        && other instanceof StringColumn b
        && a.dictionary() == b.dictionary()) {
      return isSameCode(a.codes()[row], b.codes()[otherRow]);
    }
    return Objects.equals(value(one, row), value(other, otherRow));
  }

  /** The first row whose value is another than that of the row before it, or {@code rows}. */
  static int firstChange(Column column, int rows) {
    int row = 1;
    if (column instanceof StringColumn strings) {
      int[] codes = strings.codes();
      while (row < rows && isSameCode(codes[row - 1], codes[row])) {
        row++;
      }
    } else if (column instanceof LongColumn longs
        && longs.missing() == null
        && longs.malformed() == Malformed.NONE) {
      long[] values = longs.values();
      while (row < rows && values[row - 1] == values[row]) {
        row++;
      }
    } else if (rows > 0) {
      Object first = value(column, 0);
      while (row < rows && Objects.equals(first, value(column, row))) {
        row++;
      }
    }
    return Math.min(row, rows);
  }

  private static boolean isSameCode(int one, int other) {
    return one == other || (one < 0 && other < 0); // a dictionary's texts are distinct
  }
}
