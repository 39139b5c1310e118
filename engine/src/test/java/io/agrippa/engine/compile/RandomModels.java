package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random trees, forests and data over some fields of all kinds; the same for the same seed. */
final class RandomModels {
  private static final List<String> NUMBERS = List.of("x0", "x1", "x2");
  private static final List<String> SINGLES = List.of("f0", "f1");
  private static final List<String> TEXTS = List.of("c0", "c1");
  private static final String WHOLE = "k";
  private static final String[] WORDS = {"a", "b", "c", "d", "e", "f", "g", "h"};
  static final String[] LABELS = {"no", "yes", "maybe"};

  private final Random random;
  private final boolean plain; // only what exporters of boosted trees write

  RandomModels(long seed, boolean plain) {
    random = new Random(seed);
    this.plain = plain;
  }

  static StubScope scope(boolean discrete) {
    StubScope scope = discrete ? StubScope.classification() : StubScope.regression();
    NUMBERS.forEach(scope::number);
    SINGLES.forEach(scope::single);
    TEXTS.forEach(scope::text);
    return scope.with(WHOLE, new FieldType(DataType.INTEGER, OpType.CONTINUOUS));
  }

  /** Sets rows of which a share is missing, with values that hit thresholds often. */
  void rows(StubScope scope, int rows, double missing) {
    for (String name : NUMBERS) {
      scope.rows(name, column(rows, missing, this::number));
    }
    for (String name : SINGLES) {
      scope.rows(name, column(rows, missing, () -> (double) (float) number()));
    }
    for (String name : TEXTS) {
      scope.rows(name, column(rows, missing, () -> WORDS[random.nextInt(WORDS.length)]));
    }
    scope.rows(WHOLE, column(rows, missing, () -> (double) random.nextInt(8)));
  }

  private Object[] column(int rows, double missing, java.util.function.Supplier<Object> value) {
    Object[] column = new Object[rows];
    for (int r = 0; r < rows; r++) {
      column[r] = random.nextDouble() < missing ? null : value.get();
    }
    return column;
  }

  private double number() {
    return switch (random.nextInt(40)) {
      case 0 -> Double.POSITIVE_INFINITY;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> Double.NaN;
      case 3 -> -0.0;
      case 4 -> Double.MAX_VALUE;
      default -> random.nextInt(20) / 10.0 - 1;
    };
  }

  private static ModelFrame frame(
      String element, boolean discrete, ModelFrame.Arithmetic arithmetic) {
    return new ModelFrame(
        element,
        null,
        discrete ? ModelFrame.Function.CLASSIFICATION : ModelFrame.Function.REGRESSION,
        null,
        arithmetic,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        1);
  }

  /** An ensemble of trees of up to so many levels. */
  MiningModel forest(
      MiningModel.Method method, boolean discrete, int trees, int levels, boolean single) {
    ModelFrame.Arithmetic arithmetic =
        single ? ModelFrame.Arithmetic.FLOAT : ModelFrame.Arithmetic.DOUBLE;
    List<MiningModel.Segment> segments = new ArrayList<>();
    for (int t = 0; t < trees; t++) {
      segments.add(
          new MiningModel.Segment(
              Integer.toString(t + 1),
              new Predicate.True(),
              random.nextInt(5) / 4.0 + 0.25,
              null,
              tree(discrete, levels, arithmetic),
              1));
    }
    MiningModel.MissingPredictionTreatment[] treatments =
        MiningModel.MissingPredictionTreatment.values();
    return new MiningModel(
        frame("MiningModel", discrete, arithmetic),
        method,
        treatments[random.nextInt(treatments.length)],
        random.nextBoolean() ? 1 : 0.3,
        segments);
  }

  TreeModel tree(boolean discrete, int levels, ModelFrame.Arithmetic arithmetic) {
    TreeModel.MissingValueStrategy[] strategies = {
      TreeModel.MissingValueStrategy.NONE,
      TreeModel.MissingValueStrategy.LAST_PREDICTION,
      TreeModel.MissingValueStrategy.NULL_PREDICTION,
      TreeModel.MissingValueStrategy.DEFAULT_CHILD
    };
    TreeModel.MissingValueStrategy strategy = strategies[random.nextInt(strategies.length)];
    TreeModel.NoTrueChildStrategy noTrueChild =
        random.nextBoolean()
            ? TreeModel.NoTrueChildStrategy.RETURN_LAST_PREDICTION
            : TreeModel.NoTrueChildStrategy.RETURN_NULL_PREDICTION;
    TreeNodes.Builder nodes = new TreeNodes.Builder();
    node(nodes, "0", new Predicate.True(), discrete, levels);
    return new TreeModel(
        frame("TreeModel", discrete, arithmetic), strategy, 1, noTrueChild, nodes.build());
  }

