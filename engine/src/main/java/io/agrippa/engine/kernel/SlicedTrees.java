package io.agrippa.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trees of up to 256 outcomes, evaluated for 512 rows at a time by operations on bits.
 *
 * <p>Each condition of any tree becomes a mask of the tile's rows (see {@link MaskProgram}). A tree
 * is a short straight program of multiplexers over masks, which yields the outcome's code in planes
 * of one bit a row; a transposition makes codes of the planes, and the codes index the tree's
 * contributions. So a tree costs the same for all rows, and nothing depends on branches that the
 * processor would guess wrong half of the time. Missing values cost nothing: they are part of the
 * masks.
 *
 * <p>Contributions are added in the order of the trees, so the bits of the sums are those of a loop
 * over the trees for each row. Immutable; {@link Builder} makes it; each worker needs a {@link
 * Scratch}.
 */
public final class SlicedTrees {
  /** Rows of a tile. */
  public static final int TILE = MaskProgram.TILE;

  private static final int WORDS = MaskProgram.WORDS;

  private final MaskProgram masks;
  private final int registers;
  private final int[] program; // offsets: target, condition, value if so, value if not
  private final int[] programEnds; // by tree
  private final int[] planes; // by tree: offsets of PLANES planes
  private final int[] nones; // by tree: offset of the rows without an outcome
  private final boolean anyNone;
  private final int[] tableStarts; // by tree: where its contributions start
  private final int[] codes; // by tree, in tables: outcome of each code, −1 for none

