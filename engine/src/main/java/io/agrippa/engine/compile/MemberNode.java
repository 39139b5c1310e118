package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a value is among others. A missing value is found among them only if one of them is
 * missing.
 */
final class MemberNode extends Node {
  private final Node needle;
  private final boolean inside;
  private final Set<String> texts = new HashSet<>();
  private final double[] numbers;
  private final boolean missingListed;
  private final List<Node> others = new ArrayList<>();
  private final int memo;

  /**
   * A test of membership.
   *
   * @param values of the needle's type
   * @param inside whether to ask for membership or for the contrary
   */
  MemberNode(Node needle, List<Node> values, boolean inside, Site site) {
    super(Types.BOOLEAN);
    this.needle = needle;
    this.inside = inside;
    List<Double> constants = new ArrayList<>();
    boolean missing = false;
    for (Node value : values) {
      if (!(value instanceof ConstantNode constant)) {
        others.add(value);
      } else if (constant.isMissing()) {
        missing = true;
      } else if (constant.type().isText()) {
        texts.add(constant.text());
      } else {
        constants.add(constant.number() + 0.0);
      }
    }
    missingListed = missing;
    numbers = constants.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    memo = site.memo();
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector in = frame.borrow();
    needle.evaluate(frame, in);
    out.addErrors(in.errors);
    double[] result = out.numberBuffer();
    int rows = frame.rows();
    if (needle.type().isText()) {
      TextMemo found = frame.memo(memo);
      found.update(
          in.dictionary, (text, code, m) -> m.setNumber(code, texts.contains(text) ? 1 : 0));
      double[] byCode = found.numbers();
      for (int row = 0; row < rows; row++) {
        result[row] = in.codes[row] < 0 ? 0 : byCode[in.codes[row]];
      }
    } else {
      for (int row = 0; row < rows; row++) {
        result[row] = Arrays.binarySearch(numbers, in.numbers[row] + 0.0) >= 0 ? 1 : 0;
      }
    }
    if (in.missing != null) {
      for (int row = 0; row < rows; row++) {
        if (Bits.get(in.missing, row)) {
          result[row] = missingListed ? 1 : 0;
        }
      }
    }
    for (Node other : others) {
      Vector vector = frame.borrow();
      other.evaluate(frame, vector);
      out.addErrors(vector.errors);
      for (int row = 0; row < rows; row++) {
        if (result[row] == 0 && same(in, vector, row)) {
          result[row] = 1;
        }
      }
      frame.release(vector);
    }
    frame.release(in);
    if (!inside) {
      for (int row = 0; row < rows; row++) {
        result[row] = 1 - result[row];
      }
    }
    out.addMissing(out.errors);
  }

  private boolean same(Vector in, Vector value, int row) {
    boolean missing = Bits.get(value.missing, row);
    if (missing || Bits.get(in.missing, row)) {
      return missing && Bits.get(in.missing, row);
    }
    return needle.type().isText()
        ? in.dictionary.value(in.codes[row]).equals(value.dictionary.value(value.codes[row]))
        : in.numbers[row] == value.numbers[row];
  }
}
