package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.Predicate.Compound;
import io.agrippa.engine.model.Predicate.Membership;
import io.agrippa.engine.model.Predicate.Simple;
import io.agrippa.engine.model.Predicate.SimpleSet;
import java.util.List;

/** PREDICATE of the specification's Tree Models, for one row. */
final class Predicates {
  private final Scope row;

  /** How often a surrogate had to stand in for a predicate that is unknown. */
  int surrogates;

  Predicates(Scope row) {
    this.row = row;
  }

  Truth of(Predicate predicate) {
    if (predicate instanceof Predicate.True) {
      return Truth.TRUE;
    }
    if (predicate instanceof Predicate.False) {
      return Truth.FALSE;
    }
    if (predicate instanceof Simple simple) {
      return simple(simple);
    }
    if (predicate instanceof SimpleSet set) {
      return set(set);
    }
    return compound((Compound) predicate);
  }

  /** All operators but isMissing and isNotMissing are unknown for a missing value. */
  private Truth simple(Simple simple) {
    Variable field = row.field(simple.field());
    switch (simple.operator()) {
      case IS_MISSING -> {
        return Truth.of(field.value() == null);
      }
      case IS_NOT_MISSING -> {
        return Truth.of(field.value() != null);
      }
      default -> {}
    }
    if (field.value() == null) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        switch (simple.operator()) {
          case EQUAL -> isSame(field, simple.value());
          case NOT_EQUAL -> !isSame(field, simple.value());
          case LESS_THAN -> order(field, simple.value()) < 0;
          case LESS_OR_EQUAL -> order(field, simple.value()) <= 0;
          case GREATER_THAN -> order(field, simple.value()) > 0;
          case GREATER_OR_EQUAL -> order(field, simple.value()) >= 0;
          case IS_MISSING, IS_NOT_MISSING -> throw new IllegalStateException();
        });
  }

  private static boolean isSame(Variable field, String text) {
    return Values.compare(field.value(), literal(field, text)) == 0;
  }

  /**
   * The field's value against one of the document, which is taken as of the field's type. Ordinal
   * values are ordered as the document lists them.
   */
  private static int order(Variable field, String text) {
    Object other = literal(field, text);
    if (field.opType() == OpType.ORDINAL && !field.order().isEmpty()) {
      return Integer.compare(position(field, field.value()), position(field, other));
    }
    return Values.compare(field.value(), other);
  }

  /** A fraction is none of an integer field's values, but can be compared with them. */
  private static Object literal(Variable field, String text) {
    DataType.Kind kind = field.type().kind();
    boolean asReal = kind == DataType.Kind.INTEGER || kind == DataType.Kind.BOOLEAN;
    return Values.literal(text, asReal ? DataType.DOUBLE : field.type());
  }

  private static int position(Variable field, Object value) {
    List<String> order = field.order();
    for (int i = 0; i < order.size(); i++) {
      if (Values.compare(Values.literal(order.get(i), field.type()), value) == 0) {
        return i;
      }
    }
    throw new BadRow(value + " is not among the ordinal values " + order);
  }

  private Truth set(SimpleSet set) {
    Variable field = row.field(set.field());
    if (field.value() == null) {
      return Truth.UNKNOWN;
    }
    boolean found = false;
    for (String text : set.values()) {
      found |= isSame(field, text);
    }
    return Truth.of(found == (set.membership() == Membership.IS_IN));
  }

  /** Parts are looked at from left to right, and no further than the result needs. */
  private Truth compound(Compound compound) {
    return switch (compound.connective()) {
      case AND -> until(Truth.FALSE, Truth.TRUE, compound.predicates());
      case OR -> until(Truth.TRUE, Truth.FALSE, compound.predicates());
      case XOR -> xor(compound.predicates());
      case SURROGATE -> surrogate(compound.predicates());
    };
  }

  /** The deciding truth if a part has it, else unknown if a part is, else the other. */
  private Truth until(Truth deciding, Truth other, List<Predicate> parts) {
    Truth result = other;
    for (Predicate part : parts) {
      Truth truth = of(part);
      if (truth == deciding) {
        return deciding;
      }
      result = truth == Truth.UNKNOWN ? truth : result;
    }
    return result;
  }

  private Truth xor(List<Predicate> parts) {
    boolean odd = false;
    for (Predicate part : parts) {
      Truth truth = of(part);
      if (truth == Truth.UNKNOWN) {
        return Truth.UNKNOWN;
      }
      odd ^= truth == Truth.TRUE;
    }
    return Truth.of(odd);
  }

  private Truth surrogate(List<Predicate> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Truth truth = of(parts.get(i));
      if (truth != Truth.UNKNOWN) {
        surrogates += i > 0 ? 1 : 0;
        return truth;
      }
    }
    return Truth.UNKNOWN;
  }
}
