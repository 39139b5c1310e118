package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads expressions. */
final class ExpressionReader {
  private static final Set<String> ELEMENTS =
      Set.of(
          "Constant",
          "FieldRef",
          "NormContinuous",
          "NormDiscrete",
          "Discretize",
          "MapValues",
          "TextIndex",
          "Aggregate",
          "Lag",
          "Apply");

  /** Stands in a survey for an expression that cannot be read. */
  private static final Expression UNREADABLE = new Expression.Constant("", null, true, 0);

  private final Cursor cursor;
  private final TableReader tables;

  ExpressionReader(Cursor cursor) {
    this.cursor = cursor;
    this.tables = new TableReader(cursor);
  }

  /** Reads the current element if it is an expression; null if it is not. */
  Expression readIfExpression() {
    return cursor.isSurvey() && ELEMENTS.contains(cursor.name())
        ? cursor.part(this::read, UNREADABLE)
        : read();
  }

  private Expression read() {
    return switch (cursor.name()) {
      case "Constant" -> constant();
      case "FieldRef" -> fieldRef();
      case "NormContinuous" -> normContinuous();
      case "NormDiscrete" -> normDiscrete();
      case "Discretize" -> discretize();
      case "MapValues" -> mapValues();
      case "TextIndex" -> textIndex();
      case "Aggregate" -> aggregate();
      case "Lag" -> lag();
      case "Apply" -> apply();
      default -> null;
    };
  }

  private Expression constant() {
    int line = cursor.line();
    DataType dataType = cursor.dataType();
    boolean missing = cursor.truth("missing", false);
    String text = cursor.text();
    boolean isText = dataType == null || dataType.kind() == DataType.Kind.STRING;
    return new Expression.Constant(isText ? text : text.trim(), dataType, missing, line);
  }

  /** The FieldRef at whose start the cursor stands. */
  Expression.FieldRef fieldRef() {
    Expression.FieldRef reference =
        new Expression.FieldRef(
            cursor.required("field"), cursor.optional("mapMissingTo"), cursor.line());
    cursor.end();
    return reference;
  }

