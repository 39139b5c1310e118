package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.OpType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes {@link Derivation} in PMML's built-in functions.
 *
 * <p>Hour, weekday and month are whole-number arithmetic on the counts that dateSecondsSinceYear
 * and dateDaysSinceYear give: exact in double precision, the same in every engine, and without a
 * text in between as formatDatetime would make. All constants are written as doubles, because
 * engines differ in what dividing two integers gives.
 *
 * <p>The month follows from the day by the Gregorian calendar's periods counted from 1 March of the
 * year 0, so that a leap day is the last day of its year, of its century and of its 400 years: a
 * century has 36524.25 days on average, a year within it 365.25, and five months from March have
 * 153 days. The three quarters of a day place the leap days. {@code FLOOR} of each quotient is
 * exact, since no quotient lies nearer to a whole number than 1/146097 without being it.
 */
final class PmmlDerivations {
  /** Days from 1 March of the year 0 to the start of 1970. */
  private static final double ERA = 719_468;

  private PmmlDerivations() {}

  /** Name of the field that a derivation of a column gives. */
  static String name(Derivation derivation, String column) {
    return switch (derivation) {
      case VALUE -> column;
      case LOGARITHM -> "ln(" + column + ")";
      case HOUR -> "hour(" + column + ")";
      case WEEKDAY -> "weekday(" + column + ")";
      case MONTH -> "month(" + column + ")";
    };
  }

  /** The derived fields that features need, each behind those that it refers to. */
  static List<DerivedField> fields(List<Feature> features) {
    List<DerivedField> fields = new ArrayList<>();
    Set<String> days = new LinkedHashSet<>();
    for (Feature feature : features) {
      if (!(feature instanceof Feature.Numeric number)) {
        continue;
      }
      String column = number.column();
      String day = "day(" + column + ")";
      switch (number.derivation()) {
        case VALUE -> {}
        case LOGARITHM -> fields.add(field(number.name(), call("ln", ref(column))));
        case HOUR ->
            fields.add(
                field(
                    number.name(),
                    orElse(
                        number.replacement(),
                        "floor",
                        call(
                            "/",
                            call(
                                "modulo",
                                call("dateSecondsSinceYear", ref(column), year(2000)),
                                constant(86_400)),
                            constant(3_600)))));
        case WEEKDAY -> {
          day(fields, days, day, column);
          // 1 January 1970 was a Thursday.
          fields.add(
              field(
                  number.name(),
                  orElse(
                      number.replacement(),
                      "+",
                      call("modulo", call("+", ref(day), constant(3)), constant(7)),
                      constant(1))));
        }
        case MONTH -> {
          day(fields, days, day, column);
          month(fields, number, day);
        }
      }
    }
    return fields;
  }

  private static void day(List<DerivedField> fields, Set<String> days, String day, String column) {
    if (days.add(day)) {
      fields.add(field(day, call("dateDaysSinceYear", ref(column), year(1970))));
    }
  }

  private static void month(List<DerivedField> fields, Feature.Numeric number, String day) {
    String column = number.column();
    String century = "century(" + column + ")";
    String centuryDay = "centuryDay(" + column + ")";
    String marchYear = "marchYear(" + column + ")";
    String marchDay = "marchDay(" + column + ")";
    fields.add(
        field(
            century,
            call(
                "floor",
                call("/", call("+", ref(day), constant(ERA + 0.75)), constant(36_524.25)))));
    fields.add(
        field(
            centuryDay,
            call(
                "-",
                call("+", ref(day), constant(ERA)),
                call("floor", call("*", ref(century), constant(36_524.25))))));
    fields.add(
        field(
            marchYear,
            call(
                "floor", call("/", call("+", ref(centuryDay), constant(0.75)), constant(365.25)))));
    fields.add(
        field(
            marchDay,
            call(
                "-", ref(centuryDay), call("floor", call("*", ref(marchYear), constant(365.25))))));
    fields.add(
        field(
            number.name(),
            orElse(
                number.replacement(),
                "+",
                call(
                    "modulo",
                    call(
                        "+",
                        call(
                            "floor",
                            call(
                                "/",
                                call("+", call("*", ref(marchDay), constant(5)), constant(2)),
                                constant(153))),
                        constant(2)),
                    constant(12)),
                constant(1))));
  }

  private static DerivedField field(String name, Expression expression) {
    return new DerivedField(
        name, null, OpType.CONTINUOUS, DataType.DOUBLE, List.of(), List.of(), expression, 0);
  }

  private static Expression call(String function, Expression... arguments) {
    return apply(function, null, arguments);
  }

  /** A call that gives the replacement where an argument is missing. */
  private static Expression orElse(double replacement, String function, Expression... arguments) {
    return apply(function, Decimal.text(replacement), arguments);
  }

  private static Expression apply(String function, String mapMissingTo, Expression... arguments) {
    return new Expression.Apply(
        function,
        mapMissingTo,
        null,
        MiningField.InvalidValueTreatment.RETURN_INVALID,
        List.of(arguments),
        0);
  }

  private static Expression ref(String field) {
    return new Expression.FieldRef(field, null, 0);
  }

  private static Expression constant(double value) {
    return new Expression.Constant(Decimal.text(value), DataType.DOUBLE, false, 0);
  }

  private static Expression year(int year) {
    return new Expression.Constant(Integer.toString(year), DataType.INTEGER, false, 0);
  }
}
