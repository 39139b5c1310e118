package io.agrippa.engine.compile;

import io.agrippa.engine.compile.SummaryNode.Summary;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.Arithmetic;
import io.agrippa.engine.model.DataType.Kind;
import io.agrippa.engine.model.Expression;

/**
 * A Lag: the value that a field had some rows before in the same group, or a summary of the rows
 * between, without the current one. Missing where the group has no such row yet; a summary is of
 * those that there are. A value that could not be computed is an error of each row that looks at
 * it.
 */
final class LagNode extends Node {
  private final History history;
  private final RowGroup group;
  private final int rowsBack;
  private final Summary summary; // null for the value itself
  private final Site site;
  private final int memo;

  private LagNode(
      FieldType type, History history, RowGroup group, int rowsBack, Summary summary, Site site) {
    super(type);
    this.history = history;
    this.group = group;
    this.rowsBack = rowsBack;
    this.summary = summary;
    this.site = site;
    memo = site.memo();
  }

  /** Compiles a Lag of the field that the history remembers. */
  static Node of(Expression.Lag lag, History history, RowGroup group, Site site) {
    FieldType type = history.field().type();
    Summary summary = lag.aggregate() == null ? null : summary(lag.aggregate(), site);
    if (summary != null) {
      if (!Types.isCountable(type.dataType())) {
        throw site.error(
            "Lag has aggregate=\"%s\", but field \"%s\" is of type %s; use a number"
                .formatted(lag.aggregate(), lag.field(), type.dataType()));
      }
      type = SummaryNode.type(summary, Types.arithmetic(type));
    }
    history.reach(lag.n());
    return new LagNode(type, history, group, lag.n(), summary, site);
  }

  private static Summary summary(String aggregate, Site site) {
    return switch (aggregate) {
      case "avg" -> Summary.AVERAGE;
      case "max" -> Summary.MAX;
      case "median" -> Summary.MEDIAN;
      case "min" -> Summary.MIN;
      case "product" -> Summary.PRODUCT;
      case "stddev" -> Summary.DEVIATION;
      case "sum" -> Summary.SUM;
      default -> throw site.error("Lag has aggregate=\"" + aggregate + "\", which is not known");
    };
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector before = frame.vector(group.slot());
    Vector now = frame.vector(history.field().slot());
    History.Rows past = history.rows(frame);
    out.addErrors(before.errors);
    out.addMissing(before.errors);
    if (summary != null) {
      summarize(frame, before.numbers, now, past, out);
    } else if (type().isText()) {
      texts(frame, before.numbers, now, past, out);
    } else {
      numbers(frame, before.numbers, now, past, out);
    }
  }

  private void numbers(Frame frame, double[] before, Vector now, History.Rows past, Vector out) {
    double[] values = out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      int at = row - rowsBack;
      if (before[row] < rowsBack) {
        Bits.set(out.missingBuffer(), row);
      } else if (at >= 0) {
        mark(frame, Bits.get(now.errors, at), Bits.get(now.missing, at), row, out);
        values[row] = now.numbers[at];
      } else {
        int kept = past.at(-at);
        mark(frame, past.isFailed(kept), past.isMissing(kept), row, out);
        values[row] = past.number(kept);
      }
    }
  }

  private void texts(Frame frame, double[] before, Vector now, History.Rows past, Vector out) {
    TextMemo texts = frame.memo(memo);
    texts.pool().refresh();
    texts.update(now.dictionary, (text, code, m) -> m.setText(code, text));
    int[] translated = texts.codes();
    int[] codes = out.codeBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      int at = row - rowsBack;
      codes[row] = -1;
      if (before[row] < rowsBack) {
        Bits.set(out.missingBuffer(), row);
      } else if (at >= 0) {
        mark(frame, Bits.get(now.errors, at), Bits.get(now.missing, at), row, out);
        codes[row] = now.codes[at] < 0 ? -1 : translated[now.codes[at]];
      } else {
        int kept = past.at(-at);
        mark(frame, past.isFailed(kept), past.isMissing(kept), row, out);
        codes[row] = past.text(kept) == null ? -1 : texts.pool().code(past.text(kept));
      }
    }
    out.dictionary = texts.pool().dictionary();
  }

  private void mark(Frame frame, boolean failed, boolean missing, int row, Vector out) {
    if (failed) {
      fail(frame, row, rowsBack, out);
    } else if (missing) {
      Bits.set(out.missingBuffer(), row);
    }
  }

  private void fail(Frame frame, int row, int back, Vector out) {
    site.fail(
        frame,
        out,
        row,
        null,
        "the value of \"%s\" %d row%s before could not be computed"
            .formatted(history.field().name(), back, back == 1 ? "" : "s"));
  }

  private void summarize(Frame frame, double[] before, Vector now, History.Rows past, Vector out) {
    double[] values = out.numberBuffer();
    double[] present = new double[FEW];
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      int reached = (int) Math.min(rowsBack, before[row]);
      if (reached > present.length) {
        present = new double[(int) Math.min(rowsBack, 2L * reached)];
      }
      int count = 0;
      for (int back = reached; back > 0; back--) { // in the order of the rows
        int at = row - back;
        int kept = at < 0 ? past.at(-at) : 0;
        if (at < 0 ? past.isFailed(kept) : Bits.get(now.errors, at)) {
          fail(frame, row, back, out);
          break;
        }
        if (!(at < 0 ? past.isMissing(kept) : Bits.get(now.missing, at))) {
          present[count++] = at < 0 ? past.number(kept) : now.numbers[at];
        }
      }
      if (count > 0) {
        values[row] = summary.of(present, count);
      } else {
        Bits.set(out.missingBuffer(), row);
      }
    }
    if (type().dataType().kind() == Kind.FLOAT) {
      Arithmetic.roundToSingle(values, frame.rows());
    }
  }

  private static final int FEW = 16;
}
