package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.Ranges;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningField.InvalidValueTreatment;
import io.agrippa.engine.model.MiningField.MissingValueTreatment;
import io.agrippa.engine.model.MiningField.OutlierTreatment;

/**
 * What a MiningField does to the values of its field, in this order: what is missing gets the
 * replacement; what is invalid is treated as the field says; what is valid is treated as an outlier
 * where it lies outside the bounds. Replacements are not checked or clipped again.
 *
 * <p>Input vectors come with the bits of {@link Vector#invalid} set for all invalid rows, and those
 * of {@link Vector#errors} for the ones among them that are no value of the field's type.
 */
final class Treatment {
  private final String name;
  private final FieldType type;
  private final Domain domain;
  private final boolean failMissing;
  private final Replacement missing;
  private final InvalidValueTreatment invalidTreatment;
  private final Replacement invalid;
  private final OutlierTreatment outliers;
  private final double low;
  private final double high;

  /** A value to put in: a number, or a text for text fields. Null where there is none. */
  private record Replacement(double number, String text) {}

  /** Identity of what a treatment does, for sharing. */
  record Key(
      int slot,
      FieldType type,
      boolean failMissing,
      String missing,
      InvalidValueTreatment invalidTreatment,
      String invalid,
      OutlierTreatment outliers,
      double low,
      double high) {
    static Key of(int slot, FieldType type, MiningField field) {
      boolean failing = field.missingValueTreatment() == MissingValueTreatment.RETURN_INVALID;
      return new Key(
          slot,
          type,
          failing,
          field.missingValueReplacement(),
          field.invalidValueTreatment(),
          field.invalidValueReplacement(),
          field.outliers(),
          field.lowValue(),
          field.highValue());
    }
  }

  /**
   * The treatment of a field.
   *
   * @throws LiteralException if a replacement or bound is not a value of the field's type
   */
  Treatment(MiningField field, FieldType type, Domain domain) {
    this.name = field.name();
    this.type = type;
    this.domain = domain;
    failMissing = field.missingValueTreatment() == MissingValueTreatment.RETURN_INVALID;
    missing = replacement(field.missingValueReplacement(), type);
    invalid =
        field.invalidValueTreatment() == InvalidValueTreatment.AS_IS
                || field.invalidValueTreatment() == InvalidValueTreatment.AS_VALUE
            ? replacement(field.invalidValueReplacement(), type)
            : null;
    invalidTreatment = field.invalidValueTreatment();
    outliers = type.isText() ? OutlierTreatment.AS_IS : field.outliers();
    low = bound(field.lowValue(), type);
    high = bound(field.highValue(), type);
    if (outliers != OutlierTreatment.AS_IS && Double.isNaN(low) && Double.isNaN(high)) {
      throw new LiteralException(
          "has a treatment of outliers but neither lowValue nor highValue; give at least one");
    }
  }

  private static Replacement replacement(String text, FieldType type) {
    if (text == null) {
      return null;
    }
    return type.isText()
        ? new Replacement(Double.NaN, text)
        : new Replacement(Literals.number(text, type.dataType()), text);
  }

  /** A bound takes the place of a value, so it has to be one of the field's type. */
  private static double bound(double value, FieldType type) {
    return switch (type.dataType().kind()) {
      case FLOAT -> (double) (float) value;
      default -> value;
    };
  }

  /** Whether a nested model that gives a field this treatment means to treat it anew. */
  static boolean isAnew(MiningField field, FieldType outer) {
    return (field.opType() != null && field.opType() != outer.opType())
        || field.missingValueReplacement() != null
        || field.invalidValueTreatment() == InvalidValueTreatment.AS_MISSING
        || field.invalidValueTreatment() == InvalidValueTreatment.AS_VALUE
        || field.outliers() != OutlierTreatment.AS_IS;
  }

  /** Whether values that are neither missing nor invalid pass as they are. */
  private boolean leavesValid() {
    return outliers == OutlierTreatment.AS_IS;
  }

