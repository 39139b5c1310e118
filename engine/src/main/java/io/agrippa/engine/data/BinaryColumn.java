package io.agrippa.engine.data;

/**
 * Byte strings and decimals. Kernels do not compute on them; they pass through.
 *
 * @param values one array a row, null where missing; the arrays are not to be written to
 */
public record BinaryColumn(byte[][] values) implements Column {
  @Override
  public boolean isMissing(int row) {
    return values[row] == null;
  }
}