  private SlicedTrees(Builder b, MaskProgram masks) {
    this.masks = masks;
    registers = b.registers;
    program = b.program.stream().flatMapToInt(Arrays::stream).toArray();
    programEnds = b.programEnds.stream().mapToInt(Integer::intValue).toArray();
    planes = b.planes.stream().flatMapToInt(Arrays::stream).toArray();
    nones = b.nones.stream().mapToInt(Integer::intValue).toArray();
    anyNone = Arrays.stream(nones).anyMatch(none -> none != 0);
    tableStarts = new int[programEnds.length + 1];
    for (int t = 0; t < b.codes.size(); t++) {
      tableStarts[t + 1] = tableStarts[t] + b.codes.get(t).length;
    }
    codes = b.codes.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Number of trees. */
  public int size() {
    return programEnds.length;
  }

  /** Length of a table of contributions of all trees. */
  public int tableSize() {
    return codes.length;
  }

  /** The tree's part of a table starts here and ends where the next one's starts. */
  public int tableStart(int tree) {
    return tableStarts[tree];
  }

  /** The outcome that an entry of a table belongs to, −1 if to none. */
  public int outcome(int entry) {
    return codes[entry];
  }

  /** Conditions and multiplexers, for descriptions of a plan. */
  public int operations() {
    return masks.rows + program.length / 4;
  }

  /** A worker's scratch space. */
  public Scratch scratch() {
    return new Scratch(masks.scratch(registers));
  }

  /** Scratch space for one tile. */
  public static final class Scratch {
    private final MaskProgram.Scratch masks;
    private final long[] indexes = new long[TILE / 8]; // eight codes of a byte each

    private Scratch(MaskProgram.Scratch masks) {
      this.masks = masks;
    }
  }

  /**
   * Begins a tile.
   *
   * @param from first row, a multiple of 64
   * @param count rows, at most {@link #TILE}
   */
  public void begin(Scratch scratch, RowColumns columns, int from, int count) {
    masks.compute(scratch.masks, columns, from, count);
  }

  /**
   * Sets bits, {@link #TILE} of them from a word on, of the rows without an outcome in any tree.
   */
  public void addNone(Scratch scratch, int tree, long[] rows, int word) {
    if (nones[tree] != 0) {
      for (int w = 0; w < WORDS && word + w < rows.length; w++) {
        rows[word + w] |= scratch.masks.memory[nones[tree] + w];
      }
    }
  }

  /** Whether any tree has rows without an outcome. */
  public boolean mayHaveNone() {
    return anyNone;
  }

  /** Evaluates a tree for the tile; the {@code add…} methods then use its codes. */
  public void evaluate(Scratch scratch, int tree) {
    long[] memory = scratch.masks.memory;
    run(memory, tree == 0 ? 0 : programEnds[tree - 1], programEnds[tree]);
    int p = tree * TreeSlicer.PLANES;
    transpose(
        memory,
        scratch.indexes,
        planes[p],
        planes[p + 1],
        planes[p + 2],
        planes[p + 3],
        planes[p + 4],
        planes[p + 5],
        planes[p + 6],
        planes[p + 7]);
  }

  private void run(long[] memory, int from, int to) {
    int[] code = program;
    for (int i = from; i < to; i += 4) {
      select(memory, code[i], code[i + 1], code[i + 2], code[i + 3]);
    }
  }

  /** {@code target = condition ? yes : no}, bit by bit. */
  private static void select(long[] memory, int target, int condition, int yes, int no) {
    long n0 = memory[no];
    long n1 = memory[no + 1];
    long n2 = memory[no + 2];
    long n3 = memory[no + 3];
    long n4 = memory[no + 4];
    long n5 = memory[no + 5];
    long n6 = memory[no + 6];
    long n7 = memory[no + 7];
    n0 ^= (n0 ^ memory[yes]) & memory[condition];
    n1 ^= (n1 ^ memory[yes + 1]) & memory[condition + 1];
    n2 ^= (n2 ^ memory[yes + 2]) & memory[condition + 2];
    n3 ^= (n3 ^ memory[yes + 3]) & memory[condition + 3];
    n4 ^= (n4 ^ memory[yes + 4]) & memory[condition + 4];
    n5 ^= (n5 ^ memory[yes + 5]) & memory[condition + 5];
    n6 ^= (n6 ^ memory[yes + 6]) & memory[condition + 6];
    n7 ^= (n7 ^ memory[yes + 7]) & memory[condition + 7];
    memory[target] = n0;
    memory[target + 1] = n1;
    memory[target + 2] = n2;
    memory[target + 3] = n3;
    memory[target + 4] = n4;
    memory[target + 5] = n5;
    memory[target + 6] = n6;
    memory[target + 7] = n7;
  }

  /**
   * Turns eight planes of bits into codes: transposes, in each of the eight bytes of a word, the
   * square of eight planes by eight rows, in three steps that exchange halves. Byte {@code k} of
   * {@code indexes[8·w + j]} is the code of row {@code 64·w + 8·k + j}.
   */
  private static void transpose(
      long[] memory,
      long[] indexes,
      int p0,
      int p1,
      int p2,
      int p3,
      int p4,
      int p5,
      int p6,
      int p7) {
    for (int w = 0; w < WORDS; w++) {
      long a = memory[p0 + w];
      long b = memory[p1 + w];
      long c = memory[p2 + w];
      long d = memory[p3 + w];
      long e = memory[p4 + w];
      long f = memory[p5 + w];
      long g = memory[p6 + w];
      long h = memory[p7 + w];
      long t = ((a >>> 1) ^ b) & 0x5555555555555555L;
      b ^= t;
      a ^= t << 1;
      t = ((c >>> 1) ^ d) & 0x5555555555555555L;
      d ^= t;
      c ^= t << 1;
      t = ((e >>> 1) ^ f) & 0x5555555555555555L;
      f ^= t;
      e ^= t << 1;
      t = ((g >>> 1) ^ h) & 0x5555555555555555L;
      h ^= t;
      g ^= t << 1;
      t = ((a >>> 2) ^ c) & 0x3333333333333333L;
      c ^= t;
      a ^= t << 2;
      t = ((b >>> 2) ^ d) & 0x3333333333333333L;
      d ^= t;
      b ^= t << 2;
      t = ((e >>> 2) ^ g) & 0x3333333333333333L;
      g ^= t;
      e ^= t << 2;
      t = ((f >>> 2) ^ h) & 0x3333333333333333L;
      h ^= t;
      f ^= t << 2;
      t = ((a >>> 4) ^ e) & 0x0F0F0F0F0F0F0F0FL;
      e ^= t;
      a ^= t << 4;
      t = ((b >>> 4) ^ f) & 0x0F0F0F0F0F0F0F0FL;
      f ^= t;
      b ^= t << 4;
      t = ((c >>> 4) ^ g) & 0x0F0F0F0F0F0F0F0FL;
      g ^= t;
      c ^= t << 4;
      t = ((d >>> 4) ^ h) & 0x0F0F0F0F0F0F0F0FL;
      h ^= t;
      d ^= t << 4;
      int i = w * 8;
      indexes[i] = a;
      indexes[i + 1] = b;
      indexes[i + 2] = c;
      indexes[i + 3] = d;
      indexes[i + 4] = e;
      indexes[i + 5] = f;
      indexes[i + 6] = g;
      indexes[i + 7] = h;
    }
  }

  /**
   * {@code sums[at + r] += table[tableStart(tree) + code of r]} for the rows of the tile.
   *
   * @param sums {@link #TILE} numbers from {@code at} on
   */
  public void add(Scratch scratch, int tree, double[] table, double[] sums, int at) {
    long[] indexes = scratch.indexes;
    int start = tableStarts[tree];
    for (int i = 0; i < TILE / 8; i++) {
      long z = indexes[i];
      int r = at + ((i >>> 3) << 6) + (i & 7);
      sums[r] += table[start + (int) (z & 0xFF)];
      sums[r + 8] += table[start + (int) (z >>> 8 & 0xFF)];
      sums[r + 16] += table[start + (int) (z >>> 16 & 0xFF)];
      sums[r + 24] += table[start + (int) (z >>> 24 & 0xFF)];
      sums[r + 32] += table[start + (int) (z >>> 32 & 0xFF)];
      sums[r + 40] += table[start + (int) (z >>> 40 & 0xFF)];
      sums[r + 48] += table[start + (int) (z >>> 48 & 0xFF)];
      sums[r + 56] += table[start + (int) (z >>> 56)];
    }
  }

  /** {@link #add(Scratch, int, double[], double[], int)} in single precision. */
  public void add(Scratch scratch, int tree, float[] table, float[] sums, int at) {
    long[] indexes = scratch.indexes;
    int start = tableStarts[tree];
    for (int i = 0; i < TILE / 8; i++) {
      long z = indexes[i];
      int r = at + ((i >>> 3) << 6) + (i & 7);
      sums[r] += table[start + (int) (z & 0xFF)];
      sums[r + 8] += table[start + (int) (z >>> 8 & 0xFF)];
      sums[r + 16] += table[start + (int) (z >>> 16 & 0xFF)];
      sums[r + 24] += table[start + (int) (z >>> 24 & 0xFF)];
      sums[r + 32] += table[start + (int) (z >>> 32 & 0xFF)];
      sums[r + 40] += table[start + (int) (z >>> 40 & 0xFF)];
      sums[r + 48] += table[start + (int) (z >>> 48 & 0xFF)];
      sums[r + 56] += table[start + (int) (z >>> 56)];
    }
  }

  /**
   * {@code sums[slots[tableStart(tree) + code of r] + r] += weight} for the rows of the tile.
   *
   * @param slots where the sums of an outcome start
   */
  public void vote(Scratch scratch, int tree, int[] slots, double weight, double[] sums) {
    long[] indexes = scratch.indexes;
    int start = tableStarts[tree];
    for (int i = 0; i < TILE / 8; i++) {
      long z = indexes[i];
      int r = ((i >>> 3) << 6) + (i & 7);
      for (int k = 0; k < 8; k++) {
        sums[slots[start + (int) (z & 0xFF)] + r] += weight;
        z >>>= 8;
        r += 8;
      }
    }
  }

  /**
   * The outcome of each row of the tile: {@code outcomes[r]}, −1 for none.
   *
   * @param outcomes at least {@code count} from {@code at} on
   */
  public void outcomes(Scratch scratch, int tree, int[] outcomes, int at, int count) {
    int start = tableStarts[tree];
    for (int r = 0; r < count; r++) {
      long z = scratch.indexes[(r >>> 6) * 8 + (r & 7)];
      outcomes[at + r] = codes[start + (int) (z >>> (r & 0x38) & 0xFF)];
    }
  }

  /** Collects trees. Not safe for use by many threads. */
  public static final class Builder {
    private final MaskProgram.Builder masks = new MaskProgram.Builder();
    private final List<int[]> program = new ArrayList<>(); // operands until built
    private final List<Integer> programEnds = new ArrayList<>();
    private final List<int[]> planes = new ArrayList<>();
    private final List<Integer> nones = new ArrayList<>();
    private final List<int[]> codes = new ArrayList<>();
    private int programSize;
    private int registers;

    /** The condition that never holds. */
    public int never() {
      return MaskProgram.Builder.ZERO;
    }

    /** The condition that always holds. */
    public int always() {
      return MaskProgram.Builder.ONE;
    }

    /** {@code x ≤ t}, t finite; a missing x holds or not. */
    public int atMost(int input, double threshold, boolean missingHolds) {
      return masks.atMost(input, threshold, missingHolds);
    }

    /** The input has no value. */
    public int missing(int input) {
      return masks.missing(input);
    }

    /** The input, of classes, is of one of these, which are distinct and ascending. */
    public int classIn(int input, List<Integer> wanted) {
      return masks.classIn(input, wanted);
    }

    /** Both hold. */
    public int and(int left, int right) {
      return masks.and(left, right);
    }

    /** One holds at least. */
    public int or(int left, int right) {
      return masks.or(left, right);
    }

    /** The left holds and the right does not. */
    public int andNot(int left, int right) {
      return masks.andNot(left, right);
    }

    /**
     * Adds a tree.
     *
     * @param conditions by decision; the ways of a decision come before it
     * @param yes decision or {@code ~outcome} where the condition holds
     * @param no the same where it does not
     * @param root decision or {@code ~outcome}
     * @param outcomes number of outcomes
     * @param none the outcome of rows without one, or −1
     * @return false if it has too many outcomes; then nothing is added
     */
    public boolean tree(int[] conditions, int[] yes, int[] no, int root, int outcomes, int none) {
      TreeSlicer.Program tree = TreeSlicer.compile(conditions, yes, no, root, outcomes, none);
      if (tree == null) {
        return false;
      }
      program.add(tree.code());
      programSize += tree.code().length;
      programEnds.add(programSize);
      planes.add(tree.planes());
      nones.add(tree.none());
      registers = Math.max(registers, tree.registers());
      // Codes are bytes, and a table lookup must not leave the table: all codes have an entry.
      int[] outcomeOfCode = new int[Integer.highestOneBit(Math.max(1, tree.codeCount() * 2 - 1))];
      Arrays.fill(outcomeOfCode, -1);
      for (int o = 0; o < tree.codes().length; o++) {
        if (o != none && tree.codes()[o] >= 0) {
          outcomeOfCode[tree.codes()[o]] = o;
        }
      }
      codes.add(outcomeOfCode);
      return true;
    }

    /** The trees; the builder is not to be used afterwards. */
    public SlicedTrees build() {
      MaskProgram built = masks.build();
      int first = masks.size();
      program.forEach(code -> place(code, first));
      planes.forEach(plane -> place(plane, first));
      nones.replaceAll(none -> place(none, first));
      return new SlicedTrees(this, built);
    }

    private static void place(int[] operands, int firstRegister) {
      for (int i = 0; i < operands.length; i++) {
        operands[i] = place(operands[i], firstRegister);
      }
    }

    private static int place(int operand, int firstRegister) {
      return (operand < 0 ? firstRegister + ~operand : operand) * WORDS;
    }
  }
}
