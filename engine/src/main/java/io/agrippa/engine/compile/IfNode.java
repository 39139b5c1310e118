package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;

/**
 * One of two values as a condition says; missing where the condition is. What the other branch
 * would have been, or its errors, do not matter.
 */
final class IfNode extends Node {
  private final Node condition;
  private final Node yes;
  private final Node no;
  private final int yesMemo;
  private final int noMemo;

  /** The branches are of the type {@code type}. */
  IfNode(FieldType type, Node condition, Node yes, Node no, Site site) {
    super(type);
    this.condition = condition;
    this.yes = yes;
    this.no = no;
    yesMemo = site.memo();
    noMemo = site.memo();
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector test = frame.borrow();
    condition.evaluate(frame, test);
    int rows = frame.rows();
    int yeses = 0;
    int noes = 0;
    for (int row = 0; row < rows; row++) {
      if (!Bits.get(test.missing, row)) {
        if (test.numbers[row] != 0) {
          yeses++;
        } else {
          noes++;
        }
      }
    }
    if (yeses == rows || noes == rows) {
      (noes == rows && rows > 0 ? no : yes).evaluate(frame, out);
      out.invalid = null;
    } else {
      merge(frame, test, yeses > 0 ? yes : null, noes > 0 ? no : null, out);
    }
    frame.release(test);
  }

  private void merge(Frame frame, Vector test, Node first, Node second, Vector out) {
    Vector a = evaluate(frame, first);
    Vector b = evaluate(frame, second);
    if (type().isText()) {
      mergeTexts(frame, test, a, b, out);
    } else {
      mergeNumbers(frame, test, a, b, out);
    }
    out.addErrors(test.errors);
    frame.release(a);
    frame.release(b);
  }

  private Vector evaluate(Frame frame, Node node) {
    Vector vector = frame.borrow();
    if (node == null) {
      Inputs.allMissing(frame, vector, type());
    } else {
      node.evaluate(frame, vector);
    }
    return vector;
  }

  /**
   * The branch that a row takes, or null where the condition is missing; its missing and error bits
   * are passed on.
   */
  private static Vector chosen(Vector test, Vector a, Vector b, int row, Vector out) {
    if (Bits.get(test.missing, row)) {
      Bits.set(out.missingBuffer(), row);
      return null;
    }
    Vector from = test.numbers[row] != 0 ? a : b;
    if (Bits.get(from.missing, row)) {
      Bits.set(out.missingBuffer(), row);
      if (Bits.get(from.errors, row)) {
        Bits.set(out.errorBuffer(), row);
      }
      return null;
    }
    return from;
  }

  private static void mergeNumbers(Frame frame, Vector test, Vector a, Vector b, Vector out) {
    double[] to = out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      Vector from = chosen(test, a, b, row, out);
      if (from != null) {
        to[row] = from.numbers[row];
      }
    }
  }

  private void mergeTexts(Frame frame, Vector test, Vector a, Vector b, Vector out) {
    TextMemo yesTexts = frame.memo(yesMemo);
    TextMemo noTexts = frame.memo(noMemo);
    TextPool pool = yesTexts.pool();
    pool.refresh();
    noTexts.share(pool);
    yesTexts.update(a.dictionary, (text, code, m) -> m.setText(code, text));
    noTexts.update(b.dictionary, (text, code, m) -> m.setText(code, text));
    int[] to = out.codeBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      Vector from = chosen(test, a, b, row, out);
      to[row] = from == null ? -1 : (from == a ? yesTexts : noTexts).codes()[from.codes[row]];
    }
    out.dictionary = pool.dictionary();
  }
}
