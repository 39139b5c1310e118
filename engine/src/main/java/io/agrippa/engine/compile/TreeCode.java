package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The structure and the tests of a tree in flat arrays, numbered as in {@link TreeNodes}: the
 * subtree of node {@code n} is {@code n … end(n) − 1}. Immutable.
 */
final class TreeCode {
  private static final byte ALWAYS = -1;
  private static final byte NEVER = -2;
  private static final byte OTHER = -3;
  private static final RowTest.Comparison[] COMPARISONS = RowTest.Comparison.values();

  private final int[] ends;
  private final byte[] kinds; // ordinal of a comparison of a number, or one of the above
  private final int[] operands; // feature of a comparison, index of another test
  private final double[] thresholds;
  private final int[] defaultChildren;
  private final RowTest[] tests;

  TreeCode(TreeNodes nodes, Tests compiler) {
    int size = nodes.size();
    ends = new int[size];
    kinds = new byte[size];
    operands = new int[size];
    thresholds = new double[size];
    boolean defaults = false;
    for (int n = 0; n < size; n++) {
      ends[n] = nodes.end(n);
      defaults |= nodes.defaultChild(n) >= 0;
    }
    defaultChildren = defaults ? new int[size] : null;
    List<RowTest> others = new ArrayList<>();
    IdentityHashMap<RowTest, Integer> indexes = new IdentityHashMap<>();
    NumberFields fields = new NumberFields(nodes, compiler);
    for (int n = 0; n < size; n++) {
      if (defaults) {
        defaultChildren[n] = nodes.defaultChild(n);
      }
      int node = n;
      compiler.part(
          "element SimplePredicate",
          () -> {
            if (nodes.test(node) == TreeNodes.Test.SIMPLE && fields.compares(node)) {
              kinds[node] = (byte) comparison(nodes.operator(node)).ordinal();
              operands[node] = fields.feature(node);
              thresholds[node] = fields.threshold(node);
            } else {
              other(node, compiler.compile(nodes.predicate(node)), others, indexes);
            }
          });
    }
    tests = others.toArray(RowTest[]::new);
  }

  private void other(
      int node, RowTest test, List<RowTest> others, IdentityHashMap<RowTest, Integer> indexes) {
    if (test instanceof RowTest.Constant constant) {
      kinds[node] = constant.value() ? ALWAYS : NEVER;
      return;
    }
    kinds[node] = OTHER;
    Integer known = indexes.putIfAbsent(test, others.size());
    if (known == null) {
      others.add(test);
    }
    operands[node] = known == null ? others.size() - 1 : known;
  }

  private static RowTest.Comparison comparison(Predicate.Operator operator) {
    return switch (operator) {
      case EQUAL -> RowTest.Comparison.EQUAL;
      case NOT_EQUAL -> RowTest.Comparison.NOT_EQUAL;
      case LESS_THAN -> RowTest.Comparison.LESS;
      case LESS_OR_EQUAL -> RowTest.Comparison.LESS_OR_EQUAL;
      case GREATER_THAN -> RowTest.Comparison.GREATER;
      case GREATER_OR_EQUAL -> RowTest.Comparison.GREATER_OR_EQUAL;
      case IS_MISSING, IS_NOT_MISSING ->
          throw new IllegalArgumentException(operator + " compares nothing");
    };
  }

  int size() {
    return ends.length;
  }

  /** The node behind the subtree of this one. */
  int end(int node) {
    return ends[node];
  }

  boolean isLeaf(int node) {
    return ends[node] == node + 1;
  }

  /** The child to take when a test is unknown, or −1. */
  int defaultChild(int node) {
    return defaultChildren == null ? -1 : defaultChildren[node];
  }

  /** The node's test for a row: see {@link RowTest}. */
  int test(int node, FeatureReader in, int row) {
    byte kind = kinds[node];
    if (kind >= 0) {
      int feature = operands[node];
      if (Bits.get(in.missing[feature], row)) {
        return Bits.get(in.errors[feature], row) ? RowTest.ERROR : RowTest.UNKNOWN;
      }
      return COMPARISONS[kind].holds(in.numbers[feature][row], thresholds[node])
          ? RowTest.TRUE
          : RowTest.FALSE;
    }
    return switch (kind) {
      case ALWAYS -> RowTest.TRUE;
      case NEVER -> RowTest.FALSE;
      default -> tests[operands[node]].test(in, row);
    };
  }

  /** The node's test as an object, for compilers of other layouts. */
  RowTest test(int node) {
    byte kind = kinds[node];
    if (kind >= 0) {
      return new RowTest.Numeric(operands[node], COMPARISONS[kind], thresholds[node]);
    }
    return switch (kind) {
      case ALWAYS -> new RowTest.Constant(true);
      case NEVER -> new RowTest.Constant(false);
      default -> tests[operands[node]];
    };
  }

  /**
   * Comparisons of numbers without a detour over texts: a forest has hundreds of thousands of them.
   */
  private static final class NumberFields {
    private final TreeNodes nodes;
    private final Tests compiler;
    private final int[] features; // by field of the nodes; −1 not resolved yet

    NumberFields(TreeNodes nodes, Tests compiler) {
      this.nodes = nodes;
      this.compiler = compiler;
      features = new int[nodes.fields().size()];
      java.util.Arrays.fill(features, -1);
    }

    boolean compares(int node) {
      Predicate.Operator operator = nodes.operator(node);
      if (operator == Predicate.Operator.IS_MISSING
          || operator == Predicate.Operator.IS_NOT_MISSING) {
        return false;
      }
      int field = nodes.field(node);
      if (features[field] < 0) {
        features[field] = compiler.feature(nodes.fields().get(field), nodes.line(node));
      }
      return !compiler.type(features[field]).isText()
          && !compiler.isRanked(features[field])
          && nodes.valueText(node) != null;
    }

    int feature(int node) {
      return features[nodes.field(node)];
    }

    double threshold(int node) {
      return switch (compiler.type(feature(node)).dataType().kind()) {
        case DOUBLE, INTEGER -> {
          double number = nodes.valueNumber(node);
          yield Double.isNaN(number) ? parsed(node) : number + 0.0;
        }
        case FLOAT -> {
          float number = nodes.valueSingle(node);
          yield Float.isNaN(number) ? parsed(node) : number + 0.0;
        }
        case STRING,
            BOOLEAN,
            DATE,
            TIME,
            DATE_TIME,
            DATE_DAYS_SINCE,
            TIME_SECONDS,
            DATE_TIME_SECONDS_SINCE ->
            parsed(node);
      };
    }

    private double parsed(int node) {
      return compiler.number(nodes.valueText(node), feature(node), nodes.line(node));
    }
  }
}
