package io.agrippa.engine.compile;

import io.agrippa.engine.model.Predicate;
import java.util.Locale;
import java.util.stream.Collectors;

/** Predicates in words. */
final class PredicateText {
  private PredicateText() {}

  static String of(Predicate predicate) {
    if (predicate instanceof Predicate.Simple simple) {
      return simple(simple);
    }
    if (predicate instanceof Predicate.SimpleSet set) {
      return set.field()
          + (set.membership() == Predicate.Membership.IS_IN ? " in " : " not in ")
          + set.values().stream().collect(Collectors.joining(", ", "{", "}"));
    }
    if (predicate instanceof Predicate.Compound compound) {
      String connective = " " + compound.connective().name().toLowerCase(Locale.ROOT) + " ";
      return compound.predicates().stream()
          .map(part -> part instanceof Predicate.Compound ? "(" + of(part) + ")" : of(part))
          .collect(Collectors.joining(connective));
    }
    return predicate instanceof Predicate.True ? "true" : "false";
  }

  private static String simple(Predicate.Simple simple) {
    return switch (simple.operator()) {
      case EQUAL -> simple.field() + " = " + simple.value();
      case NOT_EQUAL -> simple.field() + " ≠ " + simple.value();
      case LESS_THAN -> simple.field() + " < " + simple.value();
      case LESS_OR_EQUAL -> simple.field() + " ≤ " + simple.value();
      case GREATER_THAN -> simple.field() + " > " + simple.value();
      case GREATER_OR_EQUAL -> simple.field() + " ≥ " + simple.value();
      case IS_MISSING -> simple.field() + " is missing";
      case IS_NOT_MISSING -> simple.field() + " is not missing";
    };
  }
}