  /**
   * Treats {@code in} into {@code out}.
   *
   * @param values gives the text of a row's value for messages
   * @param memo translation of this treatment, for text fields
   */
  void apply(Frame frame, Vector in, Vector out, int memo, RowText values) {
    boolean anyMissing = Bits.any(in.missing);
    boolean anyInvalid = Bits.any(in.invalid);
    if (leavesValid() && !anyInvalid && !(anyMissing && (missing != null || failMissing))) {
      out.share(in);
      return;
    }
    if (type.isText()) {
      treatTexts(frame, in, out, memo, values);
    } else {
      treatNumbers(frame, in, out, anyMissing, values);
    }
    if (in.errors != null) {
      keepErrors(in, out, frame.words());
    }
  }

  /** What an enclosing model could not compute is no missing value that could be replaced. */
  private void keepErrors(Vector in, Vector out, int words) {
    for (int w = 0; w < words; w++) {
      long invalidHere = in.invalid == null ? 0 : in.invalid[w];
      for (long m = in.errors[w] & ~invalidHere; m != 0; m &= m - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(m);
        out.fail(row);
        if (type.isText()) {
          out.codes[row] = -1;
        }
      }
    }
  }

  /** What the treatment did to a row's value. */
  Trace.Treatment done(Vector in, Vector out, int row) {
    boolean absent = Bits.get(out.missing, row);
    if (Bits.get(in.missing, row)) {
      return Bits.get(out.errors, row)
          ? Trace.Treatment.MISSING_REFUSED
          : absent ? Trace.Treatment.MISSING : Trace.Treatment.MISSING_REPLACED;
    }
    if (Bits.get(in.invalid, row)) {
      if (Bits.get(out.errors, row)) {
        return Trace.Treatment.INVALID_REFUSED;
      }
      return absent
          ? Trace.Treatment.INVALID_AS_MISSING
          : Bits.get(out.invalid, row)
              ? Trace.Treatment.INVALID_AS_IS
              : Trace.Treatment.INVALID_REPLACED;
    }
    if (absent) {
      return Trace.Treatment.OUTLIER_AS_MISSING;
    }
    boolean same = type.isText() || Double.compare(in.numbers[row], out.numbers[row]) == 0;
    return same ? Trace.Treatment.AS_IS : Trace.Treatment.OUTLIER_REPLACED;
  }

  /** Text of a row's value, for messages. */
  interface RowText {
    /** The text, or null where missing. */
    String text(Frame frame, int row);
  }

  private void treatNumbers(
      Frame frame, Vector in, Vector out, boolean anyMissing, RowText values) {
    int rows = frame.rows();
    double[] from = in.numbers;
    double[] to = out.numberBuffer();
    System.arraycopy(from, 0, to, 0, rows);
    if (!leavesValid()) {
      treatOutliers(in, out, to, rows);
    }
    if (anyMissing) {
      if (failMissing || missing == null) {
        for (int row = nextRow(in.missing, 0, rows);
            row < rows;
            row = nextRow(in.missing, row + 1, rows)) {
          treatMissing(frame, out, to, row, failMissing);
        }
      } else {
        replace(in.missing, to, missing.number, rows);
      }
    }
    if (in.invalid != null) {
      for (int row = nextRow(in.invalid, 0, rows);
          row < rows;
          row = nextRow(in.invalid, row + 1, rows)) {
        treatInvalid(frame, in, out, to, row, values);
      }
    }
  }

  private static void replace(long[] rowBits, double[] to, double number, int rows) {
    for (int w = 0; w << 6 < rows; w++) {
      for (long m = rowBits[w]; m != 0; m &= m - 1) {
        to[(w << 6) + Long.numberOfTrailingZeros(m)] = number;
      }
    }
  }

  private void treatMissing(Frame frame, Vector out, double[] to, int row, boolean failing) {
    if (failing) {
      failMissing(frame, out, row);
    } else if (missing != null) {
      to[row] = missing.number;
    } else {
      Bits.set(out.missingBuffer(), row);
    }
  }

  private void failMissing(Frame frame, Vector out, int row) {
    out.fail(row);
    frame.explain(row, name, null, "the value is missing, and the model needs one; give a value");
  }

