package io.agrippa.engine.compile;

import java.util.List;

/** and, or: missing where one of the arguments is, as the general rule for functions has it. */
final class LogicNode extends Node {
  /** How truths are joined. */
  enum Connective {
    AND,
    OR
  }

  private final Connective connective;
  private final List<Node> arguments;

  LogicNode(Connective connective, List<Node> arguments) {
    super(Types.BOOLEAN);
    this.connective = connective;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    arguments.get(0).evaluate(frame, out);
    double[] first = out.numbers;
    double[] result = out.numberBuffer();
    if (first != result) {
      System.arraycopy(first, 0, result, 0, rows);
    }
    for (Node argument : arguments.subList(1, arguments.size())) {
      Vector other = frame.borrow();
      argument.evaluate(frame, other);
      out.addMissing(other.missing);
      out.addErrors(other.errors);
      double[] values = other.numbers;
      for (int row = 0; row < rows; row++) {
        result[row] =
            connective == Connective.AND
                ? Math.min(result[row], values[row])
                : Math.max(result[row], values[row]);
      }
      frame.release(other);
    }
    out.invalid = null;
  }
}
