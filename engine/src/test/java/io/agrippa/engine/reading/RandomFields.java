package io.agrippa.engine.reading;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Predicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Fields of all kinds with treatments, derived fields of them, and rows of values that lie where
 * documents compare them; the same for the same random numbers.
 */
final class RandomFields {
  /** Kinds of fields. */
  enum Kind {
    DOUBLE("double", "continuous"),
    FLOAT("float", "continuous"),
    INTEGER("integer", "continuous"),
    BOOLEAN("boolean", "categorical"),
    /** Any text. */
    TEXT("string", "categorical"),
    /** Texts of a list; others are invalid. */
    LISTED("string", "categorical"),
    /** Texts in the order of a list. */
    ORDINAL("string", "ordinal"),
    /** Texts in their own order. */
    SORTED("string", "ordinal"),
    /** Numbers in the order of a list. */
    RANKED("integer", "ordinal");

    final String dataType;
    final String opType;

    Kind(String dataType, String opType) {
      this.dataType = dataType;
      this.opType = opType;
    }

    boolean isNumber() {
      return this == DOUBLE || this == FLOAT || this == INTEGER;
    }

    /** Whether values have an order. */
    boolean isOrdered() {
      return this != TEXT && this != LISTED;
    }
  }

  private static final String[] WORDS = {"a", "b", "c", "d", "e", "f", "g", "two words"};
  private static final String[] LISTED = {"a", "b", "c", "d"};
  private static final String[] ORDINAL = {"low", "mid", "high"};
  private static final String[] RANKED = {"3", "1", "2"};

  private final Random random;
  private final Map<String, Kind> data = new LinkedHashMap<>();
  private final Map<String, Kind> fields = new LinkedHashMap<>();
  private final boolean asText;
  private final Map<String, Double> missing = new HashMap<>();
  private final boolean treated;
  private final Map<String, Kind> extra = new LinkedHashMap<>();
  private boolean extremes = true;

  RandomFields(Random random) {
    this.random = random;
    data.put("x", Kind.DOUBLE);
    data.put("w", Kind.DOUBLE);
    data.put("f", Kind.FLOAT);
    data.put("g", Kind.FLOAT);
    data.put("k", Kind.INTEGER);
    data.put("b", Kind.BOOLEAN);
    data.put("c", Kind.TEXT);
    data.put("d", Kind.LISTED);
    data.put("o", Kind.ORDINAL);
    data.put("s", Kind.SORTED);
    data.put("n", Kind.RANKED);
    fields.putAll(data);
    fields.put("dx", Kind.DOUBLE);
    fields.put("df", Kind.FLOAT);
    fields.put("dk", Kind.INTEGER);
    fields.put("db", Kind.BOOLEAN);
    fields.put("dc", Kind.TEXT);
    asText = random.nextInt(3) == 0;
    treated = random.nextInt(3) > 0;
    double[] shares = {0, 0.02, 0.1, 0.4};
    double most = shares[random.nextInt(shares.length)];
    data.keySet().forEach(name -> missing.put(name, random.nextInt(12) == 0 ? 1 : most));
  }

  /** Without infinite and huge numbers, of which sums and differences are no numbers. */
  RandomFields tame() {
    extremes = false;
    return this;
  }

  /** Makes a field known that a model computes. */
  void add(String name, Kind kind) {
    extra.put(name, kind);
    fields.put(name, kind);
  }

  /** The fields that models compute, in order. */
  List<String> added() {
    return List.copyOf(extra.keySet());
  }

