package io.agrippa.engine.compile;

import io.agrippa.engine.compile.PlainExpression.BadRow;
import io.agrippa.engine.compile.PlainExpression.Kind;
import io.agrippa.engine.compile.PlainExpression.Meaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes random expressions with their meanings, written from the specification (Transformations,
 * Built-in functions) and not from the compiler: one row at a time, Java's own objects, null for
 * missing. Where the specification is silent they say what docs/interpretation.md says.
 */
final class PlainExpressions {
  /** The fields of a row, in its order. */
  static final List<String> FIELDS = List.of("x", "y", "i", "s", "t", "b");

  private static final List<Kind> KINDS =
      List.of(Kind.NUMBER, Kind.NUMBER, Kind.WHOLE, Kind.TEXT, Kind.TEXT, Kind.TRUTH);
  static final double[] NUMBERS = {-3, -1.5, -0.5, 0, 0.25, 1, 2, 2.5, 7, 1000};
  static final int[] WHOLES = {-7, -1, 0, 1, 2, 3, 1_500_000_000};
  static final String[] TEXTS = {"red", "Blue", "x", " a b ", "grün"};

  private final Random random;

  PlainExpressions(Random random) {
    this.random = random;
  }

  static Kind kind(int field) {
    return KINDS.get(field);
  }

  PlainExpression next() {
    return next(Kind.values()[random.nextInt(Kind.values().length)], 1 + random.nextInt(4));
  }

  private PlainExpression next(Kind kind, int depth) {
    return switch (kind) {
      case NUMBER -> number(depth);
      case WHOLE -> whole(depth);
      case TEXT -> text(depth);
      case TRUTH -> truth(depth);
    };
  }

  private PlainExpression numeric(int depth) {
    return random.nextInt(3) == 0 ? whole(depth) : number(depth);
  }

  private PlainExpression number(int depth) {
    if (depth == 0) {
      return leaf(Kind.NUMBER);
    }
    int below = depth - 1;
    return switch (random.nextInt(12)) {
      case 0 -> apply(Kind.NUMBER, "+", a -> d(a[0]) + d(a[1]), number(below), numeric(below));
      case 1 -> apply(Kind.NUMBER, "-", a -> d(a[0]) - d(a[1]), numeric(below), number(below));
      case 2 -> apply(Kind.NUMBER, "*", a -> d(a[0]) * d(a[1]), number(below), numeric(below));
      case 3 -> apply(Kind.NUMBER, "/", a -> d(a[0]) / d(a[1]), number(below), numeric(below));
      case 4 -> summary(below);
      case 5 -> apply(Kind.NUMBER, "abs", a -> Math.abs(d(a[0])), number(below));
      case 6 -> apply(Kind.NUMBER, "sqrt", a -> Math.sqrt(d(a[0])), numeric(below));
      case 7 -> branch(Kind.NUMBER, below);
      case 8 -> normContinuous();
      case 9 -> normDiscrete();
      case 10 -> discretize(Kind.NUMBER);
      default -> mapValues(Kind.NUMBER);
    };
  }