  private void node(
      TreeNodes.Builder nodes, String id, Predicate predicate, boolean discrete, int levels) {
    boolean leaf = levels == 0 || random.nextInt(8) == 0;
    int shape = random.nextInt(plain ? 1 : 5);
    int children = leaf ? 0 : shape == 0 || shape == 1 ? 2 : 1 + random.nextInt(3);
    boolean scored = leaf ? random.nextInt(20) > 0 : random.nextInt(3) > 0;
    String score =
        scored
            ? discrete
                ? LABELS[random.nextInt(LABELS.length)]
                : Double.toString(random.nextInt(2000) / 1000.0 - 1)
            : null;
    int node =
        nodes.open(
            id,
            score,
            Double.NaN,
            children == 0 ? null : id + "." + random.nextInt(children),
            predicate,
            1);
    if (discrete && scored && random.nextInt(4) > 0) {
      for (String label : LABELS) {
        if (random.nextInt(5) > 0) {
          nodes.distribution(label, 1 + random.nextInt(9), Double.NaN, Double.NaN);
        }
      }
    }
    Predicate first = null;
    for (int c = 0; c < children; c++) {
      Predicate next = c == 1 && shape <= 1 ? opposite(first) : predicate(3);
      first = next;
      node(nodes, id + "." + c, next, discrete, levels - 1);
    }
    nodes.close(node);
  }

  private Predicate predicate(int depth) {
    int kind = random.nextInt(plain ? 6 : 10);
    if (kind < 6 || depth == 0) {
      return simple();
    }
    if (kind < 8) {
      return set();
    }
    if (kind == 8 && random.nextInt(4) == 0) {
      return random.nextBoolean() ? new Predicate.True() : new Predicate.False();
    }
    Predicate.Connective[] connectives = Predicate.Connective.values();
    List<Predicate> parts = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      parts.add(predicate(depth - 1));
    }
    return new Predicate.Compound(connectives[random.nextInt(connectives.length)], parts, 1);
  }

  private Predicate simple() {
    int which = random.nextInt(plain ? 6 : 8);
    if (which < 5 || which == 5) {
      List<String> fields = new ArrayList<>(NUMBERS);
      fields.addAll(SINGLES);
      fields.add(WHOLE);
      String field = fields.get(which);
      int from = plain ? 2 : 0;
      Predicate.Operator operator =
          Predicate.Operator.values()[from + random.nextInt((plain ? 6 : 8) - from)];
      String value =
          field.equals(WHOLE)
              ? Integer.toString(random.nextInt(8))
              : Double.toString(random.nextInt(20) / 10.0 - 1);
      boolean presence =
          operator == Predicate.Operator.IS_MISSING
              || operator == Predicate.Operator.IS_NOT_MISSING;
      return new Predicate.Simple(field, operator, presence ? null : value, 1);
    }
    Predicate.Operator operator =
        random.nextBoolean() ? Predicate.Operator.EQUAL : Predicate.Operator.NOT_EQUAL;
    return new Predicate.Simple(TEXTS.get(which - 6), operator, WORDS[random.nextInt(6)], 1);
  }

  private Predicate set() {
    Predicate.Membership membership =
        random.nextBoolean() ? Predicate.Membership.IS_IN : Predicate.Membership.IS_NOT_IN;
    boolean text = random.nextBoolean();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      values.add(text ? WORDS[random.nextInt(6)] : Integer.toString(random.nextInt(8)));
    }
    String field = text ? TEXTS.get(random.nextInt(2)) : WHOLE;
    return new Predicate.SimpleSet(field, membership, values, 1);
  }

  private Predicate opposite(Predicate predicate) {
    if (predicate instanceof Predicate.Simple simple) {
      Predicate.Operator operator =
          switch (simple.operator()) {
            case EQUAL -> Predicate.Operator.NOT_EQUAL;
            case NOT_EQUAL -> Predicate.Operator.EQUAL;
            case LESS_THAN -> Predicate.Operator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Predicate.Operator.GREATER_THAN;
            case GREATER_THAN -> Predicate.Operator.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Predicate.Operator.LESS_THAN;
            case IS_MISSING -> Predicate.Operator.IS_NOT_MISSING;
            case IS_NOT_MISSING -> Predicate.Operator.IS_MISSING;
          };
      return new Predicate.Simple(simple.field(), operator, simple.value(), 1);
    }
    if (predicate instanceof Predicate.SimpleSet set) {
      Predicate.Membership membership =
          set.membership() == Predicate.Membership.IS_IN
              ? Predicate.Membership.IS_NOT_IN
              : Predicate.Membership.IS_IN;
      return new Predicate.SimpleSet(set.field(), membership, set.values(), 1);
    }
    return new Predicate.True();
  }
}
