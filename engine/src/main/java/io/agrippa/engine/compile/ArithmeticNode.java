package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.Arithmetic;
import io.agrippa.engine.model.DataType.Kind;

/**
 * a + b, a − b, a · b, a / b: missing where one of them is; whole numbers stay whole, quotients
 * being cut toward zero.
 */
final class ArithmeticNode extends Node {
  /** The four operations. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  private final Operation operation;
  private final Node left;
  private final Node right;
  private final Undefined undefined;

  ArithmeticNode(Operation operation, Node left, Node right, Undefined undefined) {
    super(Types.widest(left.type(), right.type()));
    this.operation = operation;
    this.left = left;
    this.right = right;
    this.undefined = undefined;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    if (right instanceof ConstantNode constant && !constant.isMissing()) {
      left.evaluate(frame, out);
      double[] a = out.numbers;
      double b = constant.number();
      double[] result = out.numberBuffer();
      switch (operation) {
        case ADD -> Arithmetic.add(a, b, result, rows);
        case SUBTRACT -> Arithmetic.subtract(a, b, result, rows);
        case MULTIPLY -> Arithmetic.multiply(a, b, result, rows);
        case DIVIDE -> Arithmetic.divide(a, b, result, rows);
      }
    } else if (left instanceof ConstantNode constant && !constant.isMissing()) {
      right.evaluate(frame, out);
      double a = constant.number();
      double[] b = out.numbers;
      double[] result = out.numberBuffer();
      switch (operation) {
        case ADD -> Arithmetic.add(b, a, result, rows);
        case SUBTRACT -> Arithmetic.subtract(a, b, result, rows);
        case MULTIPLY -> Arithmetic.multiply(b, a, result, rows);
        case DIVIDE -> Arithmetic.divide(a, b, result, rows);
      }
    } else {
      left.evaluate(frame, out);
      Vector other = frame.borrow();
      right.evaluate(frame, other);
      out.addMissing(other.missing);
      out.addErrors(other.errors);
      double[] a = out.numbers;
      double[] b = other.numbers;
      double[] result = out.numberBuffer();
      switch (operation) {
        case ADD -> Arithmetic.add(a, b, result, rows);
        case SUBTRACT -> Arithmetic.subtract(a, b, result, rows);
        case MULTIPLY -> Arithmetic.multiply(a, b, result, rows);
        case DIVIDE -> Arithmetic.divide(a, b, result, rows);
      }
      frame.release(other);
    }
    out.invalid = null;
    boolean whole = Types.isInteger(type());
    if (whole && operation == Operation.DIVIDE) {
      Arithmetic.truncate(out.numbers, rows);
    } else if (type().dataType().kind() == Kind.FLOAT) {
      Arithmetic.roundToSingle(out.numbers, rows);
    }
    undefined.check(frame, out, whole);
  }
}
