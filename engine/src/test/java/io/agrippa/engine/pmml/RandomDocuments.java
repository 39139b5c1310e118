package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import io.agrippa.engine.model.Value;
import io.agrippa.engine.model.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Documents that mean nothing but have everything, by seed. */
final class RandomDocuments {
  private static final List<String> TEXTS =
      List.of(
          "a",
          "x1",
          "",
          " ",
          "a b",
          "<&>\"'",
          "line\nbreak\ttab\rreturn",
          "\u00e4\u4e00",
          "\ud83d\ude00",
          "1",
          "-0.0",
          "1.50",
          "1E400",
          "]]>",
          "a\u00a0b",
          "x-y",
          "0.1",
          "-7");

  private final Random random;

  RandomDocuments(Random random) {
    this.random = random;
  }

  Document document() {
    return new Document(
        "random",
        "4.4",
        new Document.Header(
            orNull(this::text),
            orNull(this::text),
            "application",
            orNull(this::text),
            orNull(this::text),
            some(2, this::text)),
        some(4, this::dataField),
        some(2, this::function),
        some(3, this::derivedField),
        some(3, () -> model(2)));
  }

  private DataField dataField() {
    return new DataField(
        text(),
        orNull(this::text),
        one(OpType.values()),
        dataType(),
        random.nextBoolean(),
        some(2, this::interval),
        some(3, this::value),
        0);
  }

  private DataType dataType() {
    DataType.Kind kind = one(DataType.Kind.values());
    boolean counted =
        kind == DataType.Kind.DATE_DAYS_SINCE || kind == DataType.Kind.DATE_TIME_SECONDS_SINCE;
    return new DataType(kind, counted ? 1960 : 0);
  }

  private Interval interval() {
    double left = random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : number();
    double right = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : number();
    return new Interval(left, random.nextBoolean(), right, random.nextBoolean());
  }

  private Value value() {
    return new Value(text(), orNull(this::text), one(Value.Property.values()));
  }

  private DefineFunction function() {
    return new DefineFunction(
        text(),
        orNull(() -> one(OpType.values())),
        orNull(this::dataType),
        some(
            3,
            () ->
                new DefineFunction.Parameter(
                    text(), orNull(() -> one(OpType.values())), orNull(this::dataType))),
        some(1, this::derivedField),
        expression(2),
        0);
  }

  private DerivedField derivedField() {
    return new DerivedField(
        text(),
        orNull(this::text),
        one(OpType.values()),
        dataType(),
        some(1, this::interval),
        some(2, this::value),
        expression(3),
        0);
  }

  // -------------------------------------------------------------- expressions

