package io.agrippa.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes for a tile of 512 rows, for each of many conditions, the bits of the rows for which it
 * holds. A condition is computed once, however many trees ask for it.
 *
 * <p>Numbers are ranked among the sorted thresholds of their column: the row's bit is put where the
 * first threshold stands that is not below it, and a running OR over the thresholds makes of that
 * {@code x ≤ t} for each t (see {@link Ranker}). Immutable; {@link Builder} makes it.
 */
final class MaskProgram {
  /** Rows of a tile. */
  static final int TILE = 512;

  /** Words of a tile's bits. */
  static final int WORDS = TILE / 64;

  private static final int AND = 0;
  private static final int OR = 1;
  private static final int AND_NOT = 2;

  private final Numeric[] numeric;
  private final Coded[] coded;
  private final int[] absent; // pairs of input and row: the bits of rows without a value
  private final int[][] unions; // target, then the masks that are united
  private final int[] derived; // operation, target, left, right
  private final int scatterWords;

  /** Rows of {@link #WORDS} words that the masks take, from 0 on. */
  final int rows;

  private MaskProgram(
      Numeric[] numeric,
      Coded[] coded,
      int[] absent,
      int[][] unions,
      int[] derived,
      int scatterWords,
      int rows) {
    this.numeric = numeric;
    this.coded = coded;
    this.absent = absent;
    this.unions = unions;
    this.derived = derived;
    this.scatterWords = scatterWords;
    this.rows = rows;
  }

  /**
   * A column of numbers with its thresholds.
   *
   * @param ranker of its thresholds
   * @param plain offset of the mask of each threshold that a missing value does not hold; −1: none
   * @param withMissing offset of the mask that holds for missing values too; −1: none
   */
  private record Numeric(int input, Ranker ranker, int[] plain, int[] withMissing) {}

  /** A column of classes with the offset of the mask of each class, −1 for those not asked for. */
  private record Coded(int input, int[] masks) {}

  /** What a worker needs for computing masks. */
  static final class Scratch {
    final long[] memory;
    private final long[] scatter;
    private final int[] ranks = new int[TILE];

    private Scratch(int words, int scatterWords) {
      memory = new long[words];
      scatter = new long[scatterWords];
    }
  }

  /** Scratch space with room for {@code registers} rows of bits behind the masks. */
  Scratch scratch(int registers) {
    Scratch scratch = new Scratch((rows + registers) * WORDS, scatterWords);
    Arrays.fill(scratch.memory, WORDS, 2 * WORDS, -1L); // row 0: no bits, row 1: all
    return scratch;
  }

  /**
   * Computes all masks.
   *
   * @param from first row, a multiple of 64
   * @param count rows, at most {@link #TILE}; bits behind are undefined
   */
  void compute(Scratch scratch, RowColumns columns, int from, int count) {
    long[] memory = scratch.memory;
    for (int i = 0; i < absent.length; i += 2) {
      absent(columns, absent[i], memory, absent[i + 1], from, count);
    }
    for (Numeric column : numeric) {
      long[] missing = columns.missing[column.input];
      rank(column.ranker, columns.numbers[column.input], missing, from, count, scratch.ranks);
      scatter(scratch.ranks, count, scratch.scatter);
      accumulate(scratch.scatter, column, missing, from, count, memory);
    }
    for (Coded column : coded) {
      classes(columns, column, from, count, memory);
    }
    for (int[] union : unions) {
      unite(memory, union);
    }
    for (int i = 0; i < derived.length; i += 4) {
      derive(memory, derived[i], derived[i + 1], derived[i + 2], derived[i + 3]);
    }
  }

  private static void absent(
      RowColumns columns, int input, long[] memory, int offset, int from, int count) {
    long[] missing = columns.missing[input];
    for (int w = 0; w < WORDS; w++) {
      memory[offset + w] = missing == null || w << 6 >= count ? 0 : missing[(from >>> 6) + w];
    }
  }

  /** Ranks of a tile; what is missing is above all thresholds. */
  private static void rank(
      Ranker ranker, double[] numbers, long[] missing, int from, int count, int[] out) {
    for (int r = 0; r < count; r++) {
      out[r] = ranker.rank(numbers[from + r]);
    }
    if (missing != null) {
      for (int w = 0; w << 6 < count; w++) {
        for (long m = missing[(from >>> 6) + w]; m != 0; m &= m - 1) {
          int r = (w << 6) + Long.numberOfTrailingZeros(m);
          if (r < count) {
            out[r] = ranker.count();
          }
        }
      }
    }
  }

