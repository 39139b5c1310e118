package io.agrippa.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trees of any size, walked down for eight rows at a time.
 *
 * <p>A walk waits for memory at every step, so eight of them are interleaved and wait together.
 * Nothing branches: the way at a node is the sign of threshold less value, the two children of a
 * node are neighbours, and an outcome is a node that leads to itself. Values lie in groups of eight
 * rows, column after column, so that a group stays in the first-level cache while it runs through a
 * tree; the tree stays in the second-level cache while a tile of rows runs through it.
 *
 * <p>A value that is missing, or is not a number, is infinite here: above all thresholds, so it
 * goes the way of no. Where it has to go the way of yes, the node asks the opposite question of the
 * column's negative. Conditions that are no comparisons are columns of 0 (holds) and 1.
 *
 * <p>Outcomes are numbered through all trees. Immutable; {@link Builder} makes it.
 */
public final class SteppedTrees {
  /** Most rows of a tile. */
  private static final int MOST_ROWS = 2048;

  /** Numbers in a tile that stay in the second-level cache beside a tree. */
  private static final int TILE_NUMBERS = 1 << 16;

  private static final int LANES = 8;

  /** The column whose values are all 0: outcomes compare it with 0 and stay where they are. */
  private static final int ZEROS = 0;

  private final long[] nodes; // pairs: child's place << 32 | column · 8; threshold's bits
  private final int[] entries; // by node: outcome, −1 for none or for an inner node
  private final int[] roots; // places
  private final int[] outcomeStarts; // by tree
  private final int[] sources; // by column but the first: input, or ~condition
  private final boolean[] negated; // by column but the first
  private final boolean anyNone;
  private final int tileRows;

  private SteppedTrees(Builder b) {
    nodes = Arrays.copyOf(b.nodes, b.size * 2);
    entries = Arrays.copyOf(b.entries, b.size);
    roots = b.roots.stream().mapToInt(Integer::intValue).toArray();
    outcomeStarts = b.outcomeStarts.stream().mapToInt(Integer::intValue).toArray();
    sources = b.columns.stream().mapToInt(Builder.Column::source).toArray();
    negated = new boolean[sources.length];
    for (int c = 0; c < negated.length; c++) {
      negated[c] = b.columns.get(c).negated;
    }
    anyNone = b.anyNone;
    int rows = TILE_NUMBERS / (sources.length + 1) / LANES * LANES;
    tileRows = Math.max(LANES, Math.min(MOST_ROWS, rows));
  }

  /** Number of trees. */
  public int size() {
    return roots.length;
  }

  /** Number of nodes, for descriptions of a plan. */
  public int nodeCount() {
    return entries.length;
  }

  /** Rows of a tile. */
  public int tileRows() {
    return tileRows;
  }

  /** Number of outcomes of all trees. */
  public int outcomeCount() {
    return outcomeStarts[outcomeStarts.length - 1];
  }

  /** The number of a tree's first outcome. */
  public int outcomeStart(int tree) {
    return outcomeStarts[tree];
  }

  /** Whether any tree has rows without an outcome. */
  public boolean mayHaveNone() {
    return anyNone;
  }

  /** Scratch space for a tile. */
  public Scratch scratch() {
    return new Scratch((sources.length + 1) * tileRows);
  }

  /** What a worker needs for walking. */
  public static final class Scratch {
    private double[] values; // group of eight rows, column, row
    private final int[] ends = new int[LANES];
    private int rows;

    private Scratch(int numbers) {
      values = new double[numbers];
    }
  }

  /** Conditions that are no comparisons. */
  public interface Truths {
    /** Whether a condition holds for a row. */
    boolean holds(int condition, int row);
  }

  /**
   * Begins a tile.
   *
   * @param rows the rows, {@code rows[from] … rows[from + count − 1]}
   * @param count at most {@link #tileRows}
   */
  public void begin(
      Scratch scratch, RowColumns columns, Truths truths, int[] rows, int from, int count) {
    scratch.rows = count;
    double[] out = scratch.values;
    int stride = (sources.length + 1) * LANES;
    for (int g = 0; g * LANES < count; g++) {
      Arrays.fill(out, g * stride, g * stride + LANES, 0);
    }
    for (int c = 0; c < sources.length; c++) {
      int source = sources[c];
      int at = (c + 1) * LANES;
      if (source < 0) {
        for (int r = 0; r < count; r++) {
          boolean holds = truths.holds(~source, rows[from + r]);
          out[(r >>> 3) * stride + at + (r & 7)] = holds ? 0 : 1;
        }
      } else {
        numbers(
            columns.numbers[source],
            columns.missing[source],
            negated[c],
            rows,
            from,
            count,
            out,
            at,
            stride);
      }
    }
  }

