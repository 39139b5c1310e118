package io.agrippa.engine.analysis;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;

/**
 * Reads a column as numbers: a text column's texts too, where they write one in decimal. Reuses its
 * arrays from block to block; for one thread at a time.
 */
final class NumberReader {
  private final int index;
  private final Type type;
  private final FieldSummary.TextNumbers texts = new FieldSummary.TextNumbers();
  private final double[] numbers = new double[Block.MAX_ROWS];
  private final byte[] states = new byte[Block.MAX_ROWS];

  /**
   * @throws IllegalArgumentException if the column has no numbers
   */
  NumberReader(Schema schema, int index) {
    this.index = index;
    this.type = schema.field(index).type();
    if (type == Type.Scalar.BINARY) {
      throw new IllegalArgumentException(
          "column \"%s\": byte strings are no numbers; name another column"
              .formatted(schema.field(index).name()));
    }
  }

  /** Reads the block's rows. */
  void read(Block block) {
    Column column = block.column(index);
    int rows = block.rows();
    if (column instanceof DoubleColumn doubles) {
      for (int row = 0; row < rows; row++) {
        double number = doubles.values()[row];
        numbers[row] = number;
        states[row] = state(doubles, doubles.malformed(), row);
        if (states[row] == RowState.VALUE && Double.isNaN(number)) {
          states[row] = RowState.MALFORMED;
        }
      }
    } else if (column instanceof LongColumn longs) {
      for (int row = 0; row < rows; row++) {
        numbers[row] = longs.values()[row];
        states[row] = state(longs, longs.malformed(), row);
      }
    } else if (column instanceof StringColumn strings) {
      readTexts(strings, rows);
    } else if (column instanceof BinaryColumn bytes && type instanceof Type.Decimal decimal) {
      for (int row = 0; row < rows; row++) {
        states[row] = bytes.isMissing(row) ? RowState.MISSING : RowState.VALUE;
        numbers[row] = bytes.isMissing(row) ? 0 : ValueText.decimal(bytes.values()[row], decimal);
      }
    }
  }

  private void readTexts(StringColumn column, int rows) {
    texts.use(column.dictionary());
    for (int row = 0; row < rows; row++) {
      int code = column.codes()[row];
      if (code < 0) {
        states[row] = RowState.MISSING;
      } else {
        numbers[row] = texts.number(code);
        states[row] = Double.isNaN(numbers[row]) ? RowState.MALFORMED : RowState.VALUE;
      }
    }
  }

  /** What a row of a column with such malformed values has. */
  static byte state(Column column, Malformed malformed, int row) {
    if (column.isMissing(row)) {
      return RowState.MISSING;
    }
    return malformed.size() > 0 && malformed.at(row) != null ? RowState.MALFORMED : RowState.VALUE;
  }

  /** The number of a row of the block read last; anything unless {@link #state} is VALUE. */
  double number(int row) {
    return numbers[row];
  }

  /** What a row has: see {@link RowState}; NaN is malformed. */
  byte state(int row) {
    return states[row];
  }
}
