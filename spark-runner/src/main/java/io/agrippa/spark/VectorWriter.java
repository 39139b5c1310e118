package io.agrippa.spark;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Writes the columns of results into Spark's vectors. For one thread at a time. */
final class VectorWriter {
  private final Type type;
  private Dictionary dictionary; // whose texts were encoded last
  private byte[][] encoded = new byte[0][]; // by code, where they were met

  /** The writer of results of this type, which {@link SparkTypes#dataType} is Spark's. */
  VectorWriter(Type type) {
    this.type = type;
  }

  /**
   * Writes the first rows of a column.
   *
   * @param at the row of the vector to begin at
   */
  void write(Column column, int rows, WritableColumnVector into, int at) {
    if (column instanceof DoubleColumn doubles) {
      write(doubles.values(), rows, into, at);
    } else if (column instanceof StringColumn strings) {
      write(strings, rows, into, at);
    } else {
      write(((LongColumn) column).values(), rows, into, at);
    }
    for (int row = 0; row < rows; row++) {
      if (column.isMissing(row)) {
        into.putNull(at + row);
      }
    }
  }

  private void write(double[] values, int rows, WritableColumnVector into, int at) {
    if (type == Type.Scalar.FLOAT) {
      for (int row = 0; row < rows; row++) {
        into.putFloat(at + row, (float) values[row]);
      }
    } else {
      into.putDoubles(at, rows, values, 0);
    }
  }

  private void write(StringColumn column, int rows, WritableColumnVector into, int at) {
    if (column.dictionary() != dictionary) {
      boolean extended = dictionary != null && column.dictionary().extendsFrom(dictionary);
      encoded =
          extended
              ? Arrays.copyOf(encoded, column.dictionary().size())
              : new byte[column.dictionary().size()][];
      dictionary = column.dictionary();
    }
    for (int row = 0; row < rows; row++) {
      int code = column.codes()[row];
      if (code != StringColumn.MISSING) {
        if (encoded[code] == null) {
          encoded[code] = dictionary.value(code).getBytes(StandardCharsets.UTF_8);
        }
        into.putByteArray(at + row, encoded[code]);
      }
    }
  }

  private void write(long[] values, int rows, WritableColumnVector into, int at) {
    if (type instanceof Type.Time) {
      for (int row = 0; row < rows; row++) {
        into.putLong(at + row, values[row] * SparkTypes.NANOS_PER_MICRO);
      }
    } else if (!(type instanceof Type.Scalar scalar)) { // a timestamp
      into.putLongs(at, rows, values, 0);
    } else {
      for (int row = 0; row < rows; row++) {
        switch (scalar) {
          case BOOLEAN -> into.putBoolean(at + row, values[row] != 0);
          case BYTE -> into.putByte(at + row, (byte) values[row]);
          case SHORT -> into.putShort(at + row, (short) values[row]);
          case INT, DATE -> into.putInt(at + row, (int) values[row]);
          default -> into.putLong(at + row, values[row]);
        }
      }
    }
  }
}
