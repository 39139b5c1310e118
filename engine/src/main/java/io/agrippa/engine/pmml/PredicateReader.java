package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Predicate;
import java.util.ArrayList;
import java.util.List;

/** Reads predicates and arrays. */
final class PredicateReader {
  private static final Predicate TRUE = new Predicate.True();
  private static final Predicate FALSE = new Predicate.False();

  private final Cursor cursor;

  PredicateReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the current element if it is a predicate; null if it is not. */
  Predicate readIfPredicate() {
    return cursor.isSurvey() && cursor.name().endsWith("Predicate")
        ? cursor.part(this::read, TRUE)
        : read();
  }

  private Predicate read() {
    return switch (cursor.name()) {
      case "True" -> {
        cursor.end();
        yield TRUE;
      }
      case "False" -> {
        cursor.end();
        yield FALSE;
      }
      case "SimplePredicate" -> simple();
      case "SimpleSetPredicate" -> simpleSet();
      case "CompoundPredicate" -> compound();
      default -> null;
    };
  }

  private Predicate simple() {
    int line = cursor.line();
    String field = cursor.required("field");
    Predicate.Operator operator = cursor.requiredWord("operator", Vocabulary.OPERATOR);
    String value = cursor.optional("value");
    switch (operator) {
      case IS_MISSING, IS_NOT_MISSING -> value = null;
      case EQUAL, NOT_EQUAL, LESS_THAN, LESS_OR_EQUAL, GREATER_THAN, GREATER_OR_EQUAL -> {
        if (value == null) {
          throw cursor.error("attribute value of SimplePredicate is missing; add it");
        }
      }
    }
    cursor.end();
    return new Predicate.Simple(field, operator, value, line);
  }

  private Predicate simpleSet() {
    int line = cursor.line();
    String field = cursor.required("field");
    Predicate.Membership membership = cursor.requiredWord("booleanOperator", Vocabulary.MEMBERSHIP);
    List<String> values = null;
    while (cursor.nextChild()) {
      if (!cursor.name().equals("Array") || values != null) {
        throw cursor.unexpected();
      }
      values = array();
    }
    if (values == null) {
      throw cursor.error(line, "SimpleSetPredicate has no Array; add it");
    }
    return new Predicate.SimpleSet(field, membership, values, line);
  }

  /** The elements of an Array. */
  List<String> array() {
    int line = cursor.line();
    int n = cursor.integer("n", -1);
    String type = cursor.required("type");
    List<String> elements;
    switch (type) {
      case "int", "real" -> {
        elements = ArrayText.plain(cursor.text());
        for (String element : elements) {
          checkNumber(element, type, line);
        }
      }
      case "string" -> {
        try {
          elements = ArrayText.quoted(cursor.text());
        } catch (IllegalArgumentException e) {
          throw cursor.error(line, "in an Array " + e.getMessage() + "; add the closing quote");
        }
      }
      default -> throw cursor.bad("type", type, "one of int, real, string");
    }
    if (n >= 0 && n != elements.size()) {
      throw cursor.error(
          line, "Array has n=\"" + n + "\" but " + elements.size() + " elements; make them agree");
    }
    return elements;
  }

  private void checkNumber(String element, String type, int line) {
    try {
      Numbers.parse(element);
    } catch (NumberFormatException e) {
      throw cursor.error(
          line,
          "element \""
              + element
              + "\" of an Array is no number; correct it or make type=\""
              + type
              + "\" type=\"string\"");
    }
  }

  private Predicate compound() {
    int line = cursor.line();
    Predicate.Connective connective = cursor.requiredWord("booleanOperator", Vocabulary.CONNECTIVE);
    List<Predicate> predicates = new ArrayList<>();
    cursor.enter();
    while (cursor.nextChild()) {
      Predicate predicate = readIfPredicate();
      if (predicate == null) {
        cursor.refuse();
      } else {
        predicates.add(predicate);
      }
    }
    cursor.leave();
    if (predicates.size() < 2) {
      throw cursor.error(
          line,
          "CompoundPredicate has " + predicates.size() + " predicates; it needs at least two");
    }
    return new Predicate.Compound(connective, predicates, line);
  }
}
