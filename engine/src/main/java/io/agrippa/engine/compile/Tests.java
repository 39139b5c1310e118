package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Predicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compiles predicates to tests, in the scope of one model. Values are converted to the type of the
 * field that they are compared with.
 */
final class Tests {
  private final Scope scope;
  private final Features features;
  private final Map<RowTest, RowTest> shared = new HashMap<>();
  private final SortedSet<Integer> used = new TreeSet<>();

  Tests(Scope scope, Features features) {
    this.scope = scope;
    this.features = features;
  }

  /** Compiles a part: see {@link Scope#part(String, Runnable)}. */
  void part(String subject, Runnable compiling) {
    scope.part(subject, compiling);
  }

  /** The features that the tests compiled so far look at, ascending. */
  int[] used() {
    return used.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The number of a field. */
  int feature(String name, int line) {
    int feature = features.add(scope.field(name, line));
    used.add(feature);
    return feature;
  }

  FieldType type(int feature) {
    return features.field(feature).type();
  }

  RowTest compile(Predicate predicate) {
    RowTest test =
        scope.isSurvey()
            ? scope.part(
                "element " + predicate.getClass().getSimpleName() + "Predicate",
                () -> build(predicate),
                () -> new RowTest.Constant(true))
            : build(predicate);
    RowTest known = shared.putIfAbsent(test, test);
    return known == null ? test : known;
  }

  private RowTest build(Predicate predicate) {
    if (predicate instanceof Predicate.Simple simple) {
      return simple(simple);
    }
    if (predicate instanceof Predicate.SimpleSet set) {
      return set(set);
    }
    if (predicate instanceof Predicate.Compound compound) {
      return compound(compound);
    }
    return new RowTest.Constant(predicate instanceof Predicate.True);
  }

  private RowTest compound(Predicate.Compound compound) {
    if (compound.predicates().size() < 2) {
      throw scope.error(
          compound.line(), "CompoundPredicate has fewer than two predicates; add the others");
    }
    List<RowTest> tests = new ArrayList<>();
    for (Predicate predicate : compound.predicates()) {
      tests.add(compile(predicate));
    }
    return switch (compound.connective()) {
      case AND -> new RowTest.And(tests);
      case OR -> new RowTest.Or(tests);
      case XOR -> new RowTest.Xor(tests);
      case SURROGATE -> new RowTest.Surrogate(tests);
    };
  }

  private RowTest simple(Predicate.Simple simple) {
    int feature = feature(simple.field(), simple.line());
    return switch (simple.operator()) {
      case IS_MISSING -> new RowTest.Presence(feature, false);
      case IS_NOT_MISSING -> new RowTest.Presence(feature, true);
      case EQUAL -> comparison(simple, feature, RowTest.Comparison.EQUAL);
      case NOT_EQUAL -> comparison(simple, feature, RowTest.Comparison.NOT_EQUAL);
      case LESS_THAN -> comparison(simple, feature, RowTest.Comparison.LESS);
      case LESS_OR_EQUAL -> comparison(simple, feature, RowTest.Comparison.LESS_OR_EQUAL);
      case GREATER_THAN -> comparison(simple, feature, RowTest.Comparison.GREATER);
      case GREATER_OR_EQUAL -> comparison(simple, feature, RowTest.Comparison.GREATER_OR_EQUAL);
    };
  }

  private RowTest comparison(Predicate.Simple simple, int feature, RowTest.Comparison comparison) {
    if (simple.value() == null) {
      throw scope.error(
          simple.line(),
          "SimplePredicate on \"" + simple.field() + "\" has no value; add the attribute value");
    }
    FieldType type = type(feature);
    boolean equality =
        comparison == RowTest.Comparison.EQUAL || comparison == RowTest.Comparison.NOT_EQUAL;
    if (!equality && isRanked(feature)) {
      return rank(simple, feature, comparison);
    }
    if (!type.isText()) {
      double threshold = number(simple.value(), feature, simple.line());
      return new RowTest.Numeric(feature, comparison, threshold);
    }
    if (equality) {
      boolean inside = comparison == RowTest.Comparison.EQUAL;
      return texts(feature, List.of(simple.value()), inside);
    }
    if (type.opType() == OpType.CATEGORICAL) {
      throw scope.error(
          simple.line(),
          "the categories of \""
              + simple.field()
              + "\" have no order; declare the field as ordinal or test for equality");
    }
    return new RowTest.TextOrder(feature, comparison, simple.value());
  }

  /** Whether the order of the field's values is that in which the document lists them. */
  boolean isRanked(int feature) {
    return type(feature).opType() == OpType.ORDINAL && !type(feature).order().isEmpty();
  }

  /** An order in a list of values. */
  private RowTest rank(Predicate.Simple simple, int feature, RowTest.Comparison comparison) {
    List<String> order = type(feature).order();
    DataType dataType = type(feature).dataType();
    List<String> listed = order.stream().map(v -> Literals.canonical(v, dataType)).toList();
    int threshold = listed.indexOf(Literals.canonical(simple.value(), dataType));
    if (threshold < 0) {
      throw scope.error(
          simple.line(),
          "\"%s\" is not among the values of the ordinal field \"%s\"; add it there"
              .formatted(simple.value(), simple.field()));
    }
    List<String> members = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (comparison.holds(i, threshold)) {
        members.add(order.get(i));
      }
    }
    if (!type(feature).isText()) {
      return new RowTest.NumericRank(
          feature, sorted(order, feature, simple.line()), sorted(members, feature, simple.line()));
    }
    int largest = 0;
    for (String value : order) {
      largest = Math.max(largest, features.mention(feature, value));
    }
    boolean[] holds = new boolean[largest + 1];
    for (String member : members) {
      holds[features.mention(feature, member)] = true;
    }
    return new RowTest.TextClass(feature, holds, true);
  }

  private RowTest set(Predicate.SimpleSet set) {
    int feature = feature(set.field(), set.line());
    boolean inside = set.membership() == Predicate.Membership.IS_IN;
    if (type(feature).isText()) {
      return texts(feature, set.values(), inside);
    }
    return new RowTest.NumericSet(feature, sorted(set.values(), feature, set.line()), inside);
  }

  /** The values as numbers, ascending, each once. */
  private List<Double> sorted(List<String> values, int feature, int line) {
    return values.stream().map(value -> number(value, feature, line)).sorted().distinct().toList();
  }

  private RowTest texts(int feature, List<String> texts, boolean inside) {
    int largest = 0;
    for (String text : texts) {
      largest = Math.max(largest, features.mention(feature, text));
    }
    boolean[] members = new boolean[largest + 1];
    Arrays.fill(members, !inside);
    for (String text : texts) {
      members[features.mention(feature, text)] = inside;
    }
    return new RowTest.TextClass(feature, members, false);
  }

  /**
   * A value as the field's type. For an integer field also a fraction, which compares as such; for
   * a boolean field, whose values count as 0 and 1, any number (trees of R split them at 0.5).
   */
  double number(String text, int feature, int line) {
    DataType type = type(feature).dataType();
    boolean asReal = type.kind() == DataType.Kind.INTEGER || type.kind() == DataType.Kind.BOOLEAN;
    DataType reading = asReal ? DataType.DOUBLE : type;
    try {
      return Literals.number(text, reading);
    } catch (LiteralException e) {
      throw scope.error(
          line,
          "field \"%s\" is compared with %s; write a value of its type"
              .formatted(features.field(feature).name(), e.getMessage()));
    }
  }
}
