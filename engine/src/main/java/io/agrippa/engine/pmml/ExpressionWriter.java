package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.Predicate;

/** Writes expressions, predicates, intervals and tables. */
final class ExpressionWriter {
  private final XmlOut out;

  ExpressionWriter(XmlOut out) {
    this.out = out;
  }

  void write(Expression expression) {
    if (expression instanceof Expression.Constant constant) {
      out.line("Constant")
          .attribute("dataType", text(constant.dataType()))
          .attribute("missing", constant.missing(), false)
          .text(constant.value())
          .end();
    } else if (expression instanceof Expression.FieldRef reference) {
      out.line("FieldRef")
          .attribute("field", reference.field())
          .attribute("mapMissingTo", reference.mapMissingTo())
          .end();
    } else if (expression instanceof Expression.NormContinuous norm) {
      write(norm);
    } else if (expression instanceof Expression.NormDiscrete norm) {
      out.line("NormDiscrete")
          .attribute("field", norm.field())
          .attribute("value", norm.value())
          .attribute("mapMissingTo", norm.mapMissingTo())
          .end();
    } else if (expression instanceof Expression.Discretize discretize) {
      write(discretize);
    } else if (expression instanceof Expression.MapValues map) {
      write(map);
    } else if (expression instanceof Expression.TextIndex index) {
      write(index);
    } else if (expression instanceof Expression.Aggregate aggregate) {
      out.line("Aggregate")
          .attribute("field", aggregate.field())
          .attribute("function", Vocabulary.AGGREGATE, aggregate.function(), null)
          .attribute("groupField", aggregate.groupField())
          .attribute("sqlWhere", aggregate.sqlWhere())
          .end();
    } else if (expression instanceof Expression.Lag lag) {
      out.line("Lag")
          .attribute("field", lag.field())
          .attribute("n", lag.n(), 1)
          .attribute("aggregate", lag.aggregate());
      for (String field : lag.blockIndicators()) {
        out.line("BlockIndicator").attribute("field", field).end();
      }
      out.end();
    } else if (expression instanceof Expression.Apply apply) {
      out.line("Apply")
          .attribute("function", apply.function())
          .attribute("mapMissingTo", apply.mapMissingTo())
          .attribute("defaultValue", apply.defaultValue())
          .attribute(
              "invalidValueTreatment",
              Vocabulary.INVALID_VALUES,
              apply.invalidValueTreatment(),
              MiningField.InvalidValueTreatment.RETURN_INVALID);
      apply.arguments().forEach(this::write);
      out.end();
    }
  }

  private void write(Expression.NormContinuous norm) {
    out.line("NormContinuous")
        .attribute("mapMissingTo", norm.mapMissingTo())
        .attribute("field", norm.field())
        .attribute(
            "outliers", Vocabulary.OUTLIERS, norm.outliers(), MiningField.OutlierTreatment.AS_IS);
    for (Expression.LinearNorm point : norm.norms()) {
      out.line("LinearNorm").required("orig", point.orig()).required("norm", point.norm()).end();
    }
    out.end();
  }

  private void write(Expression.Discretize discretize) {
    out.line("Discretize")
        .attribute("field", discretize.field())
        .attribute("mapMissingTo", discretize.mapMissingTo())
        .attribute("defaultValue", discretize.defaultValue())
        .attribute("dataType", text(discretize.dataType()));
    for (Expression.Bin bin : discretize.bins()) {
      out.line("DiscretizeBin").attribute("binValue", bin.value());
      interval(out.inline("Interval"), bin.interval());
      out.end();
    }
    out.end();
  }

  /** Writes the rest of an Interval that was started. */
  static void interval(XmlOut out, Interval interval) {
    String closure =
        (interval.leftOpen() ? "open" : "closed") + (interval.rightOpen() ? "Open" : "Closed");
    out.attribute("closure", closure)
        .attribute("leftMargin", interval.left(), Double.NEGATIVE_INFINITY)
        .attribute("rightMargin", interval.right(), Double.POSITIVE_INFINITY)
        .end();
  }

