package io.agrippa.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
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
import org.apache.spark.sql.types.Metadata;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Has queries call models in blocks: takes the calls out of projections and filters and puts a
 * {@link ScoreExec} below. Calls elsewhere, and those that Spark makes for some rows only (in
 * {@code CASE}, behind {@code OR}), stay what they are: calls row by row.
 */
final class ScoreRule extends ColumnarRule {
  /** The setting of a session that switches this off. */
  static final String ENABLED = "spark.agrippa.columnar.enabled";

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return Boolean.parseBoolean(conf().getConfString(ENABLED, "true")) ? rewritten(plan) : plan;
      }

      @Override
      public String ruleName() {
        return ScoreRule.class.getName();
      }
    };
  }

  private static SparkPlan rewritten(SparkPlan plan) {
    List<SparkPlan> children =
        CollectionConverters.asJava(plan.children()).stream().map(ScoreRule::rewritten).toList();
    SparkPlan above = plan.withNewChildren(ScalaLists.of(children));
    if (above instanceof ProjectExec project) {
      return rewritten(project);
    }
    return above instanceof FilterExec filter ? rewritten(filter) : above;
  }

  private static SparkPlan rewritten(ProjectExec project) {
    Calls calls = new Calls();
    List<NamedExpression> list = new ArrayList<>();
    for (NamedExpression each : CollectionConverters.asJava(project.projectList())) {
      list.add((NamedExpression) calls.taken((Expression) each));
    }
    return calls.isEmpty()
        ? project
        : new ProjectExec(ScalaLists.of(list), calls.scored(project.child()));
  }

  /** What a filter asks without a model goes first, so that rows which it drops are not scored. */
  private static SparkPlan rewritten(FilterExec filter) {
    Calls calls = new Calls();
    List<Expression> plain = new ArrayList<>();
    List<Expression> scored = new ArrayList<>();
    for (Expression condition : conjuncts(filter.condition())) {
      Expression taken = calls.taken(condition);
      (taken == condition ? plain : scored).add(taken);
    }
    if (calls.isEmpty()) {
      return filter;
    }
    SparkPlan below =
        plain.isEmpty() ? filter.child() : new FilterExec(conjunction(plain), filter.child());
    return new ProjectExec(
        ScalaLists.of(CollectionConverters.asJava(filter.output())),
        new FilterExec(conjunction(scored), calls.scored(below)));
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> all = new ArrayList<>(conjuncts(and.left()));
      all.addAll(conjuncts(and.right()));
      return all;
    }
    return List.of(condition);
  }

  private static Expression conjunction(List<Expression> conditions) {
    return conditions.stream().reduce(And::new).orElseThrow();
  }

  /** The calls of models that one operator makes. */
  private static final class Calls {
    private final List<ScalaUDF> functions = new ArrayList<>();
    private final List<Attribute> results = new ArrayList<>();

    boolean isEmpty() {
      return functions.isEmpty();
    }

    /** The expression with the results in the place of the calls that are always made. */
    Expression taken(Expression expression) {
      if (expression instanceof ConditionalExpression
          || expression instanceof And
          || expression instanceof Or) {
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

    /** The operator over this one; what it scores and is no column yet is computed in between. */
    SparkPlan scored(SparkPlan child) {
      List<NamedExpression> computed = new ArrayList<>();
      List<ScalaUDF> ofAttributes = new ArrayList<>();
      for (ScalaUDF call : functions) {
        CreateNamedStruct struct = (CreateNamedStruct) call.children().apply(0);
        List<Expression> parts = new ArrayList<>();
        List<Expression> given = CollectionConverters.asJava(struct.children());
        for (int i = 0; i < given.size(); i += 2) {
          parts.add(given.get(i));
          parts.add(attribute(given.get(i + 1), computed));
        }
        ofAttributes.add(
            (ScalaUDF)
                call.withNewChildren(
                    ScalaLists.of(List.of(new CreateNamedStruct(ScalaLists.of(parts))))));
      }
      SparkPlan below = child;
      if (!computed.isEmpty()) {
        List<NamedExpression> list = new ArrayList<>(CollectionConverters.asJava(child.output()));
        list.addAll(computed);
        below = new ProjectExec(ScalaLists.of(list), child);
      }
      return new ScoreExec(ScalaLists.of(ofAttributes), ScalaLists.of(results), below);
    }

    /** Days and microseconds of dates and timestamps are what Spark's vectors hold of them. */
    private static Attribute attribute(Expression value, List<NamedExpression> computed) {
      if (value instanceof UnixDate date) {
        return attribute(date.child(), computed);
      }
      if (value instanceof UnixMicros micros) {
        return attribute(micros.child(), computed);
      }
      if (value instanceof Attribute attribute) {
        return attribute;
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
