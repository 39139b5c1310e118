package io.agrippa.engine.compile;

import static java.util.Map.entry;

import io.agrippa.engine.compile.ArithmeticNode.Operation;
import io.agrippa.engine.compile.CompareNode.Comparison;
import io.agrippa.engine.compile.SummaryNode.Summary;
import io.agrippa.engine.kernel.Erf;
import io.agrippa.engine.kernel.NormalDistribution;
import io.agrippa.engine.model.DataType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * PMML's built-in functions: one table from name to number of arguments and what it compiles to.
 * Functions whose last digits depend on the Java or the processor are taken from {@code
 * StrictMath}.
 */
final class Functions {
  private static final int ANY = Integer.MAX_VALUE;

  private Functions() {}

  /** A function: the least and greatest number of arguments, and what makes a node of a call. */
  record Builtin(int least, int most, Maker maker) {
    boolean takes(int count) {
      return count >= least && count <= most;
    }

    /** The numbers of arguments, for messages. */
    String arity() {
      return least == most
          ? least + (least == 1 ? " argument" : " arguments")
          : most == ANY ? least + " or more arguments" : least + " to " + most + " arguments";
    }
  }

  /** Makes a node of a call. */
  interface Maker {
    Node make(Call call);
  }

  private static final Map<String, Builtin> TABLE =
      Map.ofEntries(
          entry("+", arithmetic(Operation.ADD)),
          entry("-", arithmetic(Operation.SUBTRACT)),
          entry("*", arithmetic(Operation.MULTIPLY)),
          entry("/", arithmetic(Operation.DIVIDE)),
          entry("min", summary(Summary.MIN)),
          entry("max", summary(Summary.MAX)),
          entry("sum", summary(Summary.SUM)),
          entry("product", summary(Summary.PRODUCT)),
          entry("avg", summary(Summary.AVERAGE)),
          entry("median", summary(Summary.MEDIAN)),
          entry("ln", real(StrictMath::log)),
          entry("log10", real(StrictMath::log10)),
          entry("ln1p", real(StrictMath::log1p)),
          entry("exp", real(StrictMath::exp)),
          entry("expm1", real(StrictMath::expm1)),
          entry("sqrt", real(Math::sqrt)),
          entry("hypot", real(StrictMath::hypot)),
          entry("sin", real(StrictMath::sin)),
          entry("cos", real(StrictMath::cos)),
          entry("tan", real(StrictMath::tan)),
          entry("asin", real(StrictMath::asin)),
          entry("acos", real(StrictMath::acos)),
          entry("atan", real(StrictMath::atan)),
          entry("atan2", real(StrictMath::atan2)),
          entry("sinh", real(StrictMath::sinh)),
          entry("cosh", real(StrictMath::cosh)),
          entry("tanh", real(StrictMath::tanh)),
          entry("erf", real(Erf::erf)),
          entry("normalCDF", normal(NormalDistribution::cumulative)),
          entry("normalPDF", normal(NormalDistribution::density)),
          entry("normalIDF", normal(NormalDistribution::quantile)),
          entry("stdNormalCDF", real(x -> NormalDistribution.cumulative(x, 0, 1))),
          entry("stdNormalPDF", real(x -> NormalDistribution.density(x, 0, 1))),
          entry("stdNormalIDF", real(p -> NormalDistribution.quantile(p, 0, 1))),
          entry("abs", common((x, y, z) -> Math.abs(x), 1)),
          entry("rint", common((x, y, z) -> Math.rint(x), 1)),
          entry("pow", new Builtin(2, 2, Functions::power)),
          entry("threshold", common((x, y, z) -> x > y ? 1 : 0, 2)),
          entry("modulo", common((x, y, z) -> modulo(x, y), 2)),
          entry("floor", whole(Math::floor)),
          entry("ceil", whole(Math::ceil)),
          entry("round", whole(Functions::round)),
          entry("isMissing", state(StateNode.State.MISSING)),
          entry("isNotMissing", state(StateNode.State.NOT_MISSING)),
          entry("isValid", state(StateNode.State.VALID)),
          entry("isNotValid", state(StateNode.State.NOT_VALID)),
          entry("equal", comparison(Comparison.EQUAL)),
          entry("notEqual", comparison(Comparison.NOT_EQUAL)),
          entry("lessThan", comparison(Comparison.LESS_THAN)),
          entry("lessOrEqual", comparison(Comparison.LESS_OR_EQUAL)),
          entry("greaterThan", comparison(Comparison.GREATER_THAN)),
          entry("greaterOrEqual", comparison(Comparison.GREATER_OR_EQUAL)),
          entry("and", logic(LogicNode.Connective.AND)),
          entry("or", logic(LogicNode.Connective.OR)),
          entry("not", new Builtin(1, 1, Functions::not)),
          entry("isIn", new Builtin(2, ANY, call -> member(call, true))),
          entry("isNotIn", new Builtin(2, ANY, call -> member(call, false))),
          entry("if", new Builtin(2, 3, Functions::branch)),
          entry("uppercase", text(text -> text.toUpperCase(Locale.ROOT))),
          entry("lowercase", text(text -> text.toLowerCase(Locale.ROOT))),
          entry("trimBlanks", text(String::trim)),
          entry("stringLength", new Builtin(1, 1, TextFunctions::length)),
          entry("substring", new Builtin(3, 3, TextFunctions::substring)),
          entry("concat", new Builtin(2, ANY, TextFunctions::concat)),
          entry("replace", new Builtin(3, 3, TextFunctions::replace)),
          entry("matches", new Builtin(2, 2, TextFunctions::matches)),
          entry("formatNumber", new Builtin(2, 2, TextFunctions::formatNumber)),
          entry("formatDatetime", new Builtin(2, 2, TextFunctions::formatDatetime)),
          entry("dateDaysSinceYear", new Builtin(2, 2, Functions::daysSinceYear)),
          entry("dateSecondsSinceYear", new Builtin(2, 2, Functions::secondsSinceYear)),
          entry("dateSecondsSinceMidnight", new Builtin(1, 1, Functions::secondsSinceMidnight)));

