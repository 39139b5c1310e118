package io.agrippa.engine.data;

/**
 * Whole numbers, booleans, dates and times (see {@link Type}).
 *
 * @param values one value a row; undefined where missing or malformed
 * @param missing bits of the missing rows, or null when none is (see {@link Bits})
 * @param malformed texts that could not be read as the column's type; {@link Malformed#NONE} for
 *     typed sources
 */
public record LongColumn(long[] values, long[] missing, Malformed malformed) implements Column {
  /** A column without malformed values. */
  public LongColumn(long[] values, long[] missing) {
    this(values, missing, Malformed.NONE);
  }

  @Override
  public boolean isMissing(int row) {
    return Bits.get(missing, row);
  }
}
