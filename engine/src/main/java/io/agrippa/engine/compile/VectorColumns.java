package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.model.DataType;
import java.util.Arrays;

/** Makes columns of vectors. What it makes shares no array with a worker's scratch space. */
final class VectorColumns {
  private VectorColumns() {}

  /**
   * The column of a vector.
   *
   * @param failed further rows that are to be missing, or null
   */
  static Column column(Vector vector, DataType type, int rows, long[] failed) {
    long[] missing = missing(vector.missing, failed, rows);
    return switch (type.kind()) {
      case STRING -> texts(vector, missing, rows);
      case FLOAT, DOUBLE -> new DoubleColumn(Arrays.copyOf(vector.numbers, rows), missing);
      case INTEGER,
          BOOLEAN,
          DATE,
          TIME,
          DATE_TIME,
          DATE_DAYS_SINCE,
          TIME_SECONDS,
          DATE_TIME_SECONDS_SINCE ->
          longs(vector, missing, rows);
    };
  }

  private static long[] missing(long[] bits, long[] failed, int rows) {
    int words = Bits.words(rows);
    long[] missing = new long[words];
    long any = 0;
    for (int i = 0; i < words; i++) {
      missing[i] = (bits == null ? 0 : bits[i]) | (failed == null ? 0 : failed[i]);
    }
    if ((rows & 63) != 0) {
      missing[words - 1] &= (1L << rows) - 1;
    }
    for (long word : missing) {
      any |= word;
    }
    return any == 0 ? null : missing;
  }

  private static Column texts(Vector vector, long[] missing, int rows) {
    int[] codes = Arrays.copyOf(vector.codes, rows);
    if (missing != null) {
      for (int row = 0; row < rows; row++) {
        if (Bits.get(missing, row)) {
          codes[row] = StringColumn.MISSING;
        }
      }
    }
    return new StringColumn(codes, vector.dictionary);
  }

  private static Column longs(Vector vector, long[] missing, int rows) {
    long[] values = new long[rows];
    double[] numbers = vector.numbers;
    for (int row = 0; row < rows; row++) {
      values[row] = (long) numbers[row];
    }
    return new LongColumn(values, missing);
  }
}