  /** Puts each row's bit where the first threshold stands that is not below its value. */
  private static void scatter(int[] ranks, int count, long[] scatter) {
    for (int r = 0; r < count; r++) {
      scatter[ranks[r] * WORDS + (r >>> 6)] |= 1L << r;
    }
  }

  /** Running OR over the thresholds; leaves the scatter space clear. */
  private static void accumulate(
      long[] scatter, Numeric column, long[] missing, int from, int count, long[] memory) {
    long a0 = 0;
    long a1 = 0;
    long a2 = 0;
    long a3 = 0;
    long a4 = 0;
    long a5 = 0;
    long a6 = 0;
    long a7 = 0;
    long[] m = missingWords(missing, from, count);
    int thresholds = column.ranker.count();
    for (int j = 0; j < thresholds; j++) {
      int s = j * WORDS;
      a0 |= scatter[s];
      a1 |= scatter[s + 1];
      a2 |= scatter[s + 2];
      a3 |= scatter[s + 3];
      a4 |= scatter[s + 4];
      a5 |= scatter[s + 5];
      a6 |= scatter[s + 6];
      a7 |= scatter[s + 7];
      int p = column.plain[j];
      if (p >= 0) {
        memory[p] = a0;
        memory[p + 1] = a1;
        memory[p + 2] = a2;
        memory[p + 3] = a3;
        memory[p + 4] = a4;
        memory[p + 5] = a5;
        memory[p + 6] = a6;
        memory[p + 7] = a7;
      }
      int q = column.withMissing[j];
      if (q >= 0) {
        memory[q] = a0 | m[0];
        memory[q + 1] = a1 | m[1];
        memory[q + 2] = a2 | m[2];
        memory[q + 3] = a3 | m[3];
        memory[q + 4] = a4 | m[4];
        memory[q + 5] = a5 | m[5];
        memory[q + 6] = a6 | m[6];
        memory[q + 7] = a7 | m[7];
      }
    }
    Arrays.fill(scatter, 0, (thresholds + 1) * WORDS, 0);
  }

  private static long[] missingWords(long[] missing, int from, int count) {
    long[] words = new long[WORDS];
    if (missing != null) {
      System.arraycopy(missing, from >>> 6, words, 0, (count + 63) >>> 6);
    }
    return words;
  }

  private static void classes(
      RowColumns columns, Coded column, int from, int count, long[] memory) {
    int[] masks = column.masks;
    for (int mask : masks) {
      if (mask >= 0) {
        Arrays.fill(memory, mask, mask + WORDS, 0);
      }
    }
    int[] codes = columns.codes[column.input];
    int[] classes = columns.classes[column.input];
    for (int r = 0; r < count; r++) {
      int code = codes[from + r];
      int known = code < 0 ? masks.length : classes[code];
      int mask = known < masks.length ? masks[known] : -1;
      if (mask >= 0) {
        memory[mask + (r >>> 6)] |= 1L << r;
      }
    }
  }

  private static void unite(long[] memory, int[] union) {
    for (int w = 0; w < WORDS; w++) {
      long any = 0;
      for (int i = 1; i < union.length; i++) {
        any |= memory[union[i] + w];
      }
      memory[union[0] + w] = any;
    }
  }

  private static void derive(long[] memory, int operation, int target, int left, int right) {
    for (int w = 0; w < WORDS; w++) {
      long a = memory[left + w];
      long b = memory[right + w];
      memory[target + w] =
          switch (operation) {
            case AND -> a & b;
            case OR -> a | b;
            default -> a & ~b;
          };
    }
  }

  /**
   * Collects conditions. Each method returns the number of a mask; equal conditions have equal
   * numbers. Not safe for use by many threads.
   */
  static final class Builder {
    /** The mask without rows. */
    static final int ZERO = 0;

    /** The mask of all rows. */
    static final int ONE = 1;

    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Integer, TreeMap<Double, int[]>> thresholds = new TreeMap<>();
    private final Map<Integer, Map<Integer, Integer>> classes = new TreeMap<>();
    private final List<int[]> absent = new ArrayList<>();
    private final List<int[]> unions = new ArrayList<>();
    private final List<int[]> derived = new ArrayList<>();
    private int size = 2;

    private record Operation(int kind, int left, int right) {}

    private record Absent(int input) {}

    private record Union(int input, List<Integer> classes) {}

