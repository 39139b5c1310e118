package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.Arithmetic;
import io.agrippa.engine.model.DataType.Kind;
import java.util.Arrays;
import java.util.List;

/** A summary of several numbers that leaves out missing ones; missing where all are. */
final class SummaryNode extends Node {
  /** What is computed. */
  enum Summary {
    MIN,
    MAX,
    SUM,
    PRODUCT,
    AVERAGE,
    MEDIAN,
    /** The standard deviation of a sample; 0 of one value. */
    DEVIATION;

    /** The summary of the first {@code count} values, at least one; their order may be changed. */
    double of(double[] values, int count) {
      double result = values[0];
      switch (this) {
        case MIN -> {
          for (int i = 1; i < count; i++) {
            result = Math.min(result, values[i]);
          }
        }
        case MAX -> {
          for (int i = 1; i < count; i++) {
            result = Math.max(result, values[i]);
          }
        }
        case SUM, AVERAGE -> {
          for (int i = 1; i < count; i++) {
            result += values[i];
          }
          if (this == AVERAGE) {
            result /= count;
          }
        }
        case PRODUCT -> {
          for (int i = 1; i < count; i++) {
            result *= values[i];
          }
        }
        case MEDIAN -> {
          Arrays.sort(values, 0, count);
          int middle = count >>> 1;
          result = (count & 1) != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        }
        case DEVIATION -> {
          double mean = AVERAGE.of(values, count);
          double squares = 0;
          for (int i = 0; i < count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
          }
          result = count == 1 ? 0 : Math.sqrt(squares / (count - 1));
        }
      }
      return result;
    }
  }

  private final Summary summary;
  private final List<Node> arguments;
  private final Undefined undefined;

  SummaryNode(FieldType type, Summary summary, List<Node> arguments, Undefined undefined) {
    super(type);
    this.summary = summary;
    this.arguments = List.copyOf(arguments);
    this.undefined = undefined;
  }

  /** The type of a summary of numbers of the type. */
  static FieldType type(Summary summary, FieldType numbers) {
    return switch (summary) {
      case AVERAGE, MEDIAN, DEVIATION -> Types.isInteger(numbers) ? Types.DOUBLE : numbers;
      case MIN, MAX, SUM, PRODUCT -> numbers;
    };
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    Vector[] vectors = new Vector[arguments.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = frame.borrow();
      arguments.get(i).evaluate(frame, vectors[i]);
      out.addErrors(vectors[i].errors);
    }
    double[] result = out.numberBuffer();
    double[] present = new double[vectors.length];
    for (int row = 0; row < rows; row++) {
      int count = 0;
      for (Vector vector : vectors) {
        if (!Bits.get(vector.missing, row)) {
          present[count++] = vector.numbers[row];
        }
      }
      if (count == 0 || Bits.get(out.errors, row)) {
        Bits.set(out.missingBuffer(), row);
      } else {
        result[row] = summary.of(present, count);
      }
    }
    for (Vector vector : vectors) {
      frame.release(vector);
    }
    if (type().dataType().kind() == Kind.FLOAT) {
      Arithmetic.roundToSingle(result, rows);
    }
    undefined.check(frame, out, Types.isInteger(type()));
  }
}
