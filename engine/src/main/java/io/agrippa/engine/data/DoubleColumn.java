package io.agrippa.engine.data;

/**
 * Real numbers, single ones widened (see {@link Type}). A NaN is a value, not a missing one.
 *
 * @param values one value a row; undefined where missing or malformed
 * @param missing bits of the missing rows, or null when none is (see {@link Bits})
 * @param malformed texts that could not be read as a number; {@link Malformed#NONE} for typed
 *     sources
 */
public record DoubleColumn(double[] values, long[] missing, Malformed malformed) implements Column {
  /** A column without malformed values. */
  public DoubleColumn(double[] values, long[] missing) {
    this(values, missing, Malformed.NONE);
  }

  @Override
  public boolean isMissing(int row) {
    return Bits.get(missing, row);
  }
}
