package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which fields an expression names. */
final class FieldNames {
  private FieldNames() {}

  /** The names in order of appearance. */
  static Set<String> of(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    add(expression, names);
    return names;
  }

  private static void add(Expression expression, Set<String> names) {
    if (expression instanceof Expression.FieldRef ref) {
      names.add(ref.field());
    } else if (expression instanceof Expression.NormContinuous norm) {
      names.add(norm.field());
    } else if (expression instanceof Expression.NormDiscrete norm) {
      names.add(norm.field());
    } else if (expression instanceof Expression.Discretize discretize) {
      names.add(discretize.field());
    } else if (expression instanceof Expression.MapValues map) {
      map.inputs().forEach(input -> names.add(input.field()));
    } else if (expression instanceof Expression.TextIndex index) {
      names.add(index.textField());
      add(index.expression(), names);
    } else if (expression instanceof Expression.Aggregate aggregate) {
      names.add(aggregate.field());
      if (aggregate.groupField() != null) {
        names.add(aggregate.groupField());
      }
    } else if (expression instanceof Expression.Lag lag) {
      names.add(lag.field());
      names.addAll(lag.blockIndicators());
    } else if (expression instanceof Expression.Apply apply) {
      apply.arguments().forEach(argument -> add(argument, names));
    }
  }
}
