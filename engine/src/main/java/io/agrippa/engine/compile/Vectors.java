package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;

/** Small work on vectors. */
final class Vectors {
  private Vectors() {}

  /** The text of a row's value, for messages; null where missing. */
  static String text(Vector vector, DataType type, int row) {
    if (Bits.get(vector.missing, row)) {
      return null;
    }
    return type.kind() == DataType.Kind.STRING
        ? vector.dictionary.value(vector.codes[row])
        : Literals.text(vector.numbers[row], type);
  }

  /** Makes all rows but some missing. */
  static void keepOnly(long[] kept, FieldType type, Frame frame, Vector vector) {
    if (kept == null) {
      return;
    }
    int rows = frame.rows();
    int[] codes = null;
    if (type.isText()) {
      int[] shared = vector.codes;
      codes = vector.codeBuffer();
      if (shared != codes) {
        System.arraycopy(shared, 0, codes, 0, rows);
      }
    }
    for (int row = 0; row < rows; row++) {
      if (!Bits.get(kept, row)) {
        Bits.set(vector.missingBuffer(), row);
        if (vector.errors != null) {
          Bits.clear(vector.errorBuffer(), row);
        }
        if (codes != null) {
          codes[row] = -1;
        }
      }
    }
  }
}
