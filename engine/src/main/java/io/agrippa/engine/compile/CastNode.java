package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;

/**
 * The values of an expression in another type. A value that is none of that type is an error of its
 * row.
 */
final class CastNode {
  private CastNode() {}

  /** The node in this type: itself where its values are of the data type already. */
  static Node to(Node node, FieldType type, Site site) {
    DataType from = node.type().dataType();
    DataType to = type.dataType();
    if (node instanceof ConstantNode constant) {
      return constant.as(type, site);
    }
    if (from.equals(to)) {
      return node.type().equals(type) ? node : new Relabeled(node, type);
    }
    if (type.isText()) {
      return new ToText(node, type, site.memo());
    }
    if (node.type().isText()) {
      return new FromText(node, type, site.memo(), site);
    }
    Cast cast =
        Cast.of(from, to)
            .orElseThrow(
                () ->
                    site.error(
                        "a value of type "
                            + from
                            + " cannot become a "
                            + to
                            + "; change one of the types"));
    return cast == Cast.SAME ? new Relabeled(node, type) : new Numbers(node, type, cast, site);
  }

  private static final class Numbers extends Node {
    private final Node node;
    private final Cast cast;
    private final Site site;

    Numbers(Node node, FieldType type, Cast cast, Site site) {
      super(type);
      this.node = node;
      this.cast = cast;
      this.site = site;
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      node.evaluate(frame, out);
      double[] from = out.numbers;
      double[] to = out.numberBuffer();
      for (int row = 0, rows = frame.rows(); row < rows; row++) {
        double value = from[row];
        double result = cast.cast(value);
        if (Double.isNaN(result) && !isNumber(value) && !Bits.get(out.missing, row)) {
          site.fail(
              frame,
              out,
              row,
              Literals.text(value, node.type().dataType()),
              "the value is not of type " + type().dataType());
        }
        to[row] = result;
      }
    }

    /** Whether NaN is NaN in the new type as well. */
    private boolean isNumber(double value) {
      DataType.Kind kind = type().dataType().kind();
      return Double.isNaN(value) && (kind == DataType.Kind.FLOAT || kind == DataType.Kind.DOUBLE);
    }
  }

  private static final class FromText extends Node {
    private final Node node;
    private final int memo;
    private final Site site;

    FromText(Node node, FieldType type, int memo, Site site) {
      super(type);
      this.node = node;
      this.memo = memo;
      this.site = site;
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      node.evaluate(frame, out);
      TextMemo parsed = frame.memo(memo);
      DataType to = type().dataType();
      parsed.update(
          out.dictionary,
          (text, code, m) -> {
            try {
              m.setNumber(code, Literals.number(text, to));
            } catch (LiteralException e) {
              m.setError(code);
            }
          });
      int[] codes = out.codes;
      double[] numbers = parsed.numbers();
      byte[] states = parsed.states();
      double[] result = out.numberBuffer();
      for (int row = 0, rows = frame.rows(); row < rows; row++) {
        int code = codes[row];
        if (code >= 0) {
          if (states[code] == TextMemo.ERROR) {
            site.fail(
                frame, out, row, out.dictionary.value(code), "the value is not of type " + to);
          }
          result[row] = numbers[code];
        }
      }
    }
  }

  private static final class ToText extends Node {
    private final Node node;
    private final int memo;

    ToText(Node node, FieldType type, int memo) {
      super(type);
      this.node = node;
      this.memo = memo;
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      node.evaluate(frame, out);
      TextPool texts = frame.memo(memo).pool();
      texts.refresh();
      DataType from = node.type().dataType();
      double[] numbers = out.numbers;
      int[] codes = out.codeBuffer();
      double last = Double.NaN;
      int lastCode = -1;
      for (int row = 0, rows = frame.rows(); row < rows; row++) {
        if (Bits.get(out.missing, row)) {
          codes[row] = -1;
        } else {
          if (numbers[row] != last) { // neighbours are often equal, and formatting is slow
            last = numbers[row];
            lastCode = texts.code(Literals.text(last, from));
          }
          codes[row] = lastCode;
        }
      }
      out.dictionary = texts.dictionary();
    }
  }
}
