package io.agrippa.engine.compile;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.kernel.Ranges;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The inputs of a plan bound to the columns of a schema: reads columns into vectors of PMML types
 * and classifies the values. Immutable.
 *
 * <p>What is missing, or marked as standing for a missing value, gets the missing bit; what is
 * invalid the invalid bit, and what is no value of the field's type the error bit as well.
 */
final class Inputs {
  private final List<Source> sources;
  private final boolean nanIsMissing;
  private final boolean unseenIsMissing;

  /**
   * Where an input comes from.
   *
   * @param column position in the blocks, or −1 if the field is always missing
   * @param conversion null for string fields
   */
  record Source(InputSpec spec, int column, Type type, Conversion conversion) {}

  Inputs(List<Source> sources, Set<TakenAsMissing> taken) {
    this.sources = List.copyOf(sources);
    nanIsMissing = taken.contains(TakenAsMissing.NAN);
    unseenIsMissing = taken.contains(TakenAsMissing.UNSEEN);
  }

  /** Reads and classifies an input into {@code out}, which is cleared. */
  void read(int input, Frame frame, Vector out) {
    Source source = sources.get(input);
    if (source.column < 0) {
      allMissing(frame, out, source.spec.type());
      return;
    }
    Column column = frame.block().column(source.column);
    if (source.spec.type().isText()) {
      if (column instanceof StringColumn strings) {
        readTexts(frame, source.spec, strings, out);
      } else {
        writeTexts(frame, source, column, out);
      }
    } else {
      readNumbers(frame, source, column, out);
    }
  }

  /** The column that an input is read from in the frame's block; null if it is always missing. */
  Column column(int input, Frame frame) {
    int column = sources.get(input).column;
    return column < 0 ? null : frame.block().column(column);
  }

  /** The text of a value as it came, for messages; null where missing. */
  String text(int input, Frame frame, int row) {
    Source source = sources.get(input);
    if (source.column < 0) {
      return null;
    }
    return text(frame.block(), source, frame.block().column(source.column), row);
  }

  private static String text(Block block, Source source, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    return ColumnText.text(block.schema().field(source.column).type(), column, row);
  }

  static void allMissing(Frame frame, Vector out, FieldType type) {
    Bits.fill(out.missingBuffer(), frame.rows());
    if (type.isText()) {
      Arrays.fill(out.codeBuffer(), 0, frame.rows(), -1);
      out.dictionary = Dictionary.EMPTY;
    } else {
      out.numberBuffer();
    }
  }

  private void readTexts(Frame frame, InputSpec spec, StringColumn column, Vector out) {
    int rows = frame.rows();
    int[] codes = column.codes();
    out.codes = codes;
    out.dictionary = column.dictionary();
    Domain domain = spec.domain();
    if (domain.isOpen()) {
      markMissing(codes, rows, out);
      return;
    }
    TextMemo memo = frame.memo(spec.memo());
    memo.update(column.dictionary(), (text, code, m) -> m.setNumber(code, classify(spec, text)));
    classify(memo.numbers(), column.dictionary().size(), codes, rows, out);
  }

  /** Sets the missing bits of codes below 0, without a branch a row. */
  private static void markMissing(int[] codes, int rows, Vector out) {
    for (int w = 0; w << 6 < rows; w++) {
      int from = w << 6;
      int to = Math.min(rows, from + 64);
      long absent = 0;
      for (int row = from; row < to; row++) {
        absent |= (long) (codes[row] >>> 31) << (row - from);
      }
      if (absent != 0) {
        out.missingBuffer()[w] |= absent;
      }
    }
  }

  private static void classify(double[] classes, int size, int[] codes, int rows, Vector out) {
    boolean allValid = true;
    for (int code = 0; code < size; code++) {
      allValid &= classes[code] == Domain.VALID;
    }
    if (allValid) {
      markMissing(codes, rows, out);
      return;
    }
    int[] own = null;
    for (int row = 0; row < rows; row++) {
      int code = codes[row];
      if (code < 0 || classes[code] == Domain.MISSING) {
        Bits.set(out.missingBuffer(), row);
        if (code >= 0) {
          if (own == null) {
            own = out.codeBuffer();
            System.arraycopy(codes, 0, own, 0, rows);
          }
          own[row] = -1;
        }
      } else if (classes[code] == Domain.INVALID) {
        Bits.set(out.invalidBuffer(), row);
      }
    }
  }

