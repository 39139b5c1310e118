package io.agrippa.engine.model;

import java.util.List;

/** PMML's predicates: true, false or unknown for a row. */
public sealed interface Predicate {
  /** True for all rows. */
  record True() implements Predicate {}

  /** False for all rows. */
  record False() implements Predicate {}

  /** A SimplePredicate; {@code value} as written, null for the operators that take none. */
  record Simple(String field, Operator operator, String value, int line) implements Predicate {}

  /** A SimpleSetPredicate; {@code values} are the array's elements as written. */
  record SimpleSet(String field, Membership membership, List<String> values, int line)
      implements Predicate {
    public SimpleSet {
      values = List.copyOf(values);
    }
  }

  /** A CompoundPredicate. */
  record Compound(Connective connective, List<Predicate> predicates, int line)
      implements Predicate {
    public Compound {
      predicates = List.copyOf(predicates);
    }
  }

  /** Operators of a SimplePredicate. */
  enum Operator {
    /** = */
    EQUAL,
    /** ≠ */
    NOT_EQUAL,
    /** &lt; */
    LESS_THAN,
    /** ≤ */
    LESS_OR_EQUAL,
    /** &gt; */
    GREATER_THAN,
    /** ≥ */
    GREATER_OR_EQUAL,
    /** Has no value. */
    IS_MISSING,
    /** Has a value. */
    IS_NOT_MISSING
  }

  /** Operators of a SimpleSetPredicate. */
  enum Membership {
    /** Is one of the values. */
    IS_IN,
    /** Is none of the values. */
    IS_NOT_IN
  }

  /** Operators of a CompoundPredicate. */
  enum Connective {
    /** All. */
    AND,
    /** Any. */
    OR,
    /** An odd number. */
    XOR,
    /** The first that is not unknown. */
    SURROGATE
  }
}