  /** Forgets the added fields but those. */
  void retain(List<String> names) {
    for (String name : added()) {
      if (!names.contains(name)) {
        extra.remove(name);
        fields.remove(name);
      }
    }
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** DataFields, without the target. */
  String dataFields() {
    StringBuilder xml = new StringBuilder();
    data.forEach(
        (name, kind) ->
            xml.append(
                "<DataField name=\"%s\" optype=\"%s\" dataType=\"%s\">%s</DataField>\n"
                    .formatted(name, kind.opType, kind.dataType, values(kind))));
    return xml.toString();
  }

  private static String values(Kind kind) {
    String[] values =
        switch (kind) {
          case LISTED -> LISTED;
          case ORDINAL -> ORDINAL;
          case RANKED -> RANKED;
          case DOUBLE, FLOAT, INTEGER, BOOLEAN, TEXT, SORTED -> new String[0];
        };
    StringBuilder xml = new StringBuilder();
    for (String value : values) {
      xml.append("<Value value=\"").append(value).append("\"/>");
    }
    return xml.toString();
  }

  /** MiningFields of all data fields, some of them with treatments. */
  String miningFields() {
    StringBuilder xml = new StringBuilder();
    data.forEach(
        (name, kind) ->
            xml.append("<MiningField name=\"%s\"%s/>\n".formatted(name, treatment(kind))));
    return xml.toString();
  }

  /** A MiningSchema of all fields and a target. */
  String miningSchema(String target) {
    return "<MiningSchema>%s<MiningField name=\"%s\" usageType=\"target\"/></MiningSchema>"
        .formatted(miningFields(), target);
  }

  /** That of a model within another one, with or without the target. */
  String nestedSchema(String target) {
    StringBuilder xml = new StringBuilder("<MiningSchema>");
    boolean anew = random.nextInt(4) == 0;
    data.forEach(
        (name, kind) ->
            xml.append(
                "<MiningField name=\"%s\"%s/>"
                    .formatted(name, anew && random.nextInt(3) == 0 ? treatment(kind) : "")));
    extra.keySet().forEach(name -> xml.append("<MiningField name=\"%s\"/>".formatted(name)));
    if (target != null) {
      xml.append("<MiningField name=\"%s\" usageType=\"target\"/>".formatted(target));
    }
    return xml.append("</MiningSchema>").toString();
  }

  private String treatment(Kind kind) {
    StringBuilder xml = new StringBuilder();
    boolean mayBeInvalid = kind == Kind.LISTED || kind == Kind.RANKED || asText;
    if (mayBeInvalid && random.nextInt(4) > 0) {
      xml.append(" invalidValueTreatment=\"%s\"".formatted(pick("asMissing", "asMissing", "asIs")));
    }
    if (treated && random.nextInt(4) == 0) {
      xml.append(" missingValueReplacement=\"%s\"".formatted(value(kind)));
    }
    if (treated && kind.isNumber() && random.nextInt(5) == 0) {
      String bounds = random.nextBoolean() ? " lowValue=\"0\"" : " lowValue=\"-0\" highValue=\"5\"";
      xml.append(
          " outliers=\"%s\"%s".formatted(pick("asMissingValues", "asExtremeValues"), bounds));
    }
    return xml.toString();
  }

  /**
   * Derived fields: a sum (by a function of the document, sometimes), a product, a quotient that
   * may not exist, a truth, a stand-in.
   */
  String derivedFields() {
    boolean defines = random.nextInt(3) == 0;
    String function = defines ? "mixture" : pick("+", "-", "*");
    return (defines ? defineFunction(function) : "")
        + derived(
            "dx",
            "<Apply function=\"%s\"><FieldRef field=\"%s\"/><FieldRef field=\"%s\"/></Apply>"
                .formatted(function, pick("x", "w", "f"), pick("k", "x")))
        + derived(
            "df",
            "<Apply function=\"*\"><FieldRef field=\"f\"/><Constant>%s</Constant></Apply>"
                .formatted(pick("2", "0.1", "-3")))
        + derived(
            "dk",
            random.nextInt(4) == 0
                ? "<Apply function=\"/\"><Constant>12</Constant><FieldRef field=\"k\"/></Apply>"
                : "<Apply function=\"+\"><FieldRef field=\"k\"/><Constant>1</Constant></Apply>")
        + derived(
            "db",
            "<Apply function=\"lessThan\"><FieldRef field=\"%s\"/><Constant>0.3</Constant></Apply>"
                .formatted(pick("x", "f", "w")))
        + derived(
            "dc",
            "<Apply function=\"if\"><Apply function=\"isMissing\"><FieldRef field=\"c\"/></Apply>"
                + "<Constant>%s</Constant><FieldRef field=\"c\"/></Apply>"
                    .formatted(pick("a", "none")));
  }

  /** A function of two numbers, whose types and result have types of their own, or none. */
  private String defineFunction(String name) {
    String body =
        "<Apply function=\"%s\"><FieldRef field=\"first\"/><FieldRef field=\"second\"/></Apply>"
            .formatted(pick("+", "-", "*"));
    if (random.nextBoolean()) {
      body =
          "<Apply function=\"if\"><Apply function=\"%s\"><FieldRef field=\"%s\"/></Apply>%s%s</Apply>"
              .formatted(
                  pick("isMissing", "isNotMissing"),
                  pick("first", "second"),
                  pick("<Constant>0.5</Constant>", "<FieldRef field=\"second\"/>"),
                  body);
    }
    return "<DefineFunction name=\"%s\" optype=\"continuous\"%s><ParameterField name=\"first\"%s/><ParameterField name=\"second\"%s/>%s</DefineFunction>"
        .formatted(name, numeric(), numeric(), numeric(), body);
  }

  private String numeric() {
    return pick("", " dataType=\"double\"", " dataType=\"float\"");
  }

  private String derived(String name, String expression) {
    Kind kind = fields.get(name);
    return "<DerivedField name=\"%s\" optype=\"%s\" dataType=\"%s\">%s</DerivedField>\n"
        .formatted(name, kind.opType, kind.dataType, expression);
  }

  /** A field of any kind. */
  String field() {
    return new ArrayList<>(fields.keySet()).get(random.nextInt(fields.size()));
  }

  /** A field that counts as a number. */
  String number() {
    List<String> added = new ArrayList<>();
    extra.forEach((name, kind) -> added.addAll(kind.isNumber() ? List.of(name) : List.of()));
    if (!added.isEmpty() && random.nextInt(3) == 0) {
      return added.get(random.nextInt(added.size()));
    }
    return pick("x", "w", "f", "g", "k", "dx", "df", "dk", "b");
  }

  /** A field of categories. */
  String category() {
    return pick("c", "d", "o", "dc", "b", "k");
  }

  /** A value of a field, as a document writes it. */
  String valueOf(String field) {
    return value(fields.get(field));
  }

  private String value(Kind kind) {
    return switch (kind) {
      case DOUBLE, FLOAT -> Double.toString(random.nextInt(21) / 10.0 - 1);
      case INTEGER -> Integer.toString(random.nextInt(8));
      case BOOLEAN -> pick("true", "false", "0", "1");
      case TEXT, SORTED -> pick(WORDS);
      case LISTED -> pick(LISTED);
      case ORDINAL -> pick(ORDINAL);
      case RANKED -> pick(RANKED);
    };
  }

  /** A predicate of up to so many levels. */
  String predicate(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    if (kind < 5) {
      return simple();
    }
    if (kind == 5) {
      return set();
    }
    if (kind == 6 && random.nextInt(3) == 0) {
      return pick("<True/>", "<False/>");
    }
    StringBuilder parts = new StringBuilder();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      parts.append(predicate(depth - 1));
    }
    return "<CompoundPredicate booleanOperator=\"%s\">%s</CompoundPredicate>"
        .formatted(pick("and", "or", "xor", "surrogate", "surrogate"), parts);
  }