  /** The built-in function of this name (vendors also write {@code x-} before it), or null. */
  static Builtin of(String name) {
    Builtin builtin = TABLE.get(name);
    return builtin == null && name.startsWith("x-") ? TABLE.get(name.substring(2)) : builtin;
  }

  /** The names, for tests. */
  static Iterable<String> names() {
    return TABLE.keySet();
  }

  private static Builtin arithmetic(Operation operation) {
    return new Builtin(
        2,
        2,
        call -> new ArithmeticNode(operation, call.number(0), call.number(1), call.undefined()));
  }

  private static Builtin summary(Summary summary) {
    return new Builtin(
        1,
        ANY,
        call -> {
          FieldType type = SummaryNode.type(summary, call.widest());
          return new SummaryNode(type, summary, call.numbers(), call.undefined());
        });
  }

  private static Builtin real(DoubleUnaryOperator function) {
    return new Builtin(
        1, 1, call -> call.math(Types.DOUBLE, (x, y, z) -> function.applyAsDouble(x)));
  }

  private static Builtin real(DoubleBinaryOperator function) {
    return new Builtin(
        2, 2, call -> call.math(Types.DOUBLE, (x, y, z) -> function.applyAsDouble(x, y)));
  }

  private static Builtin normal(MathNode.Function function) {
    return new Builtin(3, 3, call -> call.math(Types.DOUBLE, function));
  }

  /** A function whose result is of its arguments' type. */
  private static Builtin common(MathNode.Function function, int arity) {
    return new Builtin(arity, arity, call -> call.math(call.widest(), function));
  }

  /** Whole numbers have no negative powers. */
  private static Node power(Call call) {
    FieldType type = call.widest();
    boolean whole = Types.isInteger(type);
    return call.math(type, (x, y, z) -> whole && y < 0 ? Double.NaN : StrictMath.pow(x, y));
  }

  private static Builtin whole(DoubleUnaryOperator function) {
    return new Builtin(
        1, 1, call -> call.math(Types.INTEGER, (x, y, z) -> function.applyAsDouble(x) + 0.0));
  }

  /** With the divisor's sign; not defined for 0. */
  private static double modulo(double x, double y) {
    return x - Math.floor(x / y) * y;
  }

  private static Builtin state(StateNode.State state) {
    return new Builtin(1, 1, call -> new StateNode(state, call.argument(0)));
  }

  private static Builtin comparison(Comparison comparison) {
    return new Builtin(
        2, 2, call -> CompareNode.of(comparison, call.argument(0), call.argument(1), call.site()));
  }

  private static Builtin logic(LogicNode.Connective connective) {
    return new Builtin(2, ANY, call -> new LogicNode(connective, call.allAs(Types.BOOLEAN)));
  }

  private static Node not(Call call) {
    return CompareNode.of(
        Comparison.EQUAL,
        call.as(Types.BOOLEAN, 0),
        ConstantNode.of(0, Types.BOOLEAN),
        call.site());
  }

  private static Node member(Call call, boolean inside) {
    Node needle = call.argument(0);
    FieldType type = Types.isInteger(needle.type()) ? Types.DOUBLE : needle.type();
    List<Node> values =
        call.arguments().subList(1, call.arguments().size()).stream()
            .map(value -> CastNode.to(value, type, call.site()))
            .toList();
    return new MemberNode(needle, values, inside, call.site());
  }

  private static Node branch(Call call) {
    Node yes = call.argument(1);
    Node no = call.arguments().size() == 3 ? call.argument(2) : ConstantNode.missing(yes.type());
    FieldType type = Types.common(yes, no);
    return new IfNode(
        type,
        call.as(Types.BOOLEAN, 0),
        CastNode.to(yes, type, call.site()),
        CastNode.to(no, type, call.site()),
        call.site());
  }

  private static Builtin text(UnaryOperator<String> function) {
    return new Builtin(
        1,
        1,
        call ->
            call.text(
                Types.STRING,
                call.allAs(Types.STRING),
                (texts, numbers, result) -> result.set(function.apply(texts[0]))));
  }

  /** To the nearest whole number, halves upward. */
  private static double round(double x) {
    double floor = Math.floor(x); // x + 0.5 may be rounded itself
    return x - floor < 0.5 ? floor : floor + 1;
  }

  private static Node daysSinceYear(Call call) {
    return new MathNode(
        Types.INTEGER,
        List.of(call.moment(Kind.DATE, 0), call.number(1)),
        (days, year, z) -> days - Literals.epochDay((int) year),
        call.undefined());
  }

  /**
   * Beyond 32 bits after 68 years: the number is exact all the same, so it is not called undefined.
   */
  private static Node secondsSinceYear(Call call) {
    Node seconds =
        new MathNode(
            Types.DOUBLE,
            List.of(call.moment(Kind.DATE_TIME, 0), call.number(1)),
            (micros, year, z) ->
                Math.floor(micros / Literals.MICROS_PER_SECOND)
                    - 86_400.0 * Literals.epochDay((int) year),
            call.undefined());
    return new Relabeled(seconds, Types.INTEGER);
  }

  private static Node secondsSinceMidnight(Call call) {
    return new MathNode(
        Types.INTEGER,
        List.of(call.moment(Kind.TIME, 0)),
        (micros, y, z) -> Math.floor(micros / Literals.MICROS_PER_SECOND),
        call.undefined());
  }
}
