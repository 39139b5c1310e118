package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.MiningField.InvalidValueTreatment;

/** What becomes of function results that are no numbers: NaN, and whole numbers beyond 32 bits. */
record Undefined(InvalidValueTreatment treatment, String function, Site site) {
  Undefined {
    if (treatment == InvalidValueTreatment.AS_VALUE) {
      throw site.error(
          "Apply \""
              + function
              + "\" has invalidValueTreatment=\"asValue\", which there is not for functions; use"
              + " asMissing with a defaultValue");
    }
  }

  /** Treats the results of a function on numbers. */
  void check(Frame frame, Vector out, boolean whole) {
    double[] values = out.numbers;
    int rows = frame.rows();
    if (whole) {
      for (int row = 0; row < rows; row++) {
        values[row] += 0.0; // whole numbers have one zero: 1.0 / (0 * -7) is +INF
        if (!(values[row] >= Integer.MIN_VALUE && values[row] <= Integer.MAX_VALUE)) {
          treat(frame, out, row, true);
        }
      }
    } else {
      for (int row = 0; row < rows; row++) {
        if (Double.isNaN(values[row])) {
          treat(frame, out, row, false);
        }
      }
    }
  }

  private void treat(Frame frame, Vector out, int row, boolean whole) {
    if (Bits.get(out.missing, row)) {
      return;
    }
    switch (treatment) {
      case AS_MISSING -> Bits.set(out.missingBuffer(), row);
      case AS_IS -> {
        if (whole) {
          fail(frame, out, row);
        }
      }
      case RETURN_INVALID, AS_VALUE -> fail(frame, out, row);
    }
  }

  private void fail(Frame frame, Vector out, int row) {
    double value = out.numbers[row];
    site.fail(
        frame,
        out,
        row,
        null,
        "the result of the function \"%s\" is %s; say invalidValueTreatment=\"asMissing\" there, or exclude such values"
            .formatted(
                function,
                Double.isNaN(value) || Double.isInfinite(value)
                    ? "not defined"
                    : "beyond the integers of 32 bits"));
  }
}
