package io.agrippa.engine.arrow;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.List;

/** One column of consecutive blocks. */
final class Joined {
  private Joined() {}

  /**
   * A column that is as long as all blocks together. What was no value of its type is missing.
   *
   * @param index position of the column in each block
   */
  static Column column(Type type, int index, int rows, List<Block> blocks) {
    if (type.column() == StringColumn.class) {
      return strings(index, rows, blocks);
    }
    long[] missing = new long[Bits.words(rows)];
    long[] longs = type.column() == LongColumn.class ? new long[rows] : null;
    double[] doubles = type.column() == DoubleColumn.class ? new double[rows] : null;
    byte[][] bytes = type.column() == BinaryColumn.class ? new byte[rows][] : null;
    int from = 0;
    for (Block block : blocks) {
      Column column = block.column(index);
      int count = block.rows();
      if (column instanceof LongColumn part) {
        System.arraycopy(part.values(), 0, longs, from, count);
      } else if (column instanceof DoubleColumn part) {
        System.arraycopy(part.values(), 0, doubles, from, count);
      } else {
        System.arraycopy(((BinaryColumn) column).values(), 0, bytes, from, count);
      }
      for (int row = 0; row < count; row++) {
        if (column.isMissing(row)) {
          Bits.set(missing, from + row);
        }
      }
      from += count;
    }
    long[] bits = Bits.any(missing) ? missing : null;
    return longs != null
        ? new LongColumn(longs, bits)
        : doubles != null ? new DoubleColumn(doubles, bits) : new BinaryColumn(bytes);
  }

  private static StringColumn strings(int index, int rows, List<Block> blocks) {
    DictionaryBuilder texts = new DictionaryBuilder();
    int[] codes = new int[rows];
    int from = 0;
    for (Block block : blocks) {
      StringColumn part = (StringColumn) block.column(index);
      for (int row = 0; row < block.rows(); row++) {
        String text = part.value(row);
        codes[from + row] = text == null ? StringColumn.MISSING : texts.code(text);
      }
      from += block.rows();
    }
    return new StringColumn(codes, texts.snapshot());
  }
}
