package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a column as classes: texts as they are, numbers as they are written, 1 and 1.0 alike. For
 * one thread at a time.
 */
final class LabelReader {
  private static final int UNKNOWN = -1;

  private final int index;
  private final Type type;
  private final Labels labels;
  private final int[] numbers = new int[Block.MAX_ROWS];
  private final byte[] states = new byte[Block.MAX_ROWS];
  private final Map<Double, Integer> ofNumbers = new HashMap<>();
  private Dictionary dictionary = Dictionary.EMPTY;
  private int[] ofCodes = new int[0];

  /**
   * @param labels numbers the classes that are met
   * @throws IllegalArgumentException if the column has no classes
   */
  LabelReader(Schema schema, int index, Labels labels) {
    this.index = index;
    this.type = schema.field(index).type();
    this.labels = labels;
    if (type == Type.Scalar.BINARY || type instanceof Type.Decimal) {
      throw new IllegalArgumentException(
          "column \"%s\" of type %s cannot be read as classes; name another column"
              .formatted(schema.field(index).name(), type));
    }
  }

  /** Reads the block's rows. */
  void read(Block block) {
    Column column = block.column(index);
    int rows = block.rows();
    if (column instanceof StringColumn strings) {
      readTexts(strings, rows);
    } else if (column instanceof LongColumn longs) {
      for (int row = 0; row < rows; row++) {
        read(row, longs, longs.malformed(), (double) longs.values()[row]);
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int row = 0; row < rows; row++) {
        read(row, doubles, doubles.malformed(), doubles.values()[row]);
      }
    }
  }

  private void readTexts(StringColumn column, int rows) {
    if (column.dictionary() != dictionary) {
      dictionary = column.dictionary();
      ofCodes = new int[dictionary.size()];
      Arrays.fill(ofCodes, UNKNOWN);
    }
    for (int row = 0; row < rows; row++) {
      int code = column.codes()[row];
      if (code < 0) {
        states[row] = RowState.MISSING;
      } else {
        if (ofCodes[code] == UNKNOWN) {
          ofCodes[code] = labels.number(dictionary.value(code));
        }
        states[row] = RowState.VALUE;
        numbers[row] = ofCodes[code];
      }
    }
  }

  private void read(int row, Column column, Malformed malformed, double value) {
    states[row] = NumberReader.state(column, malformed, row);
    if (states[row] == RowState.VALUE) {
      if (Double.isNaN(value)) {
        states[row] = RowState.MALFORMED;
      } else {
        numbers[row] =
            ofNumbers.computeIfAbsent(
                value + 0.0, number -> labels.number(ValueText.of(type, number)));
      }
    }
  }

  /** The class of a row of the block read last; anything unless {@link #state} is VALUE. */
  int label(int row) {
    return numbers[row];
  }

  /** What a row has: see {@link RowState}. */
  byte state(int row) {
    return states[row];
  }
}