  private PlainExpression whole(int depth) {
    if (depth == 0) {
      return leaf(Kind.WHOLE);
    }
    int below = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> apply(Kind.WHOLE, "+", a -> fit(l(a[0]) + l(a[1])), whole(below), whole(below));
      case 1 -> apply(Kind.WHOLE, "-", a -> fit(l(a[0]) - l(a[1])), whole(below), whole(below));
      case 2 -> apply(Kind.WHOLE, "*", a -> fit(l(a[0]) * l(a[1])), whole(below), whole(below));
      case 3 ->
          apply(
              Kind.WHOLE,
              "/",
              a -> l(a[1]) == 0 ? null : fit(l(a[0]) / l(a[1])),
              whole(below),
              whole(below));
      case 4 -> apply(Kind.WHOLE, "floor", a -> fit(Math.floor(d(a[0]))), numeric(below));
      case 5 -> apply(Kind.WHOLE, "ceil", a -> fit(Math.ceil(d(a[0]))), numeric(below));
      case 6 -> apply(Kind.WHOLE, "stringLength", a -> ((String) a[0]).length(), text(below));
      case 7 -> branch(Kind.WHOLE, below);
      default -> apply(Kind.WHOLE, "round", a -> fit(Math.floor(d(a[0]) + 0.5)), number(below));
    };
  }

  private PlainExpression text(int depth) {
    if (depth == 0) {
      return leaf(Kind.TEXT);
    }
    int below = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 ->
          apply(Kind.TEXT, "uppercase", a -> ((String) a[0]).toUpperCase(Locale.ROOT), text(below));
      case 1 ->
          apply(Kind.TEXT, "lowercase", a -> ((String) a[0]).toLowerCase(Locale.ROOT), text(below));
      case 2 -> apply(Kind.TEXT, "trimBlanks", a -> ((String) a[0]).trim(), text(below));
      case 3 ->
          apply(
              Kind.TEXT,
              "concat",
              a ->
                  a[0] == null && a[1] == null
                      ? null
                      : Objects.toString(a[0], "") + Objects.toString(a[1], ""),
              true,
              text(below),
              text(below));
      case 4 -> branch(Kind.TEXT, below);
      case 5 -> discretize(Kind.TEXT);
      case 6 -> mapValues(Kind.TEXT);
      default -> leaf(Kind.TEXT);
    };
  }

  private PlainExpression truth(int depth) {
    if (depth == 0) {
      return leaf(Kind.TRUTH);
    }
    int below = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> comparison(numeric(below), numeric(below));
      case 1 -> comparison(number(below), number(below));
      case 2 -> equality(text(below), text(below));
      case 3 -> equality(truth(below), truth(below));
      case 4 ->
          apply(
              Kind.TRUTH,
              "and",
              a -> Arrays.stream(a).allMatch(Boolean.TRUE::equals),
              truths(below));
      case 5 ->
          apply(
              Kind.TRUTH,
              "or",
              a -> Arrays.stream(a).anyMatch(Boolean.TRUE::equals),
              truths(below));
      case 6 -> apply(Kind.TRUTH, "not", a -> !(Boolean) a[0], truth(below));
      case 7 -> state(below);
      case 8 -> member(below);
      default -> branch(Kind.TRUTH, below);
    };
  }

  private PlainExpression[] truths(int depth) {
    PlainExpression[] truths = new PlainExpression[2 + random.nextInt(2)];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = truth(depth);
    }
    return truths;
  }

  private PlainExpression leaf(Kind kind) {
    if (random.nextInt(3) == 0) {
      Object value = constant(kind);
      return new PlainExpression(
          kind,
          "<Constant dataType=\"%s\">%s</Constant>".formatted(kind.dataType, value),
          row -> value);
    }
    int field = field(kind);
    Object fill = random.nextInt(4) == 0 ? constant(kind) : null;
    return new PlainExpression(
        kind,
        "<FieldRef field=\"%s\"%s/>".formatted(FIELDS.get(field), attribute("mapMissingTo", fill)),
        row -> row[field] == null ? fill : row[field]);
  }

  private int field(Kind kind) {
    List<Integer> fields = new ArrayList<>();
    for (int i = 0; i < KINDS.size(); i++) {
      if (KINDS.get(i) == kind) {
        fields.add(i);
      }
    }
    return fields.get(random.nextInt(fields.size()));
  }

  private Object constant(Kind kind) {
    return switch (kind) {
      case NUMBER -> NUMBERS[random.nextInt(NUMBERS.length)];
      case WHOLE -> WHOLES[random.nextInt(WHOLES.length - 1)];
      case TEXT -> List.of("red", "Blue", "k").get(random.nextInt(3));
      case TRUTH -> random.nextBoolean();
    };
  }

  private Object some(Kind kind) {
    return random.nextInt(3) == 0 ? constant(kind) : null;
  }

  private static String attribute(String name, Object value) {
    return value == null ? "" : " " + name + "=\"" + value + "\"";
  }

  // ------------------------------------------------------------------------------- functions

  /** What a function makes of its arguments, of which none is missing; null where not defined. */
  private interface Rule extends Function<Object[], Object> {}

  private PlainExpression apply(
      Kind kind, String function, Rule rule, PlainExpression... arguments) {
    return apply(kind, function, rule, false, arguments);
  }

  /**
   * A function with random attributes.
   *
   * @param tolerant whether the rule deals with missing arguments itself; null is missing then
   */
  private PlainExpression apply(
      Kind kind, String function, Rule rule, boolean tolerant, PlainExpression... arguments) {
    Object mapMissingTo = some(kind);
    Object defaultValue = some(kind);
    boolean asMissing = random.nextInt(3) > 0;
    Meaning meaning =
        row -> {
          Object[] values = new Object[arguments.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].value(row);
          }
          boolean anyMissing = Arrays.stream(values).anyMatch(Objects::isNull);
          if (anyMissing && mapMissingTo != null) {
            return mapMissingTo;
          }
          Object result = null;
          if (tolerant || !anyMissing) {
            result = rule.apply(values);
            boolean undefined =
                tolerant
                    ? result instanceof Double number && number.isNaN()
                    : result == null || (result instanceof Double number && number.isNaN());
            if (undefined && !asMissing) {
              throw new BadRow();
            }
            result = undefined ? null : result;
          }
          return result == null ? defaultValue : result;
        };
    return new PlainExpression(
        kind,
        "<Apply function=\"%s\"%s%s%s>%s</Apply>"
            .formatted(
                function,
                attribute("mapMissingTo", mapMissingTo),
                attribute("defaultValue", defaultValue),
                attribute("invalidValueTreatment", asMissing ? "asMissing" : null),
                xml(arguments)),
        meaning);
  }

  private static String xml(PlainExpression... expressions) {
    return Arrays.stream(expressions).map(PlainExpression::xml).collect(Collectors.joining());
  }

  private static double d(Object number) {
    return ((Number) number).doubleValue();
  }

  private static long l(Object number) {
    return ((Number) number).longValue();
  }

  /** A whole number of 32 bits, or null: not defined. */
  private static Integer fit(double value) {
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? (Integer) (int) value : null;
  }

  private static Integer fit(long value) {
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? (Integer) (int) value : null;
  }

  private PlainExpression summary(int depth) {
    PlainExpression[] arguments = new PlainExpression[1 + random.nextInt(4)];
    arguments[0] = number(depth); // so that the result is a real number
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] = numeric(depth);
    }
    String name = List.of("min", "max", "sum", "product", "avg", "median").get(random.nextInt(6));
    Rule rule =
        values -> {
          double[] present =
              Arrays.stream(values)
                  .filter(Objects::nonNull)
                  .mapToDouble(PlainExpressions::d)
                  .toArray();
          return present.length == 0 ? null : (Object) summarize(name, present);
        };
    return apply(Kind.NUMBER, name, rule, true, arguments);
  }

  private static double summarize(String name, double[] values) {
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      result =
          switch (name) {
            case "min" -> Math.min(result, values[i]);
            case "max" -> Math.max(result, values[i]);
            case "product" -> result * values[i];
            default -> result + values[i];
          };
    }
    if (name.equals("median")) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
    return name.equals("avg") ? result / values.length : result;
  }

  private PlainExpression comparison(PlainExpression left, PlainExpression right) {
    String name =
        List.of("equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual")
            .get(random.nextInt(6));
    Rule rule =
        a ->
            switch (name) {
              case "equal" -> d(a[0]) == d(a[1]);
              case "notEqual" -> d(a[0]) != d(a[1]);
              case "lessThan" -> d(a[0]) < d(a[1]);
              case "lessOrEqual" -> d(a[0]) <= d(a[1]);
              case "greaterThan" -> d(a[0]) > d(a[1]);
              default -> d(a[0]) >= d(a[1]);
            };
    return apply(Kind.TRUTH, name, rule, left, right);
  }

  private PlainExpression equality(PlainExpression left, PlainExpression right) {
    return random.nextBoolean()
        ? apply(Kind.TRUTH, "equal", a -> a[0].equals(a[1]), left, right)
        : apply(Kind.TRUTH, "notEqual", a -> !a[0].equals(a[1]), left, right);
  }

  private PlainExpression state(int depth) {
    PlainExpression argument = next(Kind.values()[random.nextInt(4)], depth);
    boolean missing = random.nextBoolean();
    // mapMissingTo would take the question away
    return new PlainExpression(
        Kind.TRUTH,
        "<Apply function=\"%s\">%s</Apply>"
            .formatted(missing ? "isMissing" : "isNotMissing", argument.xml()),
        row -> (argument.value(row) == null) == missing);
  }

  private PlainExpression member(int depth) {
    Kind kind = random.nextBoolean() ? Kind.TEXT : Kind.NUMBER;
    PlainExpression needle = next(kind, depth);
    Object[] values = {constant(kind), constant(kind), constant(kind)};
    boolean inside = random.nextBoolean();
    PlainExpression[] arguments = new PlainExpression[values.length + 1];
    arguments[0] = needle;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      arguments[i + 1] =
          new PlainExpression(
              kind,
              "<Constant dataType=\"%s\">%s</Constant>".formatted(kind.dataType, value),
              row -> value);
    }
    return apply(
        Kind.TRUTH,
        inside ? "isIn" : "isNotIn",
        a -> Arrays.stream(a, 1, a.length).anyMatch(value -> isSame(a[0], value)) == inside,
        true,
        arguments);
  }

  private static boolean isSame(Object a, Object b) {
    return a instanceof Double number ? number.doubleValue() == d(b) : Objects.equals(a, b);
  }

  /** The branch that is not taken is not looked at. */
  private PlainExpression branch(Kind kind, int depth) {
    PlainExpression condition = truth(depth);
    PlainExpression yes = next(kind, depth);
    PlainExpression no = random.nextInt(4) == 0 ? null : next(kind, depth);
    Object mapMissingTo = some(kind);
    Object defaultValue = some(kind);
    return new PlainExpression(
        kind,
        "<Apply function=\"if\"%s%s>%s%s%s</Apply>"
            .formatted(
                attribute("mapMissingTo", mapMissingTo),
                attribute("defaultValue", defaultValue),
                condition.xml(),
                yes.xml(),
                no == null ? "" : no.xml()),
        row -> {
          Boolean truth = (Boolean) condition.value(row);
          boolean none = truth != null && !truth && no == null;
          Object result = truth == null || none ? null : truth ? yes.value(row) : no.value(row);
          if (result == null && !none) {
            result = mapMissingTo;
          }
          return result == null ? defaultValue : result;
        });
  }

  // -------------------------------------------------------------------------- other elements

  private PlainExpression normContinuous() {
    int field = field(Kind.NUMBER);
    double[] origs = random.doubles(2 + random.nextInt(3), -4, 8).sorted().toArray();
    if (random.nextBoolean()) {
      origs[0] = -1.5; // a value that rows have
    }
    Arrays.sort(origs);
    double[] norms = random.doubles(origs.length, -2, 2).toArray();
    String outliers = List.of("asIs", "asMissingValues", "asExtremeValues").get(random.nextInt(3));
    Object fill = some(Kind.NUMBER);
    StringBuilder xml = new StringBuilder();
    for (int i = 0; i < origs.length; i++) {
      xml.append("<LinearNorm orig=\"%s\" norm=\"%s\"/>".formatted(origs[i], norms[i]));
    }
    int last = origs.length - 1;
    return new PlainExpression(
        Kind.NUMBER,
        "<NormContinuous field=\"%s\" outliers=\"%s\"%s>%s</NormContinuous>"
            .formatted(FIELDS.get(field), outliers, attribute("mapMissingTo", fill), xml),
        row -> {
          if (row[field] == null) {
            return fill;
          }
          double x = d(row[field]);
          boolean outside = x < origs[0] || x > origs[last];
          if (outside && outliers.equals("asMissingValues")) {
            return fill;
          }
          if (outside && outliers.equals("asExtremeValues")) {
            return norms[x < origs[0] ? 0 : last];
          }
          int segment = 0;
          while (segment < last - 1 && x >= origs[segment + 1]) {
            segment++;
          }
          return norms[segment]
              + (x - origs[segment])
                  / (origs[segment + 1] - origs[segment])
                  * (norms[segment + 1] - norms[segment]);
        });
  }

  private PlainExpression normDiscrete() {
    int field = field(Kind.TEXT);
    String value = TEXTS[random.nextInt(TEXTS.length)];
    Object fill = some(Kind.NUMBER);
    return new PlainExpression(
        Kind.NUMBER,
        "<NormDiscrete field=\"%s\" value=\"%s\"%s/>"
            .formatted(FIELDS.get(field), value, attribute("mapMissingTo", fill)),
        row -> row[field] == null ? fill : (Object) (value.equals(row[field]) ? 1.0 : 0.0));
  }

  private PlainExpression discretize(Kind kind) {
    int field = random.nextBoolean() ? field(Kind.NUMBER) : field(Kind.WHOLE);
    double[] cuts = {-3, -1, 0, 2, 2.5, 7};
    int bins = 1 + random.nextInt(4);
    int from = random.nextInt(cuts.length - bins);
    boolean leftClosed = random.nextBoolean();
    List<Object> results = new ArrayList<>();
    StringBuilder xml = new StringBuilder();
    boolean openEnded = random.nextBoolean();
    for (int i = 0; i < bins; i++) {
      results.add(random.nextInt(5) == 0 ? null : constant(kind)); // null: there is no such bin
      if (results.get(i) != null) {
        String right =
            openEnded && i == bins - 1 ? "" : attribute("rightMargin", cuts[from + i + 1]);
        xml.append(
            "<DiscretizeBin binValue=\"%s\"><Interval closure=\"%s\" leftMargin=\"%s\"%s/></DiscretizeBin>"
                .formatted(
                    results.get(i),
                    leftClosed ? "closedOpen" : "openClosed",
                    cuts[from + i],
                    right));
      }
    }
    Object fill = some(kind);
    Object other = some(kind);
    return new PlainExpression(
        kind,
        "<Discretize field=\"%s\" dataType=\"%s\"%s%s>%s</Discretize>"
            .formatted(
                FIELDS.get(field),
                kind.dataType,
                attribute("mapMissingTo", fill),
                attribute("defaultValue", other),
                xml),
        row -> {
          if (row[field] == null) {
            return fill;
          }
          double x = d(row[field]);
          for (int i = 0; i < bins; i++) {
            double left = cuts[from + i];
            double right =
                openEnded && i == bins - 1 ? Double.POSITIVE_INFINITY : cuts[from + i + 1];
            boolean inside = leftClosed ? x >= left && x < right : x > left && x <= right;
            if (inside && results.get(i) != null) {
              return results.get(i);
            }
          }
          return other;
        });
  }

  private PlainExpression mapValues(Kind kind) {
    int first = FIELDS.indexOf("s");
    int second = random.nextBoolean() ? FIELDS.indexOf(random.nextBoolean() ? "t" : "i") : -1;
    Map<List<Object>, Object> table = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      Object key = TEXTS[random.nextInt(TEXTS.length)].trim();
      List<Object> keys =
          second < 0
              ? List.of(key)
              : List.of(
                  key,
                  kind(second) == Kind.TEXT
                      ? TEXTS[random.nextInt(TEXTS.length)].trim()
                      : (Object) WHOLES[random.nextInt(WHOLES.length)]);
      table.putIfAbsent(keys, constant(kind));
    }
    StringBuilder xml = new StringBuilder();
    table.forEach(
        (keys, value) -> {
          xml.append("<row><a>").append(keys.get(0)).append("</a>");
          if (second >= 0) {
            xml.append("<b>").append(keys.get(1)).append("</b>");
          }
          xml.append("<c>").append(value).append("</c></row>");
        });
    Object fill = some(kind);
    Object other = some(kind);
    return new PlainExpression(
        kind,
        "<MapValues outputColumn=\"c\" dataType=\"%s\"%s%s><FieldColumnPair field=\"s\" column=\"a\"/>%s<InlineTable>%s</InlineTable></MapValues>"
            .formatted(
                kind.dataType,
                attribute("mapMissingTo", fill),
                attribute("defaultValue", other),
                second < 0
                    ? ""
                    : "<FieldColumnPair field=\"%s\" column=\"b\"/>".formatted(FIELDS.get(second)),
                xml),
        row -> {
          if (row[first] == null || (second >= 0 && row[second] == null)) {
            return fill;
          }
          List<Object> keys = second < 0 ? List.of(row[first]) : List.of(row[first], row[second]);
          return table.getOrDefault(keys, other);
        });
  }
}
