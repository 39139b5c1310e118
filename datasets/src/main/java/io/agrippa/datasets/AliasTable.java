package io.agrippa.datasets;

import java.util.Arrays;

/**
 * Draws an index with given weights in constant time: Walker's alias method, the table built as
 * Vose did (A linear algorithm for generating random numbers with a given distribution, 1991).
 */
final class AliasTable {
  private final double[] keep; // chance that a drawn index stands for itself
  private final int[] alias; // what it stands for otherwise

  /** A table for weights that are not negative and not all zero. */
  AliasTable(double[] weights) {
    int n = weights.length;
    double scale = n / Arrays.stream(weights).sum();
    keep = new double[n];
    alias = new int[n];
    int[] work = new int[n]; // small ones from the front, large ones from the back
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      keep[i] = weights[i] * scale;
      if (keep[i] < 1) {
        work[small++] = i;
      } else {
        work[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int poor = work[--small];
      int rich = work[large];
      alias[poor] = rich;
      keep[rich] -= 1 - keep[poor];
      if (keep[rich] < 1) {
        large++;
        work[small++] = rich;
      }
    }
    // What is left is one but for rounding.
    while (small > 0) {
      keep[work[--small]] = 1;
    }
    while (large < n) {
      keep[work[large++]] = 1;
    }
  }

  /** The index for two independent draws of a row. */
  int draw(Draws cell, Draws coin, long row) {
    int i = cell.index(row, keep.length);
    return coin.uniform(row) < keep[i] ? i : alias[i];
  }
}