    /** {@code x ≤ t}, t finite; a missing x holds or not. */
    int atMost(int input, double threshold, boolean missingHolds) {
      int[] pair =
          thresholds
              .computeIfAbsent(input, i -> new TreeMap<>())
              .computeIfAbsent(threshold + 0.0, t -> new int[] {-1, -1}); // −0.0 is 0.0
      int which = missingHolds ? 1 : 0;
      if (pair[which] < 0) {
        pair[which] = size++;
      }
      return pair[which];
    }

    /** Has no value. */
    int missing(int input) {
      return numbers.computeIfAbsent(
          new Absent(input),
          key -> {
            absent.add(new int[] {input, size});
            return size++;
          });
    }

    /** Is of a class. */
    int classIs(int input, int wanted) {
      return classes
          .computeIfAbsent(input, i -> new TreeMap<>())
          .computeIfAbsent(wanted, c -> size++);
    }

    /** Is of one of some classes; these are ascending. */
    int classIn(int input, List<Integer> wanted) {
      if (wanted.isEmpty()) {
        return ZERO;
      }
      if (wanted.size() == 1) {
        return classIs(input, wanted.get(0));
      }
      Union union = new Union(input, wanted);
      Integer known = numbers.get(union);
      if (known == null) {
        int[] members = new int[wanted.size() + 1];
        for (int i = 0; i < wanted.size(); i++) {
          members[i + 1] = classIs(input, wanted.get(i)) * WORDS;
        }
        known = size++;
        members[0] = known * WORDS;
        numbers.put(union, known);
        unions.add(members);
      }
      return known;
    }

    int and(int left, int right) {
      if (left == right || right == ONE) {
        return left;
      }
      return left == ONE ? right : left == ZERO || right == ZERO ? ZERO : op(AND, left, right);
    }

    int or(int left, int right) {
      if (left == right || right == ZERO) {
        return left;
      }
      return left == ZERO ? right : left == ONE || right == ONE ? ONE : op(OR, left, right);
    }

    /** {@code left} without {@code right}. */
    int andNot(int left, int right) {
      if (right == ZERO) {
        return left;
      }
      return left == right || right == ONE || left == ZERO ? ZERO : op(AND_NOT, left, right);
    }

    int not(int mask) {
      return andNot(ONE, mask);
    }

    private int op(int kind, int left, int right) {
      boolean ordered = kind == AND_NOT || left < right;
      Operation operation = new Operation(kind, ordered ? left : right, ordered ? right : left);
      Integer known = numbers.get(operation);
      if (known == null) {
        known = size++;
        numbers.put(operation, known);
        derived.add(
            new int[] {kind, known * WORDS, operation.left * WORDS, operation.right * WORDS});
      }
      return known;
    }

    /** Number of masks so far. */
    int size() {
      return size;
    }

    MaskProgram build() {
      List<Numeric> numeric = new ArrayList<>();
      int scatter = 0;
      for (Map.Entry<Integer, TreeMap<Double, int[]>> column : thresholds.entrySet()) {
        int count = column.getValue().size();
        double[] sorted = new double[count];
        int[] plain = new int[count];
        int[] withMissing = new int[count];
        int j = 0;
        for (Map.Entry<Double, int[]> threshold : column.getValue().entrySet()) {
          sorted[j] = threshold.getKey();
          plain[j] = offset(threshold.getValue()[0]);
          withMissing[j] = offset(threshold.getValue()[1]);
          j++;
        }
        numeric.add(new Numeric(column.getKey(), new Ranker(sorted), plain, withMissing));
        scatter = Math.max(scatter, (count + 1) * WORDS);
      }
      List<Coded> coded = new ArrayList<>();
      for (Map.Entry<Integer, Map<Integer, Integer>> column : classes.entrySet()) {
        int most = column.getValue().keySet().stream().max(Integer::compare).orElse(0);
        int[] masks = new int[most + 1];
        Arrays.fill(masks, -1);
        column.getValue().forEach((wanted, mask) -> masks[wanted] = mask * WORDS);
        coded.add(new Coded(column.getKey(), masks));
      }
      return new MaskProgram(
          numeric.toArray(Numeric[]::new),
          coded.toArray(Coded[]::new),
          absent.stream()
              .flatMapToInt(a -> Arrays.stream(new int[] {a[0], a[1] * WORDS}))
              .toArray(),
          unions.toArray(int[][]::new),
          derived.stream().flatMapToInt(Arrays::stream).toArray(),
          scatter,
          size);
    }

    private static int offset(int mask) {
      return mask < 0 ? -1 : mask * WORDS;
    }
  }
}
