package io.agrippa.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles a tree of decisions to a straight program of multiplexers over bit rows: bottom up, each
 * decision selects, plane by plane, the bits of the code of the outcome that its two ways lead to.
 * Planes that are the same on both ways cost nothing, so codes are given such that siblings share
 * high planes.
 */
final class TreeSlicer {
  /** An outcome's code has at most so many bits. */
  static final int PLANES = 8;

  private static final int ZERO = MaskProgram.Builder.ZERO;
  private static final int ONE = MaskProgram.Builder.ONE;

  private final int[] conditions;
  private final int[] yes;
  private final int[] no;
  private final int root;
  private final int outcomes;

  private TreeSlicer(int[] conditions, int[] yes, int[] no, int root, int outcomes) {
    this.conditions = conditions;
    this.yes = yes;
    this.no = no;
    this.root = root;
    this.outcomes = outcomes;
  }

  /**
   * A tree's program. Operands are masks (0 or more) or {@code ~register}.
   *
   * @param code four numbers an instruction: register, condition, value if so, value if not
   * @param registers number of registers
   * @param planes where the bits of the codes are, lowest first; {@link #PLANES} operands
   * @param none where the bits of the rows without an outcome are
   * @param codes code of each outcome
   * @param codeCount codes are below
   */
  record Program(int[] code, int registers, int[] planes, int none, int[] codes, int codeCount) {}

  /**
   * Compiles a tree.
   *
   * @param conditions masks by decision; children of a decision come before it
   * @param yes decision or {@code ~outcome} where the condition holds
   * @param no the same where it does not hold
   * @param none outcome of rows without one, or −1
   * @return null if there are too many outcomes
   */
  static Program compile(int[] conditions, int[] yes, int[] no, int root, int outcomes, int none) {
    if (outcomes > 1 << PLANES) {
      return null;
    }
    TreeSlicer slicer = new TreeSlicer(conditions, yes, no, root, outcomes);
    Program dense = slicer.compile(slicer.denseCodes(), none);
    int[] aligned = slicer.alignedCodes();
    if (aligned == null) {
      return dense;
    }
    Program other = slicer.compile(aligned, none);
    return other.code.length < dense.code.length ? other : dense;
  }

  /** Codes in the order in which outcomes are met. */
  private int[] denseCodes() {
    int[] codes = new int[outcomes];
    Arrays.fill(codes, -1);
    boolean[] met = new boolean[conditions.length];
    int next = 0;
    int[] open = new int[conditions.length + 2];
    int depth = 0;
    open[depth++] = root;
    while (depth > 0) {
      int at = open[--depth];
      if (at < 0) {
        if (codes[~at] < 0) {
          codes[~at] = next++;
        }
      } else if (!met[at]) {
        met[at] = true;
        open[depth++] = yes[at];
        open[depth++] = no[at];
      }
    }
    return codes;
  }

  /** A bit for each level of the tree, or null if it has too many levels. */
  private int[] alignedCodes() {
    int[] bits = new int[conditions.length];
    for (int d = 0; d < bits.length; d++) {
      bits[d] = 1 + Math.max(yes[d] < 0 ? 0 : bits[yes[d]], no[d] < 0 ? 0 : bits[no[d]]);
    }
    if (root < 0 || bits[root] > PLANES) {
      return null;
    }
    int[] codes = new int[outcomes];
    Arrays.fill(codes, -1);
    align(root, 0, bits, codes, new boolean[bits.length]);
    return codes;
  }

  private void align(int at, int base, int[] bits, int[] codes, boolean[] met) {
    if (at < 0) {
      codes[~at] = codes[~at] < 0 ? base : codes[~at];
    } else if (!met[at]) {
      met[at] = true;
      align(no[at], base, bits, codes, met);
      align(yes[at], base + (1 << (bits[at] - 1)), bits, codes, met);
    }
  }

  private Program compile(int[] codes, int none) {
    int most = Arrays.stream(codes).max().orElse(0);
    int planes = 32 - Integer.numberOfLeadingZeros(most);
    List<int[]> instructions = new ArrayList<>();
    // One more plane says which rows have no outcome.
    int width = none < 0 ? planes : planes + 1;
    int[][] values = new int[conditions.length][];
    int[] result = new int[width];
    boolean[] reachable = reachable();
    for (int d = 0; d < conditions.length; d++) {
      if (reachable[d]) {
        values[d] = new int[width];
        for (int p = 0; p < width; p++) {
          values[d][p] =
              select(
                  conditions[d],
                  value(yes[d], p, planes, codes, none, values),
                  value(no[d], p, planes, codes, none, values),
                  instructions);
        }
      }
    }
    for (int p = 0; p < width; p++) {
      result[p] = value(root, p, planes, codes, none, values);
    }
    return allocate(instructions, result, planes, codes, most + 1);
  }

  private boolean[] reachable() {
    boolean[] reachable = new boolean[conditions.length];
    if (root >= 0) {
      reachable[root] = true;
    }
    for (int d = conditions.length - 1; d >= 0; d--) {
      if (reachable[d]) {
        if (yes[d] >= 0) {
          reachable[yes[d]] = true;
        }
        if (no[d] >= 0) {
          reachable[no[d]] = true;
        }
      }
    }
    return reachable;
  }

  private static int value(int at, int plane, int planes, int[] codes, int none, int[][] values) {
    if (at >= 0) {
      return values[at][plane];
    }
    boolean bit = plane == planes ? ~at == none : (codes[~at] >>> plane & 1) != 0;
    return bit ? ONE : ZERO;
  }

  private static int select(int condition, int ifSo, int ifNot, List<int[]> instructions) {
    if (ifSo == ifNot) {
      return ifSo;
    }
    if (ifSo == ONE && ifNot == ZERO) {
      return condition;
    }
    instructions.add(new int[] {condition, ifSo, ifNot});
    return ~(instructions.size() - 1);
  }

  /** Gives registers to values, again when a value is no longer needed. */
  private static Program allocate(
      List<int[]> instructions, int[] result, int planes, int[] codes, int codeCount) {
    int size = instructions.size();
    int[] lastUse = new int[size];
    for (int i = 0; i < size; i++) {
      for (int operand : instructions.get(i)) {
        if (operand < 0) {
          lastUse[~operand] = i;
        }
      }
    }
    for (int operand : result) {
      if (operand < 0) {
        lastUse[~operand] = size;
      }
    }
    int[] registers = new int[size];
    int[] free = new int[size + 1];
    int freeCount = 0;
    int used = 0;
    int[] code = new int[size * 4];
    for (int i = 0; i < size; i++) {
      int[] instruction = instructions.get(i);
      for (int o = 0; o < 3; o++) {
        int operand = instruction[o];
        code[i * 4 + 1 + o] = operand < 0 ? ~registers[~operand] : operand;
        boolean again = o == 2 && operand == instruction[1];
        if (operand < 0 && lastUse[~operand] == i && !again) {
          free[freeCount++] = registers[~operand];
        }
      }
      registers[i] = freeCount > 0 ? free[--freeCount] : used++;
      code[i * 4] = ~registers[i];
    }
    int[] where = new int[PLANES];
    Arrays.fill(where, ZERO);
    for (int p = 0; p < planes; p++) {
      where[p] = result[p] < 0 ? ~registers[~result[p]] : result[p];
    }
    int none = ZERO;
    if (result.length > planes) {
      int operand = result[planes];
      none = operand < 0 ? ~registers[~operand] : operand;
    }
    return new Program(code, used, where, none, codes, codeCount);
  }
}
