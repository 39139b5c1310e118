package io.agrippa.engine.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What really was: a column, or a condition on a column, such as {@code delay > 15}.
 *
 * @param column name of the column
 * @param condition what is asked of its values; the values themselves are meant where empty
 */
public record Actual(String column, Optional<Condition> condition) {
  private static final String GRAMMAR =
      "write it as COLUMN or COLUMN OPERATOR VALUE, with an operator of <, <=, >, >=, =, !=, and"
          + " names that hold these or quotes in double quotes, such as \"a<b\" = 'x'";

  public Actual {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(condition, "condition");
  }

  /**
   * A comparison with a constant.
   *
   * @param literal as written, without quotes
   * @param isText whether it stood in quotes, so that texts are compared and not numbers
   */
  public record Condition(Operator operator, String literal, boolean isText) {
    public Condition {
      Objects.requireNonNull(operator, "operator");
      Objects.requireNonNull(literal, "literal");
    }
  }

  /** How to compare. */
  public enum Operator {
    /** At most. */
    AT_MOST("<="),
    /** At least. */
    AT_LEAST(">="),
    /** Not the same. */
    UNEQUAL("!="),
    /** Less. */
    LESS("<"),
    /** Greater. */
    GREATER(">"),
    /** The same. */
    EQUAL("=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** Whether a comparison that came out below, at or above 0 satisfies it. */
    boolean accepts(int comparison) {
      return switch (this) {
        case AT_MOST -> comparison <= 0;
        case AT_LEAST -> comparison >= 0;
        case UNEQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case GREATER -> comparison > 0;
        case EQUAL -> comparison == 0;
      };
    }
  }

  /**
   * Reads it from text.
   *
   * @throws IllegalArgumentException if it cannot be read; the message says how to write it
   */
  public static Actual parse(String text) {
    String rest = text.strip();
    String name;
    if (rest.startsWith("\"")) {
      int end = closingQuote(text, rest);
      name = rest.substring(1, end).replace("\"\"", "\"");
      rest = rest.substring(end + 1).strip();
    } else {
      int end = 0;
      while (end < rest.length() && "<>=!".indexOf(rest.charAt(end)) < 0) {
        end++;
      }
      name = rest.substring(0, end).strip();
      rest = rest.substring(end);
    }
    if (name.isEmpty()) {
      throw wrong(text, "no column is named");
    }
    if (rest.isEmpty()) {
      return new Actual(name, Optional.empty());
    }
    for (Operator operator : Operator.values()) {
      if (rest.startsWith(operator.sign)) {
        String literal = rest.substring(operator.sign.length());
        boolean twice = operator == Operator.EQUAL && literal.startsWith("=");
        return new Actual(
            name, Optional.of(condition(text, operator, literal.substring(twice ? 1 : 0).strip())));
      }
    }
    throw wrong(text, "\"" + rest + "\" does not start with an operator");
  }

  private static int closingQuote(String text, String quoted) {
    int end = quoted.indexOf('"', 1);
    while (end > 0 && end + 1 < quoted.length() && quoted.charAt(end + 1) == '"') {
      end = quoted.indexOf('"', end + 2);
    }
    if (end < 0) {
      throw wrong(text, "a quote is not closed");
    }
    return end;
  }

  private static Condition condition(String text, Operator operator, String literal) {
    for (String quote : List.of("'", "\"")) {
      if (literal.length() > 1 && literal.startsWith(quote) && literal.endsWith(quote)) {
        String inner = literal.substring(1, literal.length() - 1).replace(quote + quote, quote);
        return new Condition(operator, inner, true);
      }
    }
    if (literal.isEmpty()) {
      throw wrong(text, "there is no value behind " + operator.sign);
    }
    return new Condition(operator, literal, false);
  }

  private static IllegalArgumentException wrong(String text, String problem) {
    return new IllegalArgumentException("actual \"" + text + "\": " + problem + "; " + GRAMMAR);
  }
}
