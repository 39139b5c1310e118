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
}
