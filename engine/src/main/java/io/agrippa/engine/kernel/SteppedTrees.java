package io.agrippa.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Trees of any size, walked down for eight rows at a time.
 *
 * <p>A walk waits for memory at every step, so eight of them are interleaved and wait together.
 * Nothing branches: the two children of a node are neighbours, the way is the sign of a difference,
 * and an outcome is a node that leads to itself. To keep much of a tree near, a node is one word,
 * and asks for ranks: numbers are ranked once a tile among the thresholds of all trees (see {@link
 * Ranker}), which takes two bytes a value. Values lie in groups of eight rows, column after column,
 * so that a group stays in the first-level cache while it runs through a tree; the tree stays in
 * the second-level cache while a tile of rows runs through it.
 *
 * <p>A value that is missing has the highest rank, and so goes the way of no, or in a column of its
 * own the lowest one, and so the way of yes. What is not a number goes the way of no. A column with
 * more thresholds than two bytes can count is split. Conditions that are no comparisons are columns
 * of 0 (holds) and 1.
 *
 * <p>Outcomes are numbered through all trees. Immutable; {@link Builder} makes it.
 */
public final class SteppedTrees {
  /** Most rows of a tile. */
  private static final int MOST_ROWS = 4096;

  /** Values in a tile that stay in the second-level cache beside a tree. */
  private static final int TILE_VALUES = 1 << 17;

  private static final int LANES = 8;

  /** Trees of so many levels at most are walked down to the last without a look. */
  private static final int SHALLOW = 10;

  /** Thresholds of a column; the rank above all of them is the highest that two bytes take. */
  private static final int MOST_THRESHOLDS = 0xFFFF;

  /** The place of an outcome asks for a rank above this one, which no value has. */
  private static final int NEVER_ABOVE = 0xFFFF;

  // A node: child's place << 36 | column · 8 << 16 | rank up to which the first child is next.
  private static final int COLUMN_SHIFT = 16;
  private static final int COLUMN_BITS = 20;
  private static final int COLUMN_MASK = (1 << COLUMN_BITS) - 1;
  private static final int CHILD_SHIFT = COLUMN_SHIFT + COLUMN_BITS;
  private static final int MOST_NODES = 1 << (64 - CHILD_SHIFT);

  private final long[] nodes;
  private final int[] entries; // by node: outcome, −1 for none or for an inner node
  private final int[] roots; // places
  private final int[] depths; // by tree: decisions on the longest way
  private final int[] outcomeStarts; // by tree
  private final Ranked[] ranked;
  private final int[] conditions; // by column after those of numbers
  private final int conditionColumn; // the first of these
  private final boolean anyNone;
  private final int tileRows;

  /**
   * An input with its columns, for missing values that hold and for those that do not.
   *
   * @param plain first column in which missing values do not hold, −1 for none
   * @param withMissing first column in which they do, −1 for none
   */
  private record Ranked(int input, Ranker ranker, int plain, int withMissing) {}

  private SteppedTrees(
      Builder b, long[] nodes, Ranked[] ranked, int[] conditions, int conditionColumn) {
    this.nodes = nodes;
    this.ranked = ranked;
    this.conditions = conditions;
    this.conditionColumn = conditionColumn;
    entries = Arrays.copyOf(b.entries, b.size);
    roots = b.roots.stream().mapToInt(Integer::intValue).toArray();
    depths = b.depths.stream().mapToInt(Integer::intValue).toArray();
    outcomeStarts = b.outcomeStarts.stream().mapToInt(Integer::intValue).toArray();
    anyNone = b.anyNone;
    int rows = TILE_VALUES / columns() / LANES * LANES;
    tileRows = Math.max(LANES, Math.min(MOST_ROWS, rows));
  }