  private Expression normContinuous() {
    int line = cursor.line();
    String field = cursor.required("field");
    double mapMissingTo = cursor.number("mapMissingTo", Double.NaN);
    MiningField.OutlierTreatment outliers =
        cursor.word("outliers", Vocabulary.OUTLIERS, MiningField.OutlierTreatment.AS_IS);
    List<Expression.LinearNorm> norms = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("LinearNorm")) {
        cursor.refuse();
        continue;
      }
      norms.add(
          new Expression.LinearNorm(cursor.requiredNumber("orig"), cursor.requiredNumber("norm")));
      cursor.end();
    }
    if (norms.size() < 2) {
      throw cursor.error(
          line, "NormContinuous has " + norms.size() + " LinearNorm; it needs at least two");
    }
    return new Expression.NormContinuous(field, mapMissingTo, outliers, norms, line);
  }

  private Expression normDiscrete() {
    int line = cursor.line();
    cursor.ignore("method"); // until 3.2, always "indicator"
    Expression expression =
        new Expression.NormDiscrete(
            cursor.required("field"),
            cursor.required("value"),
            cursor.number("mapMissingTo", Double.NaN),
            line);
    cursor.end();
    return expression;
  }

  private Expression discretize() {
    int line = cursor.line();
    String field = cursor.required("field");
    DataType dataType = cursor.dataType();
    String mapMissingTo = cursor.optional("mapMissingTo");
    String defaultValue = cursor.optional("defaultValue");
    List<Expression.Bin> bins = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("DiscretizeBin")) {
        cursor.refuse();
        continue;
      }
      bins.add(bin());
    }
    return new Expression.Discretize(field, dataType, mapMissingTo, defaultValue, bins, line);
  }

  private Expression.Bin bin() {
    int line = cursor.line();
    String value = cursor.required("binValue");
    Interval interval = null;
    while (cursor.nextChild()) {
      if (!cursor.name().equals("Interval") || interval != null) {
        throw cursor.unexpected();
      }
      interval = interval(cursor);
    }
    if (interval == null) {
      throw cursor.error(line, "DiscretizeBin has no Interval; add it");
    }
    return new Expression.Bin(value, interval);
  }

  /** The Interval at whose start the cursor stands. */
  static Interval interval(Cursor cursor) {
    String closure = cursor.required("closure");
    double left = cursor.number("leftMargin", Double.NEGATIVE_INFINITY);
    double right = cursor.number("rightMargin", Double.POSITIVE_INFINITY);
    Interval interval =
        switch (closure) {
          case "openOpen" -> new Interval(left, true, right, true);
          case "openClosed" -> new Interval(left, true, right, false);
          case "closedOpen" -> new Interval(left, false, right, true);
          case "closedClosed" -> new Interval(left, false, right, false);
          default ->
              throw cursor.bad(
                  "closure", closure, "one of openOpen, openClosed, closedOpen, closedClosed");
        };
    cursor.end();
    return interval;
  }

  private Expression mapValues() {
    int line = cursor.line();
    String output = TableReader.column(cursor.required("outputColumn"));
    DataType dataType = cursor.dataType();
    String mapMissingTo = cursor.optional("mapMissingTo");
    String defaultValue = cursor.optional("defaultValue");
    List<Expression.FieldColumn> inputs = new ArrayList<>();
    InlineTable table = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "FieldColumnPair" -> {
          inputs.add(
              new Expression.FieldColumn(
                  cursor.required("field"),
                  TableReader.column(cursor.required("column")),
                  cursor.line()));
          cursor.end();
        }
        case "InlineTable" -> table = tables.read();
        default -> cursor.refuse();
      }
    }
    if (table == null) {
      throw cursor.error(line, "MapValues has no InlineTable; add it");
    }
    return new Expression.MapValues(
        inputs, output, dataType, mapMissingTo, defaultValue, table, line);
  }

  private Expression textIndex() {
    int line = cursor.line();
    String textField = cursor.required("textField");
    Expression.LocalTermWeights weights =
        cursor.word(
            "localTermWeights",
            Vocabulary.TERM_WEIGHTS,
            Expression.LocalTermWeights.TERM_FREQUENCY);
    boolean caseSensitive = cursor.truth("isCaseSensitive", false);
    int distance = cursor.integer("maxLevenshteinDistance", 0);
    Expression.CountHits countHits =
        cursor.word("countHits", Vocabulary.COUNT_HITS, Expression.CountHits.ALL_HITS);
    String separator = cursor.optional("wordSeparatorCharacterRE", "\\s+");
    String word = cursor.optional("wordRE", cursor.optional("x-wordRE"));
    boolean tokenize = cursor.truth("tokenize", true);
    List<Expression.Normalization> normalizations = new ArrayList<>();
    Expression term = null;
    cursor.enter();
    while (cursor.nextChild()) {
      if (cursor.name().equals("TextIndexNormalization")) {
        normalizations.add(normalization());
      } else {
        term = only(term);
      }
    }
    cursor.leave();
    if (term == null) {
      throw cursor.error(line, "TextIndex has no expression that gives the term; add it");
    }
    return new Expression.TextIndex(
        textField,
        weights,
        caseSensitive,
        distance,
        countHits,
        separator,
        word,
        tokenize,
        normalizations,
        term,
        line);
  }

  private Expression.Normalization normalization() {
    int line = cursor.line();
    String inField = TableReader.column(cursor.optional("inField", "string"));
    String outField = TableReader.column(cursor.optional("outField", "stem"));
    String regexField = TableReader.column(cursor.optional("regexField", "regex"));
    boolean recursive = cursor.truth("recursive", false);
    Boolean caseSensitive = cursor.truth("isCaseSensitive");
    String distance = cursor.optional("maxLevenshteinDistance");
    Integer maxDistance = distance == null ? null : cursor.integer("maxLevenshteinDistance", 0);
    String separator = cursor.optional("wordSeparatorCharacterRE");
    Boolean tokenize = cursor.truth("tokenize");
    InlineTable table = null;
    while (cursor.nextChild()) {
      if (!cursor.name().equals("InlineTable") || table != null) {
        throw cursor.unexpected();
      }
      table = tables.read();
    }
    if (table == null) {
      throw cursor.error(line, "TextIndexNormalization has no InlineTable; add it");
    }
    return new Expression.Normalization(
        inField,
        outField,
        regexField,
        recursive,
        caseSensitive,
        maxDistance,
        separator,
        tokenize,
        table,
        line);
  }

  private Expression aggregate() {
    int line = cursor.line();
    Expression expression =
        new Expression.Aggregate(
            cursor.required("field"),
            cursor.requiredWord("function", Vocabulary.AGGREGATE),
            cursor.optional("groupField"),
            cursor.optional("sqlWhere"),
            line);
    cursor.end();
    return expression;
  }

  private Expression lag() {
    int line = cursor.line();
    String field = cursor.required("field");
    int n = cursor.integer("n", 1);
    if (n < 1) {
      throw cursor.bad("n", Integer.toString(n), "1 or more");
    }
    String aggregate = cursor.optional("aggregate", "none");
    if (!aggregate.equals("none") && !Vocabulary.LAG_AGGREGATES.contains(aggregate)) {
      throw cursor.bad(
          "aggregate", aggregate, "none or one of " + String.join(", ", Vocabulary.LAG_AGGREGATES));
    }
    List<String> blockIndicators = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("BlockIndicator")) {
        cursor.refuse();
        continue;
      }
      blockIndicators.add(cursor.required("field"));
      cursor.end();
    }
    return new Expression.Lag(
        field, n, aggregate.equals("none") ? null : aggregate, blockIndicators, line);
  }

  private Expression apply() {
    int line = cursor.line();
    String function = cursor.required("function");
    if (function.toLowerCase(Locale.ROOT).startsWith("x-")
        && Vocabulary.NEW_FUNCTIONS.contains(function.substring(2))) {
      function = function.substring(2);
    }
    String mapMissingTo = cursor.optional("mapMissingTo");
    String defaultValue = cursor.optional("defaultValue");
    if (cursor.isAtMost(4, 1) && defaultValue == null) {
      // until 4.1 the attribute had this name, and the meaning that defaultValue has since
      defaultValue = mapMissingTo;
      mapMissingTo = null;
    }
    MiningField.InvalidValueTreatment invalidValues =
        cursor.word(
            "invalidValueTreatment",
            Vocabulary.INVALID_VALUES,
            MiningField.InvalidValueTreatment.RETURN_INVALID);
    List<Expression> arguments = new ArrayList<>();
    cursor.enter();
    while (cursor.nextChild()) {
      arguments.add(only(null));
    }
    cursor.leave();
    return new Expression.Apply(
        function, mapMissingTo, defaultValue, invalidValues, arguments, line);
  }

  /** Reads the current element, which must be an expression and the first one here. */
  Expression only(Expression before) {
    Expression expression = before == null ? readIfExpression() : null;
    if (expression == null) {
      cursor.refuse();
      return before == null ? UNREADABLE : before;
    }
    return expression;
  }
}
