package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.Arithmetic;
import io.agrippa.engine.model.DataType.Kind;
import java.util.List;

/** A function of one to three numbers: missing where one of them is. */
final class MathNode extends Node {
  /** A function of up to three numbers; those that it does not take are 0. */
  interface Function {
    double apply(double a, double b, double c);
  }

  private final List<Node> arguments;
  private final Function function;
  private final Undefined undefined;

  MathNode(FieldType type, List<Node> arguments, Function function, Undefined undefined) {
    super(type);
    this.arguments = arguments;
    this.function = function;
    this.undefined = undefined;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    arguments.get(0).evaluate(frame, out);
    Vector second = more(1, frame, out);
    Vector third = more(2, frame, out);
    double[] a = out.numbers;
    double[] result = out.numberBuffer();
    if (second == null) {
      for (int row = 0; row < rows; row++) {
        result[row] = function.apply(a[row], 0, 0);
      }
    } else if (third == null) {
      double[] b = second.numbers;
      for (int row = 0; row < rows; row++) {
        result[row] = function.apply(a[row], b[row], 0);
      }
    } else {
      double[] b = second.numbers;
      double[] c = third.numbers;
      for (int row = 0; row < rows; row++) {
        result[row] = function.apply(a[row], b[row], c[row]);
      }
    }
    if (second != null) {
      frame.release(second);
    }
    if (third != null) {
      frame.release(third);
    }
    out.invalid = null;
    if (type().dataType().kind() == Kind.FLOAT) {
      Arithmetic.roundToSingle(result, rows);
    }
    undefined.check(frame, out, Types.isInteger(type()));
  }

  private Vector more(int index, Frame frame, Vector out) {
    if (index >= arguments.size()) {
      return null;
    }
    Vector vector = frame.borrow();
    arguments.get(index).evaluate(frame, vector);
    out.addMissing(vector.missing);
    out.addErrors(vector.errors);
    return vector;
  }
}