  /** A string field from a column that is not text: its values as Java writes them. */
  private void writeTexts(Frame frame, Source source, Column column, Vector out) {
    int rows = frame.rows();
    TextMemo memo = frame.memo(source.spec.memo());
    TextPool texts = memo.pool();
    texts.refresh();
    int[] codes = out.codeBuffer();
    for (int row = 0; row < rows; row++) {
      String text = text(frame.block(), source, column, row);
      byte kind = text == null ? Domain.MISSING : classify(source.spec, text);
      codes[row] = kind == Domain.MISSING ? -1 : texts.code(text);
      mark(out, row, kind);
    }
    out.dictionary = texts.dictionary();
  }

  private static void mark(Vector out, int row, byte kind) {
    if (kind == Domain.MISSING) {
      Bits.set(out.missingBuffer(), row);
    } else if (kind == Domain.INVALID) {
      Bits.set(out.invalidBuffer(), row);
    }
  }

  private void readNumbers(Frame frame, Source source, Column column, Vector out) {
    InputSpec spec = source.spec;
    int rows = frame.rows();
    if (column instanceof StringColumn strings) {
      parse(frame, spec, strings, out);
      return;
    }
    boolean nanIsMalformed = false;
    Malformed malformed = Malformed.NONE;
    if (column instanceof LongColumn longs) {
      convert((Conversion.FromLong) source.conversion, longs.values(), out.numberBuffer(), rows);
      out.missing = longs.missing();
      malformed = longs.malformed();
      nanIsMalformed = true;
    } else if (column instanceof DoubleColumn doubles) {
      out.missing = doubles.missing();
      malformed = doubles.malformed();
      nanIsMalformed = !isReal(spec.type().dataType());
      boolean asIs =
          spec.type().dataType().kind() == DataType.Kind.DOUBLE
              || (source.type == Type.Scalar.FLOAT && !nanIsMalformed);
      if (asIs) {
        out.numbers = doubles.values();
      } else {
        convert(
            (Conversion.FromDouble) source.conversion, doubles.values(), out.numberBuffer(), rows);
      }
    } else if (column instanceof BinaryColumn binary) {
      nanIsMalformed = true;
      convert((Conversion.FromDecimal) source.conversion, binary.values(), out, rows);
    }
    if (malformed.size() > 0) {
      rescue(spec, malformed, out, rows);
    }
    if (nanIsMissing && column instanceof DoubleColumn doubles) {
      takeNaN(doubles.values(), malformed, out, rows);
    }
    classify(spec, out, rows, nanIsMalformed);
  }

