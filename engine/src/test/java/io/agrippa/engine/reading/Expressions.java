package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DefineFunction.Parameter;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Expression.Apply;
import io.agrippa.engine.model.Expression.Constant;
import io.agrippa.engine.model.Expression.FieldRef;
import java.util.List;
import java.util.function.Function;

/**
 * Those expressions of the specification's Transformations that the generated documents use:
 * Constant, FieldRef, and Apply of a few functions. (The property tests of expressions have their
 * own reading of many more.)
 */
final class Expressions {
  private Expressions() {}

  /** The value of an expression over fields, null where missing. */
  static Object value(
      Expression expression, List<DefineFunction> functions, Function<String, Variable> fields) {
    if (expression instanceof Constant constant) {
      return constant(constant);
    }
    if (expression instanceof FieldRef ref) {
      return fields.apply(ref.field()).value();
    }
    if (expression instanceof Apply apply) {
      for (DefineFunction function : functions) {
        if (function.name().equals(apply.function())) {
          return call(function, apply.arguments(), functions, fields);
        }
      }
      return apply(apply, functions, fields);
    }
    throw new UnsupportedOperationException("no reading of " + expression);
  }

  /** A function of the document: its body sees its parameters alone, each in its type. */
  private static Object call(
      DefineFunction function,
      List<Expression> arguments,
      List<DefineFunction> functions,
      Function<String, Variable> fields) {
    Object result =
        value(
            function.expression(),
            functions,
            name -> {
              for (int i = 0; i < arguments.size(); i++) {
                Parameter parameter = function.parameters().get(i);
                if (parameter.name().equals(name)) {
                  Object argument = value(arguments.get(i), functions, fields);
                  return new Variable(
                      parameter.dataType(),
                      parameter.opType(),
                      List.of(),
                      parameter.dataType() == null
                          ? argument
                          : Values.cast(argument, parameter.dataType()));
                }
              }
              throw new IllegalArgumentException("no parameter " + name);
            });
    return function.dataType() == null ? result : Values.cast(result, function.dataType());
  }

  /** Without a type, a number with a point is a double, other digits are an integer. */
  private static Object constant(Constant constant) {
    if (constant.dataType() != null) {
      return Values.literal(constant.value(), constant.dataType());
    }
    String text = constant.value();
    DataType type =
        text.matches("-?\\d+")
            ? DataType.INTEGER
            : text.matches("-?\\d+\\.\\d+") ? DataType.DOUBLE : DataType.STRING;
    return Values.literal(text, type);
  }

  private static Object apply(
      Apply apply, List<DefineFunction> functions, Function<String, Variable> fields) {
    List<Expression> arguments = apply.arguments();
    Object first = value(arguments.get(0), functions, fields);
    switch (apply.function()) {
      case "isMissing" -> {
        return first == null;
      }
      case "isNotMissing" -> {
        return first != null;
      }
      case "if" -> { // the other branch is not evaluated; a missing condition gives nothing
        return first == null
            ? null
            : value(arguments.get((Boolean) first ? 1 : 2), functions, fields);
      }
      default -> {}
    }
    Object second = value(arguments.get(1), functions, fields);
    if (first == null || second == null) {
      return null;
    }
    return switch (apply.function()) {
      case "lessThan" -> Values.compare(first, second) < 0;
      case "greaterThan" -> Values.compare(first, second) > 0;
      case "+", "-", "*", "/" -> arithmetic(apply.function(), first, second);
      default -> throw new UnsupportedOperationException("no reading of " + apply.function());
    };
  }

  /** Of two integers an integer; else of the wider type; computed in double, then narrowed. */
  private static Object arithmetic(String function, Object a, Object b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return whole(function, x, y);
    }
    double x = Values.number(a);
    double y = Values.number(b);
    double result =
        switch (function) {
          case "+" -> x + y;
          case "-" -> x - y;
          case "*" -> x * y;
          default -> x / y;
        };
    if (Double.isNaN(result)) {
      throw new BadRow(a + " " + function + " " + b + " is not a number");
    }
    return a instanceof Double || b instanceof Double ? (Object) result : (Object) (float) result;
  }

  private static Integer whole(String function, int x, int y) {
    try {
      return switch (function) {
        case "+" -> Math.addExact(x, y);
        case "-" -> Math.subtractExact(x, y);
        case "*" -> Math.multiplyExact(x, y);
        default -> x / y;
      };
    } catch (ArithmeticException e) {
      throw new BadRow(e.getMessage());
    }
  }
}