  private static void numbers(
      double[] x,
      long[] missing,
      boolean negated,
      int[] rows,
      int from,
      int count,
      double[] out,
      int at,
      int stride) {
    for (int r = 0; r < count; r++) {
      int row = rows[from + r];
      double value = negated ? -x[row] : x[row];
      if (Double.isNaN(value)) {
        // Not a number is above all numbers, so its negative is below.
        value = negated ? -Double.MAX_VALUE : Double.POSITIVE_INFINITY;
      }
      if (missing != null && (missing[row >>> 6] >>> row & 1) != 0) {
        value = Double.POSITIVE_INFINITY;
      }
      out[(r >>> 3) * stride + at + (r & 7)] = value;
    }
  }

  /**
   * Walks all rows of the tile down one tree.
   *
   * @param outcomes gets the outcome of each row of the tile, −1 for none
   */
  public void walk(Scratch scratch, int tree, int[] outcomes) {
    int stride = (sources.length + 1) * LANES;
    int root = roots[tree];
    int[] ends = scratch.ends;
    for (int r = 0; r < scratch.rows; r += LANES) {
      Arrays.fill(ends, root);
      walk(nodes, scratch.values, (r >>> 3) * stride, 1, ends);
      int lanes = Math.min(LANES, scratch.rows - r);
      for (int i = 0; i < lanes; i++) {
        outcomes[r + i] = entries[ends[i] >>> 1];
      }
    }
  }

  /**
   * Walks one row of the tile down all trees, eight at a time.
   *
   * @param row of the tile
   * @param outcomes gets the outcome in each tree, −1 for none
   */
  public void walkAll(Scratch scratch, int row, int[] outcomes) {
    int stride = (sources.length + 1) * LANES;
    int base = (row >>> 3) * stride + (row & 7);
    int[] ends = scratch.ends;
    for (int t = 0; t < roots.length; t += LANES) {
      int lanes = Math.min(LANES, roots.length - t);
      for (int i = 0; i < LANES; i++) {
        ends[i] = roots[t + Math.min(i, lanes - 1)];
      }
      walk(nodes, scratch.values, base, 0, ends);
      for (int i = 0; i < lanes; i++) {
        outcomes[t + i] = entries[ends[i] >>> 1];
      }
    }
  }

  /**
   * Walks eight ways at a time, until none moves any more.
   *
   * @param base where the first way's row starts; the next one's starts {@code lane} behind
   * @param ends gets the places at which the ways end; holds those at which they start
   */
  private static void walk(long[] nodes, double[] values, int base, int lane, int[] ends) {
    int b1 = base + lane;
    int b2 = b1 + lane;
    int b3 = b2 + lane;
    int b4 = b3 + lane;
    int b5 = b4 + lane;
    int b6 = b5 + lane;
    int b7 = b6 + lane;
    int n0 = ends[0];
    int n1 = ends[1];
    int n2 = ends[2];
    int n3 = ends[3];
    int n4 = ends[4];
    int n5 = ends[5];
    int n6 = ends[6];
    int n7 = ends[7];
    while (true) {
      int m0 = step(nodes, values, base, n0);
      int m1 = step(nodes, values, b1, n1);
      int m2 = step(nodes, values, b2, n2);
      int m3 = step(nodes, values, b3, n3);
      int m4 = step(nodes, values, b4, n4);
      int m5 = step(nodes, values, b5, n5);
      int m6 = step(nodes, values, b6, n6);
      int m7 = step(nodes, values, b7, n7);
      int moved =
          (m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3) | (m4 ^ n4) | (m5 ^ n5) | (m6 ^ n6)
              | (m7 ^ n7);
      if (moved == 0) {
        break;
      }
      n0 = m0;
      n1 = m1;
      n2 = m2;
      n3 = m3;
      n4 = m4;
      n5 = m5;
      n6 = m6;
      n7 = m7;
    }
    ends[0] = n0;
    ends[1] = n1;
    ends[2] = n2;
    ends[3] = n3;
    ends[4] = n4;
    ends[5] = n5;
    ends[6] = n6;
    ends[7] = n7;
  }