  /**
   * Makes rows missing whose number is none, before it was converted; malformed ones hold texts.
   */
  private static void takeNaN(double[] values, Malformed malformed, Vector out, int rows) {
    if (!Ranges.mayHaveNaN(values, rows)) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (Double.isNaN(values[row]) && malformed.at(row) == null) {
        Bits.set(out.missingBuffer(), row);
      }
    }
  }

  /** What a text of a string field is taken for. */
  private byte classify(InputSpec spec, String text) {
    byte kind = spec.domain().classify(text);
    return kind == Domain.INVALID && isTakenAsUnseen(spec) && spec.domain().isUnseen(text)
        ? Domain.MISSING
        : kind;
  }

  /** What a text that is no value of a field's type is taken for. */
  private byte classifyMalformed(InputSpec spec, String text) {
    byte kind = spec.domain().classifyMalformed(text);
    boolean taken =
        (nanIsMissing && text.trim().equalsIgnoreCase("nan"))
            || (isTakenAsUnseen(spec) && spec.domain().isUnseen(text));
    return kind == Domain.INVALID && taken ? Domain.MISSING : kind;
  }

  /** What a value that is of the field's type is taken for. */
  private byte classify(InputSpec spec, double value) {
    byte kind = spec.domain().classify(value);
    boolean taken =
        (nanIsMissing && Double.isNaN(value))
            || (isTakenAsUnseen(spec) && spec.domain().isUnseen(value));
    return kind == Domain.INVALID && taken ? Domain.MISSING : kind;
  }

  private void classify(InputSpec spec, Vector out, int rows, boolean nanIsMalformed) {
    classify(spec.domain(), value -> classify(spec, value), out, rows, nanIsMalformed);
  }

  /** What a number is: of the constants of {@link Domain}. */
  private interface Classifier {
    byte kind(double value);
  }

  private boolean isTakenAsUnseen(InputSpec spec) {
    return unseenIsMissing && spec.type().opType() != OpType.CONTINUOUS;
  }

  private static boolean isReal(DataType type) {
    return type.kind() == DataType.Kind.DOUBLE || type.kind() == DataType.Kind.FLOAT;
  }

  private static void convert(Conversion.FromLong conversion, long[] from, double[] to, int rows) {
    for (int row = 0; row < rows; row++) {
      to[row] = conversion.convert(from[row]);
    }
  }

  private static void convert(
      Conversion.FromDouble conversion, double[] from, double[] to, int rows) {
    for (int row = 0; row < rows; row++) {
      to[row] = conversion.convert(from[row]);
    }
  }

  private static void convert(
      Conversion.FromDecimal conversion, byte[][] from, Vector out, int rows) {
    double[] to = out.numberBuffer();
    for (int row = 0; row < rows; row++) {
      if (from[row] == null) {
        Bits.set(out.missingBuffer(), row);
      } else {
        to[row] = conversion.convert(from[row]);
      }
    }
  }

  /**
   * Texts that the reader could not read as the column's type may be values of the field's type all
   * the same, or markers.
   */
  private void rescue(InputSpec spec, Malformed malformed, Vector out, int rows) {
    double[] read = out.numbers;
    double[] numbers = out.numberBuffer();
    if (read != numbers) {
      System.arraycopy(read, 0, numbers, 0, rows);
    }
    for (int i = 0; i < malformed.size() && malformed.row(i) < rows; i++) {
      int row = malformed.row(i);
      String text = malformed.text(i);
      try {
        numbers[row] = Literals.number(text, spec.type().dataType());
      } catch (LiteralException e) {
        numbers[row] = 0;
        byte kind = classifyMalformed(spec, text);
        mark(out, row, kind);
        if (kind == Domain.INVALID) {
          Bits.set(out.errorBuffer(), row);
        }
      }
    }
  }

  private void parse(Frame frame, InputSpec spec, StringColumn column, Vector out) {
    int rows = frame.rows();
    TextMemo memo = frame.memo(spec.memo());
    DataType type = spec.type().dataType();
    memo.update(
        column.dictionary(),
        (text, code, m) -> {
          try {
            m.setNumber(code, Literals.number(text, type));
          } catch (LiteralException e) {
            if (classifyMalformed(spec, text) == Domain.MISSING) {
              m.setMissing(code);
            } else {
              m.setError(code);
            }
          }
        });
    double[] numbers = memo.numbers();
    byte[] states = memo.states();
    int[] codes = column.codes();
    double[] to = out.numberBuffer();
    for (int row = 0; row < rows; row++) {
      int code = codes[row];
      if (code < 0 || states[code] == TextMemo.MISSING) {
        Bits.set(out.missingBuffer(), row);
      } else if (states[code] == TextMemo.ERROR) {
        Bits.set(out.errorBuffer(), row);
        Bits.set(out.invalidBuffer(), row);
      } else {
        to[row] = numbers[code];
      }
    }
    classify(spec, out, rows, false);
  }

  /** Classifies values that a treatment made, for a model that treats them anew. */
  static void reclassify(
      Frame frame, Vector in, boolean text, Domain domain, int memo, Vector out) {
    out.share(in);
    out.invalid = null;
    if (text) {
      TextMemo classes = frame.memo(memo);
      classes.update(in.dictionary, (t, code, m) -> m.setNumber(code, domain.classify(t)));
      classify(classes.numbers(), in.dictionary.size(), in.codes, frame.rows(), out);
    } else {
      classify(domain, domain::classify, out, frame.rows(), false);
    }
  }

  /**
   * Sets missing and invalid bits of values that are of the field's type. Most columns are in order
   * and are left after one look without branches.
   */
  private static void classify(
      Domain domain, Classifier classifier, Vector out, int rows, boolean nanIsMalformed) {
    double[] numbers = out.numbers;
    boolean range = domain.isRange();
    double least = range ? domain.least() : Double.NEGATIVE_INFINITY;
    double most = range ? domain.most() : Double.POSITIVE_INFINITY;
    if (domain.isOpen()
        ? !Ranges.mayHaveNaN(numbers, rows)
        : range && !Ranges.anyOutside(numbers, least, most, 0, rows)) {
      return;
    }
    for (int w = 0; w << 6 < rows; w++) {
      int from = w << 6;
      int to = Math.min(rows, from + 64);
      long suspects =
          domain.isOpen() || range
              ? Ranges.outside(numbers, least, most, from, to)
              : -1L >>> (from + 64 - to);
      suspects &= ~(word(out.missing, w) | word(out.errors, w));
      for (; suspects != 0; suspects &= suspects - 1) {
        int row = from + Long.numberOfTrailingZeros(suspects);
        if (nanIsMalformed && Double.isNaN(numbers[row])) {
          Bits.set(out.invalidBuffer(), row);
          Bits.set(out.errorBuffer(), row);
        } else {
          mark(out, row, classifier.kind(numbers[row]));
        }
      }
    }
  }

  private static long word(long[] bits, int word) {
    return bits == null ? 0 : bits[word];
  }
}