  private Expression expression(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> constant();
      case 1 -> new Expression.FieldRef(text(), orNull(this::text), 0);
      case 2 ->
          new Expression.NormContinuous(
              text(),
              orNaN(),
              one(MiningField.OutlierTreatment.values()),
              between(2, 4, () -> new Expression.LinearNorm(number(), number())),
              0);
      case 3 -> new Expression.NormDiscrete(text(), text(), orNaN(), 0);
      case 4 ->
          new Expression.Discretize(
              text(),
              orNull(this::dataType),
              orNull(this::text),
              orNull(this::text),
              some(3, () -> new Expression.Bin(text(), interval())),
              0);
      case 5 -> mapValues();
      case 6 ->
          new Expression.Aggregate(
              text(),
              one(Expression.Aggregate.Function.values()),
              orNull(this::text),
              orNull(this::text),
              0);
      case 7 ->
          new Expression.Lag(
              text(),
              1 + random.nextInt(3),
              orNull(() -> random.nextBoolean() ? "avg" : "median"),
              some(2, this::text),
              0);
      case 8 -> textIndex(depth);
      default ->
          new Expression.Apply(
              text(),
              orNull(this::text),
              orNull(this::text),
              one(MiningField.InvalidValueTreatment.values()),
              some(3, () -> expression(depth - 1)),
              0);
    };
  }

  private Expression constant() {
    DataType type = orNull(this::dataType);
    boolean isText = type == null || type.kind() == DataType.Kind.STRING;
    String text = text();
    return new Expression.Constant(isText ? text : text.trim(), type, random.nextBoolean(), 0);
  }

  private Expression mapValues() {
    InlineTable table = table();
    return new Expression.MapValues(
        some(2, () -> new Expression.FieldColumn(text(), column(), 0)),
        column(),
        orNull(this::dataType),
        orNull(this::text),
        orNull(this::text),
        table,
        0);
  }

  /** A table of columns in the order in which its cells bring them up. */
  private InlineTable table() {
    List<String> columns = List.of("a", "b-1", "row", "\u00e4.x").subList(0, 1 + random.nextInt(4));
    List<String[]> rows = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String[] row = new String[columns.size()];
      for (int k = 0; k < row.length; k++) {
        row[k] = rows.isEmpty() || random.nextBoolean() ? text() : null;
      }
      rows.add(row);
    }
    return new InlineTable(columns, rows, 0);
  }

  private String column() {
    return random.nextBoolean() ? "a" : "none";
  }

  private Expression textIndex(int depth) {
    return new Expression.TextIndex(
        text(),
        one(Expression.LocalTermWeights.values()),
        random.nextBoolean(),
        random.nextInt(3),
        one(Expression.CountHits.values()),
        "\\s+",
        orNull(() -> "\\w+"),
        random.nextBoolean(),
        some(
            2,
            () ->
                new Expression.Normalization(
                    "string",
                    column(),
                    "regex",
                    random.nextBoolean(),
                    orNull(random::nextBoolean),
                    orNull(() -> random.nextInt(3)),
                    orNull(this::text),
                    orNull(random::nextBoolean),
                    table(),
                    0)),
        expression(depth - 1),
        0);
  }

  // --------------------------------------------------------------- predicates

  private Predicate predicate(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 4)) {
      case 0 -> new Predicate.True();
      case 1 -> new Predicate.False();
      case 2 -> {
        Predicate.Operator operator = one(Predicate.Operator.values());
        boolean unary =
            operator == Predicate.Operator.IS_MISSING
                || operator == Predicate.Operator.IS_NOT_MISSING;
        yield new Predicate.Simple(text(), operator, unary ? null : text(), 0);
      }
      case 3 ->
          new Predicate.SimpleSet(
              text(), one(Predicate.Membership.values()), some(4, this::text), 0);
      default ->
          new Predicate.Compound(
              one(Predicate.Connective.values()), between(2, 4, () -> predicate(depth - 1)), 0);
    };
  }

  // ------------------------------------------------------------------- models

  private Model model(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 3)) {
      case 0 -> sequence();
      case 1 ->
          new TreeModel(
              frame("TreeModel"),
              one(TreeModel.MissingValueStrategy.values()),
              random.nextBoolean() ? 1 : number(),
              one(TreeModel.NoTrueChildStrategy.values()),
              nodes(3));
      case 2 ->
          new RegressionModel(
              frame("RegressionModel"),
              one(RegressionModel.Normalization.values()),
              between(1, 3, this::regressionTable));
      default ->
          new MiningModel(
              frame("MiningModel"),
              one(MiningModel.Method.values()),
              one(MiningModel.MissingPredictionTreatment.values()),
              random.nextBoolean() ? 1 : number(),
              between(1, 3, () -> segment(depth)));
    };
  }

  /** A Regression, or a DecisionTree of fewer levels. */
  private Model embedded(int depth) {
    return depth == 0 || random.nextBoolean()
        ? new RegressionModel(
            embeddedFrame("Regression"),
            one(RegressionModel.Normalization.values()),
            between(1, 2, this::regressionTable))
        : new TreeModel(
            embeddedFrame("DecisionTree"),
            one(TreeModel.MissingValueStrategy.values()),
            random.nextBoolean() ? 1 : number(),
            one(TreeModel.NoTrueChildStrategy.values()),
            nodes(depth - 1));
  }

  private MiningModel sequence() {
    List<MiningModel.Segment> links = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      links.add(
          new MiningModel.Segment(
              Integer.toString(links.size() + 1), new Predicate.True(), 1, null, embedded(2), 0));
    }
    return new MiningModel(
        frame("MiningModel"),
        MiningModel.Method.MODEL_CHAIN,
        MiningModel.MissingPredictionTreatment.CONTINUE,
        1,
        links);
  }

  private MiningModel.Segment segment(int depth) {
    return new MiningModel.Segment(
        text(),
        predicate(1),
        random.nextBoolean() ? 1 : number(),
        orNull(this::text),
        model(depth - 1),
        0);
  }

  private RegressionModel.RegressionTable regressionTable() {
    return new RegressionModel.RegressionTable(
        number(),
        orNull(this::text),
        some(3, () -> new RegressionModel.NumericPredictor(text(), random.nextInt(4), number(), 0)),
        some(3, () -> new RegressionModel.CategoricalPredictor(text(), text(), number(), 0)),
        some(2, () -> new RegressionModel.PredictorTerm(number(), between(1, 3, this::text), 0)),
        0);
  }

  private TreeNodes nodes(int levels) {
    TreeNodes.Builder builder = new TreeNodes.Builder();
    node(builder, 0, levels);
    return builder.build();
  }

  private void node(TreeNodes.Builder builder, int id, int depth) {
    int children = depth == 0 ? 0 : random.nextInt(4);
    int wanted = random.nextInt(4);
    int node =
        builder.open(
            "n" + id,
            orNull(this::text),
            orNaN(),
            wanted < children ? "n" + wanted : null,
            predicate(2),
            0);
    for (int i = random.nextInt(3); i > 0; i--) {
      builder.distribution(text(), orNaN(), orNaN(), orNaN());
    }
    if (children == 0 && random.nextInt(4) == 0) {
      builder.embed(node, embedded(depth));
    }
    for (int i = 0; i < children; i++) {
      node(builder, i, depth - 1);
    }
    builder.close(node);
  }

  private ModelFrame frame(String element) {
    return new ModelFrame(
        element,
        orNull(this::text),
        one(ModelFrame.Function.values()),
        orNull(this::text),
        one(ModelFrame.Arithmetic.values()),
        random.nextBoolean(),
        some(3, this::miningField),
        some(3, this::outputField),
        some(2, this::target),
        some(1, this::derivedField),
        orNull(this::verification),
        0);
  }

  private ModelFrame embeddedFrame(String element) {
    return new ModelFrame(
        element,
        orNull(this::text),
        one(ModelFrame.Function.values()),
        orNull(this::text),
        one(ModelFrame.Arithmetic.values()),
        true,
        List.of(),
        some(2, this::outputField),
        some(1, this::target),
        some(1, this::derivedField),
        null,
        0);
  }

  private MiningField miningField() {
    return new MiningField(
        text(),
        one(MiningField.UsageType.values()),
        orNull(() -> one(OpType.values())),
        orNaN(),
        one(MiningField.OutlierTreatment.values()),
        orNaN(),
        orNaN(),
        orNull(this::text),
        orNull(() -> one(MiningField.MissingValueTreatment.values())),
        one(MiningField.InvalidValueTreatment.values()),
        orNull(this::text),
        0);
  }

  private OutputField outputField() {
    return new OutputField(
        text(),
        orNull(this::text),
        orNull(() -> one(OpType.values())),
        orNull(this::dataType),
        orNull(this::text),
        random.nextBoolean() ? "predictedValue" : "x-own",
        orNull(this::text),
        orNull(this::text),
        random.nextBoolean(),
        random.nextInt(3),
        orNull(() -> "rule"),
        orNull(() -> "recommendation"),
        orNull(() -> expression(1)),
        some(2, () -> new Value(text(), orNull(this::text), Value.Property.VALID)),
        random.nextBoolean() ? List.of() : List.of("rankBasis", "lift", "x-any", text()),
        0);
  }

  private Target target() {
    return new Target(
        orNull(this::text),
        orNull(() -> one(OpType.values())),
        orNull(() -> one(Target.CastInteger.values())),
        orNaN(),
        orNaN(),
        random.nextBoolean() ? 0 : number(),
        random.nextBoolean() ? 1 : number(),
        some(
            2,
            () -> new Target.TargetValue(orNull(this::text), orNull(this::text), orNaN(), orNaN())),
        0);
  }

  private Verification verification() {
    return new Verification(
        some(
            3,
            () ->
                new Verification.Field(
                    text(), column(), random.nextBoolean() ? 1E-6 : number(), 1E-16)),
        table(),
        0);
  }

  // ------------------------------------------------------------------- values

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private double number() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(100);
      case 1 -> -random.nextDouble();
      case 2 -> (float) random.nextGaussian();
      case 3 -> Double.longBitsToDouble(random.nextLong() & 0x7fef_ffff_ffff_ffffL);
      default -> random.nextBoolean() ? Double.POSITIVE_INFINITY : -0.0;
    };
  }

  private double orNaN() {
    return random.nextBoolean() ? Double.NaN : number();
  }

  private <T> T orNull(Supplier<T> value) {
    return random.nextBoolean() ? null : value.get();
  }

  private <E> E one(E[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> List<T> some(int most, Supplier<T> value) {
    return between(0, most, value);
  }

  private <T> List<T> between(int least, int most, Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      list.add(value.get());
    }
    return list;
  }
}
