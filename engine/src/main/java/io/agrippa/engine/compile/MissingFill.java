package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.List;

/**
 * An expression with a constant in some rows: those in which it is missing, or those in which an
 * argument of it is. Errors of arguments stay.
 */
final class MissingFill extends Node {
  private final Node node;
  private final List<Node> arguments;
  private final ConstantNode fill;
  private final int memo;

  private MissingFill(
      Node node, List<Node> arguments, ConstantNode fill, FieldType type, int memo) {
    super(type);
    this.node = node;
    this.arguments = arguments;
    this.fill = fill;
    this.memo = memo;
  }

  /**
   * The node with a literal in place of missing values; the type widens where the literal is none
   * of the node's.
   */
  static Node of(Node node, String literal, Site site) {
    return of(node, null, literal, site);
  }

  /**
   * A function with {@code mapMissingTo}: where an argument is missing, it is not applied, and the
   * result is the literal.
   *
   * @param arguments slots or constants, so that asking them again costs nothing
   */
  static Node ofArguments(Node function, List<Node> arguments, String literal, Site site) {
    return of(function, List.copyOf(arguments), literal, site);
  }

  private static Node of(Node node, List<Node> arguments, String literal, Site site) {
    ConstantNode fill = Types.literal(literal, node.type());
    FieldType type = Types.common(node, fill);
    return new MissingFill(
        CastNode.to(node, type, site), arguments, fill.as(type, site), type, site.memo());
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    node.evaluate(frame, out);
    Vector rows = frame.borrow();
    long[] filled = rows.missingBuffer();
    if (arguments == null) {
      addMissing(frame, out, filled);
    } else {
      for (Node argument : arguments) {
        Vector vector = frame.borrow();
        argument.evaluate(frame, vector);
        addMissing(frame, vector, filled);
        frame.release(vector);
      }
      for (Node argument : arguments) {
        Vector vector = frame.borrow();
        argument.evaluate(frame, vector);
        remove(frame, vector.errors, filled);
        frame.release(vector);
      }
    }
    if (any(frame, filled)) {
      fill(frame, filled, out);
    }
    frame.release(rows);
  }

  private static void addMissing(Frame frame, Vector vector, long[] bits) {
    if (vector.missing != null) {
      for (int i = 0, words = frame.words(); i < words; i++) {
        bits[i] |= vector.missing[i] & ~(vector.errors == null ? 0 : vector.errors[i]);
      }
    }
  }

  private static void remove(Frame frame, long[] from, long[] bits) {
    if (from != null) {
      for (int i = 0, words = frame.words(); i < words; i++) {
        bits[i] &= ~from[i];
      }
    }
  }

  private static boolean any(Frame frame, long[] bits) {
    for (int i = 0, words = frame.words(); i < words; i++) {
      if (bits[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private void fill(Frame frame, long[] filled, Vector out) {
    int rows = frame.rows();
    if (type().isText()) {
      fillTexts(frame, out, filled, rows);
    } else {
      double[] from = out.numbers;
      double[] to = out.numberBuffer();
      for (int row = 0; row < rows; row++) {
        to[row] = Bits.get(filled, row) ? fill.number() : from[row];
      }
    }
    if (out.missing != null) {
      remove(frame, filled, out.missingBuffer());
    }
    if (out.errors != null) {
      remove(frame, filled, out.errorBuffer());
    }
  }

  private void fillTexts(Frame frame, Vector out, long[] filled, int rows) {
    TextMemo texts = frame.memo(memo);
    texts.pool().refresh();
    texts.update(out.dictionary, (text, code, m) -> m.setText(code, text));
    int[] translated = texts.codes();
    int code = texts.pool().code(fill.text());
    int[] from = out.codes;
    int[] to = out.codeBuffer();
    for (int row = 0; row < rows; row++) {
      if (Bits.get(filled, row)) {
        to[row] = code;
      } else {
        to[row] = from[row] < 0 ? -1 : translated[from[row]];
      }
    }
    out.dictionary = texts.pool().dictionary();
  }
}
