package io.agrippa.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Has queries call models in blocks: takes the calls out of projections and filters and puts a
 * {@link ScoreExec} below. Calls elsewhere, those in conditional expressions and functions of
 * higher order, and those in plans that this would change otherwise, stay what they are: calls row
 * by row.
 */
final class ScoreRule extends ColumnarRule {
  /** The setting of a session that switches this off. */
  static final String ENABLED = "spark.agrippa.columnar.enabled";

  /** Sources whose rows must not wait for a batch to fill. */
  private static final Set<String> CONTINUOUS =
      Set.of("ContinuousScanExec", "RealTimeStreamScanExec");

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return isEnabled(conf().getConfString(ENABLED, "true")) && !dependsOnTheRowAtHand(plan)
            ? rewritten(plan)
            : plan;
      }

      @Override
      public String ruleName() {
        return ScoreRule.class.getName();
      }
    };
  }

  private static boolean isEnabled(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s is true or false, not \"%s\"".formatted(ENABLED, value));
    };
  }

  /**
   * Whether somebody asks in which file Spark is reading, which batches that are made ahead would
   * change, or the rows come from a stream without micro-batches.
   */
  private static boolean dependsOnTheRowAtHand(SparkPlan plan) {
    return CONTINUOUS.contains(plan.getClass().getSimpleName())
        || CollectionConverters.asJava(plan.expressions()).stream()
            .anyMatch(
                each ->
                    each.exists(
                        part ->
                            part instanceof InputFileName
                                || part instanceof InputFileBlockStart
                                || part instanceof InputFileBlockLength))
        || CollectionConverters.asJava(plan.children()).stream()
            .anyMatch(ScoreRule::dependsOnTheRowAtHand);
  }

  private static SparkPlan rewritten(SparkPlan plan) {
    List<SparkPlan> children =
        CollectionConverters.asJava(plan.children()).stream().map(ScoreRule::rewritten).toList();
    SparkPlan same = plan.withNewChildren(ScalaLists.of(children));
    Optional<SparkPlan> other = Optional.empty();
    if (same instanceof ProjectExec project) {
      other = scored(project);
    } else if (same instanceof FilterExec filter) {
      other = scored(filter);
    }
    other.ifPresent(scored -> scored.copyTagsFrom(same));
    return other.orElse(same);
  }

  private static Optional<SparkPlan> scored(ProjectExec project) {
    Calls calls = new Calls();
    List<NamedExpression> list = new ArrayList<>();
    for (NamedExpression each : CollectionConverters.asJava(project.projectList())) {
      list.add((NamedExpression) calls.taken((Expression) each));
    }
    List<Expression> above = list.stream().map(each -> (Expression) each).toList();
    return calls
        .scored(project.child(), above)
        .map(below -> new ProjectExec(ScalaLists.of(list), below));
  }

  /**
   * What a filter asks is asked in its order, but what it asks without a model goes first, as far
   * as Spark moves conditions: rows that it drops are not scored.
   */
  private static Optional<SparkPlan> scored(FilterExec filter) {
    List<Attribute> output = CollectionConverters.asJava(filter.output());
    List<Expression> conditions = ordered(conjuncts(filter.condition()));
    Calls calls = new Calls();
    List<Expression> asked = new ArrayList<>(); // of the rows of below
    SparkPlan below = filter.child();
    for (int i = 0; i < conditions.size(); i++) {
      Expression condition = calls.taken(conditions.get(i));
      if (calls.areNew()) {
        List<Expression> above = new ArrayList<>(output);
        above.addAll(calls.results());
        above.add(condition);
        above.addAll(conditions.subList(i + 1, conditions.size()));
        Optional<SparkPlan> scored = calls.scored(filtered(asked, below), above);
        if (scored.isEmpty()) {
          return Optional.empty();
        }
        below = scored.get();
        asked.clear();
      }
      asked.add(condition);
    }
    return calls.results().isEmpty()
        ? Optional.empty()
        : Optional.of(new ProjectExec(ScalaLists.of(output), filtered(asked, below)));
  }

  private static SparkPlan filtered(List<Expression> conditions, SparkPlan plan) {
    return conditions.stream()
        .reduce(And::new)
        .<SparkPlan>map(condition -> new FilterExec(condition, plan))
        .orElse(plan);
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> all = new ArrayList<>(conjuncts(and.left()));
      all.addAll(conjuncts(and.right()));
      return all;
    }
    return List.of(condition);
  }

  /** Conditions behind one that is not deterministic keep their place. */
  private static List<Expression> ordered(List<Expression> conditions) {
    int movable = 0;
    while (movable < conditions.size() && conditions.get(movable).deterministic()) {
      movable++;
    }
    Predicate<Expression> isScored = condition -> new Calls().taken(condition) != condition;
    List<Expression> ordered = new ArrayList<>();
    conditions.subList(0, movable).stream().filter(isScored.negate()).forEach(ordered::add);
    conditions.subList(0, movable).stream().filter(isScored).forEach(ordered::add);
    ordered.addAll(conditions.subList(movable, conditions.size()));
    return ordered;
  }

  /** Whether Spark can make vectors of rows that hold this; where it cannot, it fails. */
  private static boolean hasVectors(DataType type) {
    if (type instanceof ArrayType array) {
      return hasVectors(array.elementType());
    }
    if (type instanceof MapType map) {
      return hasVectors(map.keyType()) && hasVectors(map.valueType());
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (!hasVectors(field.dataType())) {
          return false;
        }
      }
      return true;
    }
    return type instanceof NumericType
        || type.equals(DataTypes.StringType) // of no other collation
        || type instanceof BinaryType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof CalendarIntervalType
        || type instanceof DayTimeIntervalType
        || type instanceof YearMonthIntervalType;
  }

  /** The calls of models that an operator makes. */
  private static final class Calls {
    private final List<ScalaUDF> functions = new ArrayList<>();
    private final List<Attribute> results = new ArrayList<>();
    private int made; // of the calls, by operators that there are

    /** Whether there are calls that no operator makes yet. */
    boolean areNew() {
      return functions.size() > made;
    }

    /** What stands for the calls. */
    List<Attribute> results() {
      return results;
    }

    /** The expression with the results in the place of calls. */
    Expression taken(Expression expression) {
      if (expression instanceof ConditionalExpression
          || expression instanceof And
          || expression instanceof Or
          || expression instanceof HigherOrderFunction) {
        return expression;
      }
      if (expression instanceof ScalaUDF call
          && call.function() instanceof RecordScoring
          && call.children().apply(0) instanceof CreateNamedStruct) {
        return result(call);
      }
      return expression.mapChildren(this::taken);
    }

    private Attribute result(ScalaUDF call) {
      for (int i = 0; i < functions.size(); i++) {
        if (functions.get(i).semanticEquals(call)) {
          return results.get(i);
        }
      }
      Attribute result =
          new AttributeReference(
              call.name(),
              call.dataType(),
              false,
              Metadata.empty(),
              NamedExpression.newExprId(),
              ScalaLists.of(List.of()));
      functions.add(call);
      results.add(result);
      return result;
    }

    /**
     * An operator that makes the new calls. What is scored and is no column yet is computed below
     * it; where Spark has to make batches of rows, they hold what is needed and no more.
     *
     * @param above what is asked of its output
     * @return empty where there are no new calls, or no batches can be made
     */
    Optional<SparkPlan> scored(SparkPlan child, List<Expression> above) {
      if (!areNew()) {
        return Optional.empty();
      }
      List<Alias> computed = new ArrayList<>();
      List<ScalaUDF> ofAttributes = new ArrayList<>();
      List<Expression> needed = new ArrayList<>(above);
      for (ScalaUDF call : functions.subList(made, functions.size())) {
        ScalaUDF ofColumns = ofAttributes(call, computed);
        ofAttributes.add(ofColumns);
        needed.add(ofColumns);
      }
      SparkPlan below = child;
      if (!computed.isEmpty() || !child.supportsColumnar()) {
        List<NamedExpression> list = new ArrayList<>(needed(child, needed));
        list.addAll(computed);
        if (!computed.isEmpty() || list.size() < child.output().size()) {
          below = rewritten(new ProjectExec(ScalaLists.of(list), child)); // with calls within calls
        }
      }
      if (!below.supportsColumnar()
          && !CollectionConverters.asJava(below.output()).stream()
              .allMatch(column -> hasVectors(column.dataType()))) {
        return Optional.empty();
      }
      List<Attribute> behind = List.copyOf(results.subList(made, results.size()));
      made = functions.size();
      return Optional.of(new ScoreExec(ScalaLists.of(ofAttributes), ScalaLists.of(behind), below));
    }

    private static List<Attribute> needed(SparkPlan child, List<Expression> by) {
      Set<Object> ids = new HashSet<>();
      by.forEach(
          each ->
              CollectionConverters.asJava(each.references().toSeq())
                  .forEach(attribute -> ids.add(attribute.exprId())));
      return CollectionConverters.asJava(child.output()).stream()
          .filter(attribute -> ids.contains(attribute.exprId()))
          .toList();
    }

    /** The call with a struct of nothing but attributes. */
    private static ScalaUDF ofAttributes(ScalaUDF call, List<Alias> computed) {
      CreateNamedStruct struct = (CreateNamedStruct) call.children().apply(0);
      List<Expression> parts = new ArrayList<>();
      List<Expression> given = CollectionConverters.asJava(struct.children());
      for (int i = 0; i < given.size(); i += 2) {
        parts.add(given.get(i));
        parts.add(attribute(given.get(i + 1), computed));
      }
      return (ScalaUDF)
          call.withNewChildren(ScalaLists.of(List.of(new CreateNamedStruct(ScalaLists.of(parts)))));
    }

    /** Days and microseconds of dates and timestamps are what Spark's vectors hold of them. */
    private static Attribute attribute(Expression value, List<Alias> computed) {
      if (value instanceof UnixDate date) {
        return attribute(date.child(), computed);
      }
      if (value instanceof UnixMicros micros) {
        return attribute(micros.child(), computed);
      }
      if (value.dataType() instanceof NullType) { // of which there are no vectors
        return attribute(new Literal(null, DataTypes.StringType), computed);
      }
      if (value instanceof Attribute attribute) {
        return attribute;
      }
      for (Alias known : computed) {
        if (known.child().semanticEquals(value)) {
          return known.toAttribute();
        }
      }
      Alias alias =
          new Alias(
              value,
              "scored",
              NamedExpression.newExprId(),
              ScalaLists.of(List.of()),
              scala.Option.empty(),
              ScalaLists.of(List.of()));
      computed.add(alias);
      return alias.toAttribute();
    }
  }
}