  private String simple() {
    String field = field();
    Kind kind = fields.get(field);
    Predicate.Operator[] operators = Predicate.Operator.values();
    Predicate.Operator operator = operators[random.nextInt(operators.length)];
    boolean orders = operator.compareTo(Predicate.Operator.LESS_THAN) >= 0;
    boolean presence = operator.compareTo(Predicate.Operator.IS_MISSING) >= 0;
    if (orders && !presence && !kind.isOrdered()) {
      operator = Predicate.Operator.EQUAL;
    }
    String value = value(kind);
    if (orders && (kind == Kind.INTEGER || kind == Kind.BOOLEAN) && random.nextInt(4) == 0) {
      value = pick("0.5", "2.5");
    }
    return presence
        ? "<SimplePredicate field=\"%s\" operator=\"%s\"/>".formatted(field, word(operator))
        : "<SimplePredicate field=\"%s\" operator=\"%s\" value=\"%s\"/>"
            .formatted(field, word(operator), value);
  }

  /** As PMML writes it: {@code lessThan} for LESS_THAN. */
  private static String word(Predicate.Operator operator) {
    StringBuilder word = new StringBuilder();
    for (String part : operator.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
  }

  private String set() {
    String field = field();
    Kind kind = fields.get(field);
    StringBuilder values = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      values.append(i == 0 ? "" : " ").append(quoted(value(kind)));
    }
    return "<SimpleSetPredicate field=\"%s\" booleanOperator=\"%s\"><Array type=\"string\" n=\"%d\">%s</Array></SimpleSetPredicate>"
        .formatted(field, pick("isIn", "isNotIn"), count, values);
  }

  private static String quoted(String value) {
    return value.indexOf(' ') < 0 ? value : "&quot;" + value + "&quot;";
  }

  /** The columns of the rows. */
  Schema schema() {
    List<Field> columns = new ArrayList<>();
    data.forEach((name, kind) -> columns.add(new Field(name, column(name, kind))));
    return new Schema(columns);
  }

  private Type.Scalar column(String name, Kind kind) {
    if (asText) {
      return Type.Scalar.STRING;
    }
    return switch (kind) {
      case DOUBLE -> Type.Scalar.DOUBLE;
      case FLOAT -> name.equals("g") ? Type.Scalar.DOUBLE : Type.Scalar.FLOAT;
      case INTEGER, RANKED -> Type.Scalar.INT;
      case BOOLEAN -> Type.Scalar.BOOLEAN;
      case TEXT, LISTED, ORDINAL, SORTED -> Type.Scalar.STRING;
    };
  }

  List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      data.forEach(
          (name, kind) -> {
            boolean absent = random.nextDouble() < missing.get(name);
            Object value = absent ? null : cell(name, kind);
            row.put(name, asText && value != null ? value.toString() : value);
          });
      rows.add(row);
    }
    return rows;
  }

  private Object cell(String name, Kind kind) {
    boolean odd = random.nextInt(40) == 0;
    if (odd && asText && kind.isNumber()) {
      return "no number";
    }
    return switch (kind) {
      case DOUBLE -> number(odd);
      case FLOAT -> name.equals("g") ? (Object) number(odd) : (Object) (float) number(odd);
      case INTEGER -> random.nextInt(8);
      case BOOLEAN -> random.nextBoolean();
      case TEXT, SORTED -> pick(WORDS);
      case LISTED -> odd ? "z" : pick(LISTED);
      case ORDINAL -> pick(ORDINAL);
      case RANKED -> odd ? 4 : 1 + random.nextInt(3);
    };
  }

  private double number(boolean odd) {
    if (!odd || !extremes) {
      return random.nextInt(21) / 10.0 - 1;
    }
    return switch (random.nextInt(4)) {
      case 0 -> Double.POSITIVE_INFINITY;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> -0.0;
      default -> 1e300;
    };
  }
}
