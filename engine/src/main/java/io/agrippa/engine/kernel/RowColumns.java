package io.agrippa.engine.kernel;

/**
 * The columns that trees look at, by number; scratch space of a worker that is set for each block.
 * Numbers are in {@link #numbers}; categories are {@code classes[input][codes[input][row]]}.
 */
public final class RowColumns {
  /** By input, then row; undefined where missing. */
  public final double[][] numbers;

  /** By input, then row; −1 where missing. */
  public final int[][] codes;

  /** By input, then code: a class, 0 or more. */
  public final int[][] classes;

  /**
   * By input: bits of the missing rows, or null. Bit {@code row & 63} of word {@code row >>> 6}.
   */
  public final long[][] missing;

  /** Columns for so many inputs, to be filled in. */
  public RowColumns(int inputs) {
    numbers = new double[inputs][];
    codes = new int[inputs][];
    classes = new int[inputs][];
    missing = new long[inputs][];
  }
}