  /** The place after one step: the sign of threshold less value chooses the child. */
  private static int step(long[] nodes, double[] values, int base, int place) {
    long link = nodes[place];
    double threshold = Double.longBitsToDouble(nodes[place + 1]);
    long sign = Double.doubleToRawLongBits(threshold - values[base + (int) link]);
    return (int) (link >>> 32) + ((int) (sign >>> 62) & 2);
  }

  /** Collects trees. Not safe for use by many threads. */
  public static final class Builder {
    private final List<Column> columns = new ArrayList<>();
    private final Map<Column, Integer> columnNumbers = new HashMap<>();
    private final List<Integer> roots = new ArrayList<>();
    private final List<Integer> outcomeStarts = new ArrayList<>(List.of(0));
    private long[] nodes = new long[64];
    private int[] entries = new int[32];
    private int size;
    private boolean anyNone;

    private record Column(int source, boolean negated) {}

    private int column(int source, boolean negated) {
      Column column = new Column(source, negated);
      Integer known = columnNumbers.get(column);
      if (known == null) {
        columns.add(column);
        known = columns.size();
        columnNumbers.put(column, known);
      }
      return known;
    }

    /** Number of columns so far. */
    public int columns() {
      return columns.size();
    }

    /** The decisions of a tree; see {@link SlicedTrees.Builder#tree}. */
    public interface Tree {
      /** Number of decisions. */
      int size();

      /** Decision or {@code ~outcome} to start with. */
      int root();

      /** Number of outcomes. */
      int outcomeCount();

      /** The outcome of rows without one, or −1. */
      int none();

      /** An input that is compared with the threshold, or {@code ~condition}. */
      int feature(int decision);

      /** {@code x ≤ threshold} is what is asked; finite. */
      double threshold(int decision);

      /** Whether a missing number goes the way of yes. */
      boolean missingHolds(int decision);

      /** Decision or {@code ~outcome}. */
      int yes(int decision);

      /** Decision or {@code ~outcome}. */
      int no(int decision);
    }

    /** Adds a tree. */
    public void tree(Tree tree) {
      int start = outcomeStarts.get(outcomeStarts.size() - 1);
      int[] children = new int[tree.size()]; // node of a decision's first child, 0 if not placed
      int root = allocate(1);
      roots.add(root * 2);
      int[] open = new int[64];
      int depth = 0;
      // Pairs of node and what stands there: a decision or an outcome.
      open[depth++] = root;
      open[depth++] = tree.root();
      while (depth > 0) {
        int what = open[--depth];
        int node = open[--depth];
        if (what < 0) {
          outcome(node, start, ~what, tree.none());
          continue;
        }
        boolean swapped = tree.feature(what) >= 0 && tree.missingHolds(what);
        boolean placed = children[what] != 0;
        if (!placed) {
          children[what] = allocate(2);
        }
        decision(node, tree, what, children[what], swapped);
        if (!placed) {
          if (depth + 4 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
          }
          open[depth++] = children[what] + 1;
          open[depth++] = swapped ? tree.yes(what) : tree.no(what);
          open[depth++] = children[what];
          open[depth++] = swapped ? tree.no(what) : tree.yes(what);
        }
      }
      outcomeStarts.add(start + tree.outcomeCount());
    }

    private int allocate(int count) {
      int first = size;
      size += count;
      if (size > entries.length) {
        int capacity = Math.max(size, entries.length * 2);
        entries = Arrays.copyOf(entries, capacity);
        nodes = Arrays.copyOf(nodes, capacity * 2);
      }
      return first;
    }

    private void outcome(int node, int start, int outcome, int none) {
      nodes[node * 2] = (node * 2L) << 32 | ZEROS;
      nodes[node * 2 + 1] = Double.doubleToRawLongBits(0.0);
      entries[node] = outcome == none ? -1 : start + outcome;
      anyNone |= outcome == none;
    }

    private void decision(int node, Tree tree, int decision, int child, boolean swapped) {
      int source = tree.feature(decision);
      double threshold = tree.threshold(decision);
      if (source < 0) {
        threshold = 0.5;
      } else if (swapped) {
        // x > t asks the same as −x < −t, which is −x ≤ the double below −t.
        threshold = Math.nextDown(-threshold);
      }
      nodes[node * 2] = (child * 2L) << 32 | (long) column(source, swapped) * LANES;
      nodes[node * 2 + 1] = Double.doubleToRawLongBits(threshold);
      entries[node] = -1;
    }

    /** The trees; the builder is not to be used afterwards. */
    public SteppedTrees build() {
      return new SteppedTrees(this);
    }
  }
}
