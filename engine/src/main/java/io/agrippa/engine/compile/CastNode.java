package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.model.DataType;

/**
 * The values of an expression in another type. A value that is none of that type is an error of its
 * row.
 */
final class CastNode {
  private CastNode() {}

  /** What casts need of where they stand. */
  interface Site {
    /** The number of a new translation. */
    int memo();

    /** The field that is computed, for messages about rows. */
    String field();

    /** An error about the document. */
    RuntimeException error(String message);
  }

  /** The node in this type: itself where its values are of the data type already. */
  static Node to(Node node, FieldType type, Site site) {
    DataType from = node.type().dataType();
    DataType to = type.dataType();
    if (node instanceof ConstantNode constant) {
      return constant.as(type, site);
    }
    if (from.equals(to)) {
      return node.type().equals(type) ? node : new Relabel(node, type);
    }
    if (type.isText()) {
      return new ToText(node, type, site.memo());
    }
    if (node.type().isText()) {
      return new FromText(node, type, site.memo(), site.field());
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
    return cast == Cast.SAME
        ? new Relabel(node, type)
        : new Numbers(node, type, cast, site.field());
  }

  /** The same values under another type. */
  private static final class Relabel extends Node {
    private final Node node;

    Relabel(Node node, FieldType type) {
      super(type);
      this.node = node;
    }

    @Override
    void evaluate(Frame frame, Vector out) {
      node.evaluate(frame, out);
    }
  }

  private static final class Numbers extends Node {
    private final Node node;
    private final Cast cast;
    private final String field;

    Numbers(Node node, FieldType type, Cast cast, String field) {
      super(type);
      this.node = node;
      this.cast = cast;
      this.field = field;
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
          fail(
              frame,
              out,
              row,
              field,
              Literals.text(value, node.type().dataType()),
              type().dataType());
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
    private final String field;

    FromText(Node node, FieldType type, int memo, String field) {
      super(type);
      this.node = node;
      this.memo = memo;
      this.field = field;
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
            fail(frame, out, row, field, out.dictionary.value(code), to);
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
      DictionaryBuilder texts = frame.memo(memo).freshTexts();
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
      out.dictionary = texts.snapshot();
    }
  }

  private static void fail(
      Frame frame, Vector out, int row, String field, String value, DataType type) {
    out.fail(row);
    frame.explain(row, field, value, "the value is not of type " + type);
  }
}
