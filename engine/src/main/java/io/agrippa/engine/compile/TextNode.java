package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.List;

/**
 * A function of texts and numbers. Where one text is all that varies, it is computed once for each
 * entry of the dictionary. An exception of type {@link LiteralException} is an error of the row.
 */
final class TextNode extends Node {
  /** A function. Arguments are parallel: each is a text or a number. */
  interface Function {
    /**
     * Sets the result; one that is not set is missing. Missing arguments (if the function takes
     * them) are null.
     */
    void apply(String[] texts, double[] numbers, Result result);
  }

  /** Where a missing argument leads. */
  enum Missing {
    /** The result is missing. */
    SPREADS,
    /** The function leaves missing arguments out, and is missing where all are. */
    IS_SKIPPED
  }

  /** The result of one application. */
  static final class Result {
    private String text;
    private double number;
    private boolean set;

    void set(String value) {
      text = value;
      set = true;
    }

    void set(double value) {
      number = value;
      set = true;
    }
  }

  private final List<Node> arguments;
  private final Function function;
  private final Missing missing;
  private final Site site;
  private final int memo;
  private final int varying;

  TextNode(FieldType type, List<Node> arguments, Missing missing, Site site, Function function) {
    super(type);
    this.arguments = List.copyOf(arguments);
    this.function = function;
    this.missing = missing;
    this.site = site;
    memo = site.memo();
    varying = onlyVarying(arguments);
  }

  /**
   * The argument that alone is not constant, if it is a text and the constants are not missing;
   * else −1.
   */
  private static int onlyVarying(List<Node> arguments) {
    int found = -1;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof ConstantNode constant) {
        if (constant.isMissing()) {
          return -1;
        }
      } else if (found >= 0 || !arguments.get(i).type().isText()) {
        return -1;
      } else {
        found = i;
      }
    }
    return found;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    // Where a missing text is left out, the result for it is not that of any entry.
    if (varying >= 0 && (missing == Missing.SPREADS || arguments.size() == 1)) {
      byEntry(frame, out);
    } else {
      byRow(frame, out);
    }
    out.invalid = null;
  }

  private void byEntry(Frame frame, Vector out) {
    arguments.get(varying).evaluate(frame, out);
    TextMemo results = frame.memo(memo);
    boolean text = type().isText();
    if (text) {
      results.pool().refresh();
    }
    String[] texts = new String[arguments.size()];
    double[] numbers = new double[arguments.size()];
    constants(texts, numbers);
    Result result = new Result();
    results.update(
        out.dictionary,
        (entry, code, m) -> {
          texts[varying] = entry;
          result.set = false;
          try {
            function.apply(texts, numbers, result);
          } catch (LiteralException e) {
            m.setError(code);
            return;
          }
          if (!result.set) {
            m.setMissing(code);
          } else if (text) {
            m.setText(code, result.text);
          } else {
            m.setNumber(code, result.number);
          }
        });
    spread(frame, results, texts, numbers, out);
  }

  private void constants(String[] texts, double[] numbers) {
    for (int i = 0; i < texts.length; i++) {
      if (arguments.get(i) instanceof ConstantNode constant) {
        texts[i] = constant.text();
        numbers[i] = constant.number();
      }
    }
  }

  /** Gives the rows the results of their entries. */
  private void spread(Frame frame, TextMemo results, String[] texts, double[] numbers, Vector out) {
    boolean text = type().isText();
    int[] entries = out.codes;
    byte[] states = results.states();
    int[] codes = text ? out.codeBuffer() : null;
    double[] values = text ? null : out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      int entry = entries[row];
      if (entry >= 0 && states[entry] == TextMemo.OK) {
        if (text) {
          codes[row] = results.codes()[entry];
        } else {
          values[row] = results.numbers()[entry];
        }
      } else {
        if (text) {
          codes[row] = -1;
        }
        if (entry >= 0) {
          Bits.set(out.missingBuffer(), row);
          if (states[entry] == TextMemo.ERROR) {
            String value = out.dictionary.value(entry);
            site.fail(frame, out, row, value, reason(value, texts, numbers));
          }
        }
      }
    }
    if (text) {
      out.dictionary = results.pool().dictionary();
    }
  }

  private String reason(String value, String[] texts, double[] numbers) {
    texts[varying] = value;
    try {
      function.apply(texts, numbers, new Result());
    } catch (LiteralException e) {
      return e.getMessage();
    }
    throw new IllegalStateException("a function failed once and not again");
  }

  private void byRow(Frame frame, Vector out) {
    int rows = frame.rows();
    int count = arguments.size();
    Vector[] vectors = new Vector[count];
    for (int i = 0; i < count; i++) {
      vectors[i] = frame.borrow();
      arguments.get(i).evaluate(frame, vectors[i]);
      out.addErrors(vectors[i].errors);
    }
    boolean text = type().isText();
    TextPool pool = null;
    if (text) {
      pool = frame.memo(memo).pool();
      pool.refresh();
      out.codeBuffer();
    } else {
      out.numberBuffer();
    }
    String[] texts = new String[count];
    double[] numbers = new double[count];
    Result result = new Result();
    for (int row = 0; row < rows; row++) {
      result.set = false;
      int present = Bits.get(out.errors, row) ? 0 : gather(vectors, row, texts, numbers);
      boolean applies = missing == Missing.SPREADS ? present == count : present > 0;
      if (applies) {
        try {
          function.apply(texts, numbers, result);
        } catch (LiteralException e) {
          site.fail(frame, out, row, null, e.getMessage());
        }
      }
      if (!result.set) {
        Bits.set(out.missingBuffer(), row);
      }
      if (text) {
        out.codes[row] = result.set ? pool.code(result.text) : -1;
      } else if (result.set) {
        out.numbers[row] = result.number;
      }
    }
    for (Vector vector : vectors) {
      frame.release(vector);
    }
    if (text) {
      out.dictionary = pool.dictionary();
    }
  }

  /** Fetches a row's arguments; returns how many are not missing. */
  private int gather(Vector[] vectors, int row, String[] texts, double[] numbers) {
    int present = 0;
    for (int i = 0; i < vectors.length; i++) {
      Vector vector = vectors[i];
      boolean given = !Bits.get(vector.missing, row);
      if (arguments.get(i).type().isText()) {
        texts[i] = given ? vector.dictionary.value(vector.codes[row]) : null;
      } else {
        numbers[i] = vector.numbers[row];
      }
      present += given ? 1 : 0;
    }
    return present;
  }
}