  /** One at least, because outcomes look at a column too. */
  private int columns() {
    return Math.max(1, conditionColumn + conditions.length);
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

  /** Scratch space for a tile of so many rows at most. */
  public Scratch scratch(int mostRows) {
    int rows = (Math.min(mostRows, tileRows) + LANES - 1) / LANES * LANES;
    return new Scratch(columns() * rows, rows);
  }

  /** What a worker needs for walking. */
  public static final class Scratch {
    private final char[] values; // group of eight rows, column, row
    private final int[] ranks;
    private final int[] ends = new int[LANES];
    private int rows;

    private Scratch(int numbers, int rows) {
      values = new char[numbers];
      ranks = new int[rows];
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
    int stride = columns() * LANES;
    for (Ranked column : ranked) {
      long[] missing = columns.missing[column.input];
      rank(column.ranker, columns.numbers[column.input], missing, rows, from, count, scratch.ranks);
      int thresholds = column.ranker.count();
      for (int first = 0, c = 0; first < thresholds; first += MOST_THRESHOLDS, c++) {
        int some = Math.min(MOST_THRESHOLDS, thresholds - first);
        if (column.plain >= 0) {
          put(scratch, first, some, NEVER_ABOVE, count, (column.plain + c) * LANES, stride);
        }
        if (column.withMissing >= 0) {
          put(scratch, first, some, 0, count, (column.withMissing + c) * LANES, stride);
        }
      }
    }
    for (int c = 0; c < conditions.length; c++) {
      int at = (conditionColumn + c) * LANES;
      for (int r = 0; r < count; r++) {
        boolean holds = truths.holds(conditions[c], rows[from + r]);
        scratch.values[(r >>> 3) * stride + at + (r & 7)] = (char) (holds ? 0 : 1);
      }
    }
  }

  /** Ranks of a tile's values, −1 where missing. */
  private static void rank(
      Ranker ranker, double[] x, long[] missing, int[] rows, int from, int count, int[] out) {
    if (missing == null) {
      for (int r = 0; r < count; r++) {
        out[r] = ranker.rank(x[rows[from + r]]);
      }
    } else {
      for (int r = 0; r < count; r++) {
        int row = rows[from + r];
        out[r] = (missing[row >>> 6] >>> row & 1) != 0 ? -1 : ranker.rank(x[row]);
      }
    }
  }

  /** Puts the ranks among some thresholds, {@code first} being the first of them, into a column. */
  private static void put(
      Scratch scratch, int first, int some, int missing, int count, int at, int stride) {
    int[] ranks = scratch.ranks;
    char[] out = scratch.values;
    for (int r = 0; r < count; r++) {
      int rank = ranks[r] < 0 ? missing : Math.max(0, Math.min(some, ranks[r] - first));
      out[(r >>> 3) * stride + at + (r & 7)] = (char) rank;
    }
  }

  /**
   * Walks all rows of the tile down one tree.
   *
   * @param outcomes gets the outcome of each row of the tile, −1 for none
   */
  public void walk(Scratch scratch, int tree, int[] outcomes) {
    int stride = columns() * LANES;
    int root = roots[tree];
    int depth = depths[tree];
    int[] ends = scratch.ends;
    for (int r = 0; r < scratch.rows; r += LANES) {
      Arrays.fill(ends, root);
      walk(nodes, scratch.values, (r >>> 3) * stride, 1, depth, ends);
      int lanes = Math.min(LANES, scratch.rows - r);
      for (int i = 0; i < lanes; i++) {
        outcomes[r + i] = entries[ends[i]];
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
    int stride = columns() * LANES;
    int base = (row >>> 3) * stride + (row & 7);
    int[] ends = scratch.ends;
    for (int t = 0; t < roots.length; t += LANES) {
      int lanes = Math.min(LANES, roots.length - t);
      int depth = 0;
      for (int i = 0; i < LANES; i++) {
        int tree = t + Math.min(i, lanes - 1);
        ends[i] = roots[tree];
        depth = Math.max(depth, depths[tree]);
      }
      walk(nodes, scratch.values, base, 0, depth, ends);
      for (int i = 0; i < lanes; i++) {
        outcomes[t + i] = entries[ends[i]];
      }
    }
  }

  /**
   * Walks eight ways at a time: as many steps as the longest way has where trees are shallow, else
   * until none moves any more, which takes a look at each.
   *
   * @param base where the first way's row starts; the next one's starts {@code lane} behind
   * @param ends gets the places at which the ways end; holds those at which they start
   */
  private static void walk(long[] nodes, char[] values, int base, int lane, int depth, int[] ends) {
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
    if (depth <= SHALLOW) {
      for (int d = 0; d < depth; d++) {
        n0 = step(nodes, values, base, n0);
        n1 = step(nodes, values, b1, n1);
        n2 = step(nodes, values, b2, n2);
        n3 = step(nodes, values, b3, n3);
        n4 = step(nodes, values, b4, n4);
        n5 = step(nodes, values, b5, n5);
        n6 = step(nodes, values, b6, n6);
        n7 = step(nodes, values, b7, n7);
      }
    } else {
      int moved;
      do {
        int m0 = step(nodes, values, base, n0);
        int m1 = step(nodes, values, b1, n1);
        int m2 = step(nodes, values, b2, n2);
        int m3 = step(nodes, values, b3, n3);
        int m4 = step(nodes, values, b4, n4);
        int m5 = step(nodes, values, b5, n5);
        int m6 = step(nodes, values, b6, n6);
        int m7 = step(nodes, values, b7, n7);
        // Looking whether all have arrived takes its time as well: once in two steps.
        m0 = step(nodes, values, base, m0);
        m1 = step(nodes, values, b1, m1);
        m2 = step(nodes, values, b2, m2);
        m3 = step(nodes, values, b3, m3);
        m4 = step(nodes, values, b4, m4);
        m5 = step(nodes, values, b5, m5);
        m6 = step(nodes, values, b6, m6);
        m7 = step(nodes, values, b7, m7);
        moved =
            (m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3) | (m4 ^ n4) | (m5 ^ n5) | (m6 ^ n6)
                | (m7 ^ n7);
        n0 = m0;
        n1 = m1;
        n2 = m2;
        n3 = m3;
        n4 = m4;
        n5 = m5;
        n6 = m6;
        n7 = m7;
      } while (moved != 0);
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

  /** The place after one step: the sign of asked less actual rank chooses the child. */
  private static int step(long[] nodes, char[] values, int base, int place) {
    long node = nodes[place];
    int rank = values[base + ((int) (node >>> COLUMN_SHIFT) & COLUMN_MASK)];
    return (int) (node >>> CHILD_SHIFT) + ((((int) node & 0xFFFF) - rank) >>> 31);
  }

  /**
   * {@code sums[r·width + i] += table[outcomes[r]·width + i]} for the rows of a tile and {@code i <
   * width}.
   *
   * @param outcomes none of them −1
   */
  public static void add(int[] outcomes, int count, double[] table, int width, double[] sums) {
    switch (width) {
      case 1 -> {
        for (int r = 0; r < count; r++) {
          sums[r] += table[outcomes[r]];
        }
      }
      case 2 -> {
        for (int r = 0; r < count; r++) {
          int from = outcomes[r] * 2;
          sums[r * 2] += table[from];
          sums[r * 2 + 1] += table[from + 1];
        }
      }
      case 3 -> {
        for (int r = 0; r < count; r++) {
          int from = outcomes[r] * 3;
          sums[r * 3] += table[from];
          sums[r * 3 + 1] += table[from + 1];
          sums[r * 3 + 2] += table[from + 2];
        }
      }
      default -> {
        for (int r = 0; r < count; r++) {
          int from = outcomes[r] * width;
          for (int i = 0; i < width; i++) {
            sums[r * width + i] += table[from + i];
          }
        }
      }
    }
  }

  /** Collects trees. Not safe for use by many threads. */
  public static final class Builder {
    private final List<Ask> asks = new ArrayList<>();
    private final Map<Ask, Integer> askNumbers = new HashMap<>();
    private final List<Integer> roots = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final List<Integer> outcomeStarts = new ArrayList<>(List.of(0));
    private int[] children = new int[32]; // by node: its first child, itself for an outcome
    private int[] asked = new int[32]; // by node: number of what is asked, −1 for an outcome
    private double[] thresholds = new double[32];
    private int[] entries = new int[32];
    private int size;
    private boolean anyNone;

    /** What some decisions ask: an input, or {@code ~condition}. */
    private record Ask(int source, boolean missingHolds) {}

    private int ask(int source, boolean missingHolds) {
      Ask ask = new Ask(source, missingHolds);
      Integer known = askNumbers.get(ask);
      if (known == null) {
        known = asks.size();
        asks.add(ask);
        askNumbers.put(ask, known);
      }
      return known;
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
      int[] placed = new int[tree.size()]; // node of a decision's first child, 0 if not placed
      int root = allocate(1);
      roots.add(root);
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
        boolean first = placed[what] == 0;
        if (first) {
          placed[what] = allocate(2);
        }
        decision(node, tree, what, placed[what]);
        if (first) {
          if (depth + 4 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
          }
          open[depth++] = placed[what] + 1;
          open[depth++] = tree.no(what);
          open[depth++] = placed[what];
          open[depth++] = tree.yes(what);
        }
      }
      depths.add(depth(root));
      outcomeStarts.add(start + tree.outcomeCount());
    }

    /**
     * Decisions on the longest way from a tree's first node. Decisions may share what follows, so a
     * node is looked at again where a longer way to it is found; there are no circles.
     */
    private int depth(int root) {
      int[] levels = new int[size - root];
      int most = 0;
      // Children stand behind their parents but where a decision is shared, so few rounds do.
      boolean found = true;
      while (found) {
        found = false;
        for (int n = root; n < size; n++) {
          if (asked[n] >= 0) {
            int level = levels[n - root] + 1;
            for (int child = children[n]; child <= children[n] + 1; child++) {
              if (levels[child - root] < level) {
                levels[child - root] = level;
                most = Math.max(most, level);
                found = true;
              }
            }
          }
        }
      }
      return most;
    }

    private int allocate(int count) {
      int first = size;
      size += count;
      if (size > entries.length) {
        int capacity = Math.max(size, entries.length * 2);
        entries = Arrays.copyOf(entries, capacity);
        children = Arrays.copyOf(children, capacity);
        asked = Arrays.copyOf(asked, capacity);
        thresholds = Arrays.copyOf(thresholds, capacity);
      }
      return first;
    }

    private void outcome(int node, int start, int outcome, int none) {
      children[node] = node;
      asked[node] = -1;
      entries[node] = outcome == none ? -1 : start + outcome;
      anyNone |= outcome == none;
    }

    private void decision(int node, Tree tree, int decision, int child) {
      int source = tree.feature(decision);
      children[node] = child;
      asked[node] = ask(source, source >= 0 && tree.missingHolds(decision));
      thresholds[node] = tree.threshold(decision) + 0.0;
      entries[node] = -1;
    }

    /**
     * The trees, or null if they have too many nodes or columns for this layout; the builder is not
     * to be used afterwards.
     */
    public SteppedTrees build() {
      Map<Integer, Ranker> rankers = rankers();
      int[] firstColumns = new int[asks.size()];
      Map<Integer, int[]> pairs = new LinkedHashMap<>(); // by input: columns as in Ranked
      int columns = 0;
      for (int a = 0; a < firstColumns.length; a++) {
        Ask ask = asks.get(a);
        if (ask.source >= 0) {
          firstColumns[a] = columns;
          pairs.computeIfAbsent(ask.source, i -> new int[] {-1, -1})[ask.missingHolds ? 1 : 0] =
              columns;
          columns += (rankers.get(ask.source).count() + MOST_THRESHOLDS - 1) / MOST_THRESHOLDS;
        }
      }
      int conditionColumn = columns;
      List<Integer> conditions = new ArrayList<>();
      for (int a = 0; a < firstColumns.length; a++) {
        if (asks.get(a).source < 0) {
          firstColumns[a] = columns++;
          conditions.add(~asks.get(a).source);
        }
      }
      if (size > MOST_NODES || columns > (COLUMN_MASK + 1) / LANES) {
        return null;
      }
      Ranked[] ranked =
          pairs.entrySet().stream()
              .map(
                  e ->
                      new Ranked(
                          e.getKey(), rankers.get(e.getKey()), e.getValue()[0], e.getValue()[1]))
              .toArray(Ranked[]::new);
      return new SteppedTrees(
          this,
          nodes(rankers, firstColumns),
          ranked,
          conditions.stream().mapToInt(Integer::intValue).toArray(),
          conditionColumn);
    }

    private Map<Integer, Ranker> rankers() {
      Map<Integer, DoubleStream.Builder> byInput = new HashMap<>();
      for (int n = 0; n < size; n++) {
        if (asked[n] >= 0 && asks.get(asked[n]).source >= 0) {
          byInput
              .computeIfAbsent(asks.get(asked[n]).source, i -> DoubleStream.builder())
              .add(thresholds[n]);
        }
      }
      Map<Integer, Ranker> rankers = new HashMap<>();
      byInput.forEach(
          (input, values) ->
              rankers.put(input, new Ranker(values.build().sorted().distinct().toArray())));
      return rankers;
    }

    private long[] nodes(Map<Integer, Ranker> rankers, int[] firstColumns) {
      long[] nodes = new long[size];
      for (int n = 0; n < size; n++) {
        int column = 0;
        int rank = NEVER_ABOVE;
        if (asked[n] >= 0) {
          int source = asks.get(asked[n]).source;
          int place = source < 0 ? 0 : rankers.get(source).indexOf(thresholds[n]);
          column = firstColumns[asked[n]] + place / MOST_THRESHOLDS;
          rank = place % MOST_THRESHOLDS;
        }
        long offset = (long) column * LANES;
        nodes[n] = ((long) children[n] << CHILD_SHIFT) | (offset << COLUMN_SHIFT) | rank;
      }
      return nodes;
    }
  }
}
