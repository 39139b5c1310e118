package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.kernel.Arithmetic;
import io.agrippa.engine.model.DataType.Kind;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Expression.Aggregate.Function;
import java.util.Locale;

/**
 * An Aggregate: the same number for all rows of a group, computed over all of them without missing
 * values. Missing where the groupField is. A value that could not be computed is an error of each
 * row of its group that looks at it.
 */
final class AggregateNode extends Node {
  private final GroupSummary summary;
  private final FieldHandle key; // null where all rows are one group
  private final Site site;

  private AggregateNode(FieldType type, GroupSummary summary, FieldHandle key, Site site) {
    super(type);
    this.summary = summary;
    this.key = key;
    this.site = site;
  }

  /** Compiles an Aggregate of a summary, grouped by a field or, where that is null, by none. */
  static AggregateNode of(
      GroupSummary summary, Expression.Aggregate aggregate, FieldHandle key, Site site) {
    FieldType field = summary.field().type();
    FieldType type =
        switch (aggregate.function()) {
          case COUNT -> Types.INTEGER;
          case SUM -> SummaryNode.type(SummaryNode.Summary.SUM, numbers(aggregate, field, site));
          case AVERAGE ->
              SummaryNode.type(SummaryNode.Summary.AVERAGE, numbers(aggregate, field, site));
          case MIN, MAX -> {
            if (field.isText()) {
              throw unfit(aggregate, field, "a number, a date or a time", site);
            }
            yield field;
          }
          case MULTISET -> throw new IllegalArgumentException("a multiset is not a number");
        };
    return new AggregateNode(type, summary, key, site);
  }

  private static String word(Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private static FieldType numbers(Expression.Aggregate aggregate, FieldType field, Site site) {
    if (!Types.isCountable(field.dataType())) {
      throw unfit(aggregate, field, "a number", site);
    }
    return Types.arithmetic(field);
  }

  private static RuntimeException unfit(
      Expression.Aggregate aggregate, FieldType field, String remedy, Site site) {
    return site.error(
        "Aggregate has function=\"%s\", but field \"%s\" is of type %s; use %s"
            .formatted(word(aggregate.function()), aggregate.field(), field.dataType(), remedy));
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector before = frame.vector(summary.group().slot());
    GroupSummary.Groups groups = summary.groups(frame);
    out.addErrors(before.errors);
    out.addMissing(before.errors);
    if (key != null) {
      out.addMissing(frame.vector(key.slot()).missing);
    }
    double[] values = out.numberBuffer();
    int index = groups.passed() - 1;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (before.numbers[row] == 0) {
        index++;
      }
      values[row] = groups.number(index);
      if (!Bits.get(out.missing, row)) {
        check(frame, groups, index, row, out);
      }
    }
    if (type().dataType().kind() == Kind.FLOAT) {
      Arithmetic.roundToSingle(values, frame.rows());
    }
  }

  private void check(Frame frame, GroupSummary.Groups groups, int index, int row, Vector out) {
    double value = out.numbers[row];
    String name = summary.field().name();
    long failed = groups.failedRow(index);
    if (failed > 0) {
      site.fail(
          frame,
          out,
          row,
          null,
          "the value of \"%s\" in row %d of its group could not be computed"
              .formatted(name, failed));
    } else if (groups.isMissing(index)) {
      Bits.set(out.missingBuffer(), row);
    } else if (Double.isNaN(value)) {
      site.fail(
          frame,
          out,
          row,
          null,
          "the %s of \"%s\" over its group is not defined; exclude values that are not finite"
              .formatted(word(summary.function()), name));
    } else if (Types.isInteger(type())
        && !(value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE)) {
      site.fail(
          frame,
          out,
          row,
          null,
          "the %s of \"%s\" over its group is beyond the integers of 32 bits; take it of a field that is a double"
              .formatted(word(summary.function()), name));
    }
  }
}