  private void treatInvalid(
      Frame frame, Vector in, Vector out, double[] to, int row, RowText values) {
    if (invalidTreatment == InvalidValueTreatment.AS_MISSING) {
      treatMissing(frame, out, to, row, false);
    } else if (invalid != null) {
      to[row] = invalid.number;
    } else if (invalidTreatment == InvalidValueTreatment.RETURN_INVALID
        || Bits.get(in.errors, row)) {
      failInvalid(frame, in, out, row, values);
    } else {
      Bits.set(out.invalidBuffer(), row);
    }
  }

  private void failInvalid(Frame frame, Vector in, Vector out, int row, RowText values) {
    out.fail(row);
    String right =
        Bits.get(in.errors, row)
            ? "of type " + type.dataType()
            : domain == null ? "valid" : domain.describe();
    frame.explain(row, name, values.text(frame, row), "the value is invalid; it must be " + right);
  }

  private void treatOutliers(Vector in, Vector out, double[] to, int rows) {
    // A bound that is absent bounds nothing.
    double least = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low;
    double most = Double.isNaN(high) ? Double.POSITIVE_INFINITY : high;
    if (!Ranges.anyOutside(to, least, most, 0, rows)) {
      return;
    }
    for (int w = 0; w << 6 < rows; w++) {
      int from = w << 6;
      long exempt =
          (in.missing == null ? 0 : in.missing[w]) | (in.invalid == null ? 0 : in.invalid[w]);
      long m = Ranges.outside(to, least, most, from, Math.min(rows, from + 64)) & ~exempt;
      for (; m != 0; m &= m - 1) {
        treatOutlier(out, to, from + Long.numberOfTrailingZeros(m));
      }
    }
  }

  private void treatOutlier(Vector out, double[] to, int row) {
    double value = to[row];
    boolean below = value < low;
    if (below || value > high) {
      if (outliers == OutlierTreatment.AS_EXTREME_VALUES) {
        to[row] = below ? low : high;
      } else if (missing != null) {
        to[row] = missing.number;
      } else {
        Bits.set(out.missingBuffer(), row);
      }
    }
  }

  private void treatTexts(Frame frame, Vector in, Vector out, int memo, RowText values) {
    int rows = frame.rows();
    TextMemo translation = frame.memo(memo);
    TextPool texts = translation.pool();
    texts.refresh();
    translation.update(in.dictionary, (text, code, m) -> m.setText(code, text));
    int missingCode = missing == null ? -1 : texts.code(missing.text);
    int invalidCode = invalid == null ? -1 : texts.code(invalid.text);
    int[] translated = translation.codes();
    int[] from = in.codes;
    int[] to = out.codeBuffer();
    for (int row = 0; row < rows; row++) {
      int code = from[row];
      if (code < 0 || Bits.get(in.missing, row)) {
        if (failMissing) {
          to[row] = -1;
          failMissing(frame, out, row);
        } else {
          putOrMissing(out, to, row, missingCode);
        }
      } else if (!Bits.get(in.invalid, row)) {
        to[row] = translated[code];
      } else if (invalidTreatment == InvalidValueTreatment.AS_MISSING) {
        putOrMissing(out, to, row, missingCode);
      } else if (invalid != null) {
        to[row] = invalidCode;
      } else if (invalidTreatment == InvalidValueTreatment.RETURN_INVALID) {
        to[row] = -1;
        failInvalid(frame, in, out, row, values);
      } else {
        to[row] = translated[code];
        Bits.set(out.invalidBuffer(), row);
      }
    }
    out.dictionary = texts.dictionary();
  }

  private static void putOrMissing(Vector out, int[] to, int row, int code) {
    to[row] = code;
    if (code < 0) {
      Bits.set(out.missingBuffer(), row);
    }
  }

  private static int nextRow(long[] bits, int from, int rows) {
    int word = from >>> 6;
    if (from >= rows) {
      return rows;
    }
    long left = bits[word] & (-1L << from);
    while (left == 0) {
      if (++word >= Bits.words(rows)) {
        return rows;
      }
      left = bits[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(left);
  }
}
