package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import java.util.List;

/**
 * A comparison of two values, 1 where it holds, missing where one of them is. Numbers compare as
 * numbers whatever their types; NaN equals NaN and is above all others.
 */
final class CompareNode extends Node {
  /** Orders that a comparison may ask for. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS_THAN,
    LESS_OR_EQUAL,
    GREATER_THAN,
    GREATER_OR_EQUAL;

    /** Whether it holds for an order: negative, 0, or positive. */
    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS_THAN -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER_THAN -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }

    boolean isEquality() {
      return this == EQUAL || this == NOT_EQUAL;
    }
  }

  private final Comparison comparison;
  private final Node left;
  private final Node right;
  private final boolean texts;
  private final List<String> order;
  private final int memo;

  private CompareNode(Comparison comparison, Node left, Node right, List<String> order, int memo) {
    super(Types.BOOLEAN);
    this.comparison = comparison;
    this.left = left;
    this.right = right;
    texts = left.type().isText();
    this.order = order;
    this.memo = memo;
  }

  /**
   * Compares after converting the right side to the left side's type; a fraction stays one beside
   * an integer.
   */
  static Node of(Comparison comparison, Node left, Node right, Site site) {
    if (left instanceof ConstantNode && left.type().isText() && !right.type().isText()) {
      return of(mirrored(comparison), right, left, site);
    }
    FieldType type = left.type();
    if (type.isText()) {
      return ofTexts(comparison, left, CastNode.to(right, type, site), site);
    }
    Node converted = right;
    if (type.dataType().kind() == DataType.Kind.FLOAT && right.type().dataType().isNumeric()) {
      converted = CastNode.to(right, Types.FLOAT, site);
    } else if (!Types.isCountable(type.dataType()) || !Types.isCountable(right.type().dataType())) {
      FieldType target = type.dataType().isNumeric() && right.type().isText() ? Types.DOUBLE : type;
      converted = CastNode.to(right, target, site);
    }
    return new CompareNode(comparison, left, converted, List.of(), -1);
  }

  private static Comparison mirrored(Comparison comparison) {
    return switch (comparison) {
      case EQUAL, NOT_EQUAL -> comparison;
      case LESS_THAN -> Comparison.GREATER_THAN;
      case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case GREATER_THAN -> Comparison.LESS_THAN;
      case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
    };
  }

  private static Node ofTexts(Comparison comparison, Node left, Node right, Site site) {
    List<String> order = List.of();
    if (!comparison.isEquality()) {
      boolean ordinal =
          left.type().opType() == OpType.ORDINAL || right.type().opType() == OpType.ORDINAL;
      if (!ordinal) {
        throw site.error(
            "texts of a categorical field have no order; compare numbers, or declare the field as"
                + " ordinal");
      }
      order = left.type().order().isEmpty() ? right.type().order() : left.type().order();
    }
    return new CompareNode(comparison, left, right, order, site.memo());
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    if (texts) {
      compareTexts(frame, out, rows);
    } else if (right instanceof ConstantNode constant && !constant.isMissing()) {
      left.evaluate(frame, out);
      double[] a = out.numbers;
      compare(a, constant.number(), out.numberBuffer(), rows);
    } else {
      left.evaluate(frame, out);
      Vector other = frame.borrow();
      right.evaluate(frame, other);
      out.addMissing(other.missing);
      out.addErrors(other.errors);
      double[] a = out.numbers;
      double[] result = out.numberBuffer();
      for (int row = 0; row < rows; row++) {
        result[row] = comparison.holds(order(a[row], other.numbers[row])) ? 1 : 0;
      }
      frame.release(other);
    }
    out.invalid = null;
  }

  private void compare(double[] a, double b, double[] result, int rows) {
    if (Double.isNaN(b)) {
      for (int row = 0; row < rows; row++) {
        result[row] = comparison.holds(order(a[row], b)) ? 1 : 0;
      }
      return;
    }
    switch (comparison) {
      case EQUAL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] == b ? 1 : 0;
        }
      }
      case NOT_EQUAL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] != b ? 1 : 0;
        }
      }
      case LESS_THAN -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] < b ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] <= b ? 1 : 0;
        }
      }
      case GREATER_THAN -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] <= b ? 0 : 1; // NaN is above all
        }
      }
      case GREATER_OR_EQUAL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] < b ? 0 : 1;
        }
      }
    }
  }

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  private void compareTexts(Frame frame, Vector out, int rows) {
    left.evaluate(frame, out);
    if (right instanceof ConstantNode constant && !constant.isMissing()) {
      TextMemo holds = frame.memo(memo);
      holds.update(
          out.dictionary,
          (text, code, m) -> m.setNumber(code, holds(text, constant.text()) ? 1 : 0));
      double[] byCode = holds.numbers();
      int[] codes = out.codes;
      double[] result = out.numberBuffer();
      for (int row = 0; row < rows; row++) {
        result[row] = codes[row] < 0 ? 0 : byCode[codes[row]];
      }
      return;
    }
    Vector other = frame.borrow();
    right.evaluate(frame, other);
    out.addMissing(other.missing);
    out.addErrors(other.errors);
    double[] result = out.numberBuffer();
    for (int row = 0; row < rows; row++) {
      if (!Bits.get(out.missing, row)) {
        String a = out.dictionary.value(out.codes[row]);
        result[row] = holds(a, other.dictionary.value(other.codes[row])) ? 1 : 0;
      }
    }
    frame.release(other);
  }

  private boolean holds(String a, String b) {
    if (comparison.isEquality()) {
      return comparison.holds(a.equals(b) ? 0 : 1);
    }
    if (order.isEmpty()) {
      return comparison.holds(a.compareTo(b));
    }
    return comparison.holds(Integer.compare(order.indexOf(a), order.indexOf(b)));
  }
}