  private void write(Expression.MapValues map) {
    ColumnNames names = new ColumnNames(map.table().columns());
    out.line("MapValues")
        .attribute("mapMissingTo", map.mapMissingTo())
        .attribute("defaultValue", map.defaultValue())
        .attribute("outputColumn", names.of(map.outputColumn()))
        .attribute("dataType", text(map.dataType()));
    for (Expression.FieldColumn pair : map.inputs()) {
      out.line("FieldColumnPair")
          .attribute("field", pair.field())
          .attribute("column", names.of(pair.column()))
          .end();
    }
    table(map.table(), names);
    out.end();
  }

  void table(InlineTable table, ColumnNames names) {
    out.line("InlineTable");
    for (String[] row : table.rows()) {
      out.line("row");
      for (int i = 0; i < row.length; i++) {
        if (row[i] != null) {
          out.inline(names.of(table.columns().get(i))).text(row[i]).end();
        }
      }
      out.end();
    }
    out.end();
  }

  private void write(Expression.TextIndex index) {
    out.line("TextIndex")
        .attribute("textField", index.textField())
        .attribute(
            "localTermWeights",
            Vocabulary.TERM_WEIGHTS,
            index.localTermWeights(),
            Expression.LocalTermWeights.TERM_FREQUENCY)
        .attribute("isCaseSensitive", index.caseSensitive(), false)
        .attribute("maxLevenshteinDistance", index.maxLevenshteinDistance(), 0)
        .attribute(
            "countHits", Vocabulary.COUNT_HITS, index.countHits(), Expression.CountHits.ALL_HITS)
        .attribute("wordSeparatorCharacterRE", index.wordSeparatorCharacterRE())
        .attribute("x-wordRE", index.wordRE())
        .attribute("tokenize", index.tokenize(), true);
    for (Expression.Normalization normalization : index.normalizations()) {
      ColumnNames names = new ColumnNames(normalization.table().columns());
      out.line("TextIndexNormalization")
          .attribute("inField", names.of(normalization.inField()))
          .attribute("outField", names.of(normalization.outField()))
          .attribute("regexField", names.of(normalization.regexField()))
          .attribute("recursive", normalization.recursive(), false)
          .attribute("isCaseSensitive", text(normalization.caseSensitive()))
          .attribute("maxLevenshteinDistance", text(normalization.maxLevenshteinDistance()))
          .attribute("wordSeparatorCharacterRE", normalization.wordSeparatorCharacterRE())
          .attribute("tokenize", text(normalization.tokenize()));
      table(normalization.table(), names);
      out.end();
    }
    write(index.expression());
    out.end();
  }

  /** Writes a predicate on the line that is being written. */
  void write(Predicate predicate) {
    if (predicate instanceof Predicate.True) {
      out.inline("True").end();
    } else if (predicate instanceof Predicate.False) {
      out.inline("False").end();
    } else if (predicate instanceof Predicate.Simple simple) {
      out.inline("SimplePredicate")
          .attribute("field", simple.field())
          .attribute("operator", Vocabulary.OPERATOR, simple.operator(), null)
          .attribute("value", simple.value())
          .end();
    } else if (predicate instanceof Predicate.SimpleSet set) {
      out.inline("SimpleSetPredicate")
          .attribute("field", set.field())
          .attribute("booleanOperator", Vocabulary.MEMBERSHIP, set.membership(), null)
          .inline("Array")
          .attribute("n", Integer.toString(set.values().size()))
          .attribute("type", "string")
          .text(ArrayText.write(set.values()))
          .end()
          .end();
    } else if (predicate instanceof Predicate.Compound compound) {
      out.inline("CompoundPredicate")
          .attribute("booleanOperator", Vocabulary.CONNECTIVE, compound.connective(), null);
      compound.predicates().forEach(this::write);
      out.end();
    }
  }

  /** As PMML writes it, or null. */
  static String text(DataType type) {
    return type == null ? null : type.toString();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
