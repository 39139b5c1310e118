package io.agrippa.engine.reference;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;

/** One block's column of one result, row by row. */
final class ResultColumn {
  private final Type.Scalar type;
  private final double[] doubles;
  private final long[] longs;
  private final int[] codes;
  private final long[] missing;
  private final DictionaryBuilder texts = new DictionaryBuilder();

  ResultColumn(Result result, int rows) {
    type = result.type();
    doubles = type == Type.Scalar.DOUBLE ? new double[rows] : null;
    codes = type == Type.Scalar.STRING ? new int[rows] : null;
    longs = doubles == null && codes == null ? new long[rows] : null;
    missing = new long[Bits.words(rows)];
  }

  /** Sets a row's value, of the Java type that {@link Result#of} gives. */
  void set(int row, Object value) {
    if (codes != null) {
      codes[row] = value == null ? StringColumn.MISSING : texts.code((String) value);
    } else if (value == null) {
      Bits.set(missing, row);
    } else if (doubles != null) {
      doubles[row] = (Double) value;
    } else {
      longs[row] = (Long) value;
    }
  }

  Column column() {
    if (codes != null) {
      return new StringColumn(codes, texts.snapshot());
    }
    long[] bits = Bits.any(missing) ? missing : null;
    return doubles != null ? new DoubleColumn(doubles, bits) : new LongColumn(longs, bits);
  }
}
