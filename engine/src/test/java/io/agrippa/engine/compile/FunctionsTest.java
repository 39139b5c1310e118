package io.agrippa.engine.compile;

import static io.agrippa.engine.compile.OneExpression.call;
import static io.agrippa.engine.compile.OneExpression.model;
import static io.agrippa.engine.compile.OneExpression.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.model.ModelException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every built-in function of PMML 4.4.1, with values that were worked out by hand, or by other
 * programs where they have many digits. Fields: x 2.5, y −4 (double); f 0.1 (float); i 7, j 2
 * (integer); s "Blue sky", t "red"; b true; d 2003-04-01; m 1960-01-03T03:30:03; h 05:23:30; n is
 * missing (double).
 */
class FunctionsTest {
  /** The specification's list. */
  private static final String SPECIFIED =
      """
      + - * / min max sum avg median product
      log10 ln sqrt abs exp pow threshold floor ceil round modulo rint expm1 hypot ln1p
      sin asin sinh cos acos cosh tan atan tanh
      normalCDF normalPDF stdNormalCDF stdNormalPDF erf normalIDF stdNormalIDF
      isMissing isNotMissing isValid isNotValid
      equal notEqual lessThan lessOrEqual greaterThan greaterOrEqual isIn isNotIn and or not if
      uppercase lowercase stringLength substring trimBlanks concat replace matches
      formatNumber formatDatetime dateDaysSinceYear dateSecondsSinceYear dateSecondsSinceMidnight
      """;

  /** Expression, result; {@code ~} before a number that is right to 14 digits. */
  private static final String VALUES =
      """
      +(x, y) | -1.5
      +(i, j) | 9
      +(f, 1.5) | 1.6000000014901161
      +(b, j) | 3
      +(x, n) | -
      +(n, 1) | -
      -(x, 1) | 1.5
      -(1, x) | -1.5
      -(n, x) | -
      *(i, x) | 17.5
      *(f, f) | 0.010000001
      *(x, n) | -
      /(x, y) | -0.625
      /(i, j) | 3
      /(-7, j) | -3
      /(1, 3) | 0
      /(x, 0.0) | Infinity
      /(x, *(0, -7)) | Infinity
      /(x, /(0, -7)) | Infinity
      /(n, x) | -
      min(x, y, n) | -4.0
      min(i, j) | 2
      min(i) | 7
      max(i, j) | 7
      max(x, i) | 7.0
      max(n, n) | -
      sum(i, n, j) | 9.0
      sum(i, j, -4) | 5
      sum(n, n) | -
      avg(i, j) | 4.5
      avg(x, n, y) | -0.75
      avg(n) | -
      median(i, j, 3) | 3.0
      median(i, j) | 4.5
      median(x, y, n, 100) | 2.5
      median(n) | -
      product(i, j, 2) | 28
      product(x, n) | 2.5
      product(n) | -
      log10(1000) | 3.0
      log10(2) | ~0.3010299956639812
      log10(0) | -Infinity
      log10(n) | -
      ln(1) | 0.0
      ln(2) | ~0.6931471805599453
      ln(0) | -Infinity
      ln(n) | -
      sqrt(6.25) | 2.5
      sqrt(2) | ~1.4142135623730951
      sqrt(n) | -
      abs(y) | 4.0
      abs(-3) | 3
      abs(n) | -
      exp(0) | 1.0
      exp(x) | ~12.182493960703473
      exp(n) | -
      pow(i, j) | 49
      pow(x, 2) | 6.25
      pow(x, -1.5) | ~0.25298221281347033
      pow(0, 0) | 1
      pow(n, 0) | -
      pow(0, n) | -
      threshold(x, y) | 1.0
      threshold(j, i) | 0
      threshold(j, j) | 0
      threshold(x, n) | -
      floor(y) | -4
      floor(x) | 2
      floor(-2.5) | -3
      floor(n) | -
      ceil(x) | 3
      ceil(-2.5) | -2
      ceil(n) | -
      round(x) | 3
      round(-2.5) | -2
      round(-2.6) | -3
      round(0.49999999999999994) | 0
      round(i) | 7
      round(n) | -
      modulo(10, -3) | -2
      modulo(-10, 3) | 2
      modulo(10, 3) | 1
      modulo(-10, -3) | -1
      modulo(x, 2) | 0.5
      modulo(-2.5, 2) | 1.5
      modulo(x, n) | -
      rint(x) | 2.0
      rint(3.5) | 4.0
      rint(-2.5) | -2.0
      rint(i) | 7
      rint(n) | -
      expm1(0) | 0.0
      expm1(0.0000000001) | ~1.00000000005e-10
      expm1(n) | -
      hypot(3, 4) | 5.0
      hypot(1, 2) | ~2.23606797749979
      hypot(n, 4) | -
      ln1p(0) | 0.0
      ln1p(0.0000000001) | ~9.999999999500001e-11
      ln1p(n) | -
      sin(0) | 0.0
      sin(x) | ~0.5984721441039565
      sin(n) | -
      asin(0.5) | ~0.5235987755982989
      asin(n) | -
      sinh(x) | ~6.0502044810397875
      sinh(n) | -
      cos(0) | 1.0
      cos(x) | ~-0.8011436155469337
      cos(n) | -
      acos(0.5) | ~1.0471975511965979
      acos(n) | -
      cosh(x) | ~6.132289479663686
      cosh(n) | -
      tan(x) | ~-0.7470222972386603
      tan(n) | -
      atan(x) | ~1.1902899496825317
      atan(n) | -
      tanh(0.5) | ~0.46211715726000974
      tanh(n) | -
      x-atan2(y, x) | ~-1.0121970114513341
      normalCDF(1, 1, 2) | 0.5
      normalCDF(3, 1, 2) | ~0.8413447460685429
      normalCDF(n, 1, 2) | -
      normalCDF(1, n, 2) | -
      normalCDF(1, 1, n) | -
      normalPDF(3, 1, 2) | ~0.12098536225957168
      normalPDF(3, n, 2) | -
      stdNormalCDF(0) | 0.5
      stdNormalCDF(1.96) | ~0.9750021048517796
      stdNormalCDF(n) | -
      stdNormalPDF(1) | ~0.24197072451914337
      stdNormalPDF(n) | -
      erf(0) | 0.0
      erf(0.5) | ~0.5204998778130465
      erf(2) | ~0.9953222650189527
      erf(-0.5) | ~-0.5204998778130465
      erf(n) | -
      normalIDF(0.9, 1, 2) | ~3.5631031310892016
      normalIDF(0.5, n, 2) | -
      stdNormalIDF(0.5) | 0.0
      stdNormalIDF(0.975) | ~1.9599639845400536
      stdNormalIDF(n) | -
      isMissing(n) | true
      isMissing(x) | false
      isNotMissing(n) | false
      isNotMissing(s) | true
      isValid(x) | true
      isValid(n) | false
      isNotValid(n) | false
      isNotValid(x) | false
      equal(i, 7.0) | true
      equal(i, 7.5) | false
      equal(f, 0.1) | true
      equal(s, 'Blue sky') | true
      equal(s, 'blue sky') | false
      equal(d, '2003-04-01') | true
      equal(b, true) | true
      equal(i, '7') | true
      equal(n, 1) | -
      equal(1, n) | -
      notEqual(s, t) | true
      notEqual(i, 7) | false
      notEqual(n, 1) | -
      lessThan(y, x) | true
      lessThan(x, 2.5) | false
      lessThan(d, '2004-01-01') | true
      lessThan(n, 1) | -
      lessOrEqual(i, 7) | true
      lessOrEqual(x, 2) | false
      lessOrEqual(1, n) | -
      greaterThan(x, 2.5) | false
      greaterThan(i, x) | true
      greaterThan(n, 1) | -
      greaterOrEqual(x, 2.5) | true
      greaterOrEqual(h, '05:23:31') | false
      greaterOrEqual(n, n) | -
      isIn(t, 'red', 'green') | true
      isIn(i, 1, 2) | false
      isIn(x, 2.5) | true
      isIn(n, 1) | false
      isIn(n, n) | true
      isNotIn(i, 1, 2) | true
      isNotIn(t, 'red') | false
      and(b, true) | true
      and(b, true, false) | false
      and(b, n) | -
      or(b, false) | true
      or(false, not(b)) | false
      or(b, n) | -
      not(b) | false
      not(n) | -
      if(b, x, y) | 2.5
      if(not(b), x, y) | -4.0
      if(not(b), x) | -
      if(isMissing(n), 'none', 'some') | none
      if(n, 1, 2) | -
      if(b, 1, ln(-1)) | 1.0
      uppercase(s) | BLUE SKY
      uppercase('straße') | STRASSE
      uppercase(if(b, n)) | -
      lowercase(s) | blue sky
      lowercase('ISTANBUL') | istanbul
      lowercase(if(b, n)) | -
      stringLength(s) | 8
      stringLength('') | 0
      stringLength('a😀b') | 3
      stringLength(if(b, n)) | -
      substring(s, 1, 4) | Blue
      substring(s, 6, 99) | sky
      substring(s, i, j) | ky
      substring('Bc9*3', 2, 3) | c9*
      substring('a😀bc', 2, 2) | 😀b
      substring(s, 99, 1) | ''
      substring(s, 1, 0) | ''
      substring(s, n, 1) | -
      trimBlanks('  a b ') | a b
      trimBlanks(if(b, n)) | -
      concat(s, '-', t) | Blue sky-red
      concat(i, x, n) | 72.5
      concat(n, n) | -
      concat(d, ' ', h) | 2003-04-01 05:23:30
      replace(s, '[bB]', 'g') | glue sky
      replace('BBBB', 'B+', 'c') | c
      replace('abc', '(b)', '[$1$$]') | a[b$]c
      replace('a.b', '.', '-') | ---
      replace('Aa', '(?i)a', 'x') | xx
      replace('aaa', 'a{2}', 'b') | ba
      replace('f{x}', '{x}', '') | f
      replace(if(b, n), 'a', 'b') | -
      matches(s, 'sk') | true
      matches(s, '^sky') | false
      matches('January', 'ar?y') | true
      matches('February', 'ar?y') | true
      matches('March', 'ar?y') | false
      matches('x1', '^[[:alpha:]][[:digit:]]$') | true
      matches('[', '^[[:alpha:]]$') | false
      matches('ab', '^[^[:^alpha:]]+$') | true
      matches('[', '^[[x]$') | true
      matches('&', '^[a&&&]$') | true
      matches(']', '^[]x]$') | true
      matches('abab', '^(?P<a_b>ab)(?P=a_b)$') | true
      matches('abab', '^(ab)\\g1$') | true
      matches('ab', 'a(?#comment)b') | true
      matches('a.b', '^a\\Q.\\Eb$') | true
      matches('axb', '^a\\Q.\\Eb$') | false
      matches('x', if(b, n)) | -
      formatNumber(x, '%07.3f') | 002.500
      formatNumber(2, '%3d') | '  2'
      formatNumber(i, '%d') | 7
      formatNumber(i, '%.2f') | 7.00
      formatNumber(i, '%ld items, 100%%') | 7 items, 100%
      formatNumber(x, '%+.0e') | +2e+00
      formatNumber(255, '%x') | ff
      formatNumber(42, '%-6d|') | 42    |
      formatNumber(x, '%lf') | 2.500000
      formatNumber(x, '%.0f') | 2
      formatNumber(1.005, '%.2f') | 1.00
      formatNumber(0.15, '%.1f') | 0.1
      formatNumber(-0.4, '%.0f') | -0
      formatNumber(/(x, 0.0), '%06.2f') | Infinity
      formatNumber(n, '%d') | -
      formatDatetime(d, '%m/%d/%y') | 04/01/03
      formatDatetime(m, '%Y %b %H:%M') | 1960 Jan 03:30
      formatDatetime(h, '%I:%M:%S %p') | 05:23:30 AM
      formatDatetime('2021-01-03T13:05:09', '%C %e %j %I %a %A %B %h') | 20  3 003 01 Sun Sunday January Jan
      formatDatetime('2021-01-03T13:05:09', '%u %w %V %G %g %U %W') | 7 0 53 2020 20 01 00
      formatDatetime('2021-01-03T13:05:09', '%D %F %R %T %r %%') | 01/03/21 2021-01-03 13:05 13:05:09 01:05:09 PM %
      formatDatetime('2021-01-03T13:05:09', '%c %x %X') | Sun Jan  3 13:05:09 2021 01/03/21 13:05:09
      formatDatetime(if(not(b), d), '%Y') | -
      dateDaysSinceYear(d, 1960) | 15796
      dateDaysSinceYear('2003-04-01', 1960) | 15796
      dateDaysSinceYear(d, 2004) | -275
      dateDaysSinceYear('1999-12-31', 2000) | -1
      dateDaysSinceYear(m, 1960) | 2
      dateDaysSinceYear(d, n) | -
      dateSecondsSinceYear(m, 1960) | 185403
      dateSecondsSinceYear('1959-12-31T23:59:59', 1960) | -1
      dateSecondsSinceYear('2026-11-29T13:05:09', 1900) | 4004946309
      dateSecondsSinceYear(d, 2003) | 7776000
      dateSecondsSinceYear(m, n) | -
      dateSecondsSinceMidnight(h) | 19410
      dateSecondsSinceMidnight(m) | 12603
      dateSecondsSinceMidnight('00:00:01') | 1
      dateSecondsSinceMidnight(if(not(b), h)) | -
      twice(i) | 14.0
      """;

  private static final String UNDEFINED =
      """
      sqrt(-1) | "sqrt" is not defined
      ln(-1) | "ln" is not defined
      asin(2) | "asin" is not defined
      /(i, 0) | "/" is not defined
      modulo(i, 0) | "modulo" is not defined
      pow(i, -1) | "pow" is not defined
      *(2147483647, j) | beyond the integers of 32 bits
      abs(-2147483648) | beyond the integers of 32 bits
      floor(*(x, 1.0e10)) | beyond the integers of 32 bits
      substring(s, 0, 1) | positions begin with 1
      substring(s, 1, -1) | no length is negative
      formatNumber(x, '%d') | not a whole number
      formatNumber(/(x, 0.0), '%d') | not a whole number
      formatNumber(x, '%y') | is not a pattern for a number
      formatDatetime(d, '%Q') | asks for %Q
      normalCDF(0, 0, -1) | "normalCDF" is not defined
      stdNormalIDF(2) | "stdNormalIDF" is not defined
      matches(s, concat('(', t)) | is not a regular expression
      replace(s, 'B', '$9') | does not fit
      dateDaysSinceYear(concat(s, t), 1960) | the value is not of type date
      formatNumber(x, '%.99999f') | is not a pattern for a number
      """;

  private static final String MISTAKES =
      """
      sqrt(s) | takes numbers, but its argument 1 is of type string
      sum(x, s) | takes numbers, but its argument 2 is of type string
      +(d, 1) | takes numbers, but its argument 1 is of type date
      nothing(x) | "nothing" is not known
      twice(x, y) | has 1 parameters, but is given 2 arguments
      loop(x) | calls itself
      peek(y) | is not a parameter
      matches(s, '(') | is not a regular expression
      matches(s, '[[:nothing:]]') | there is no class [:nothing:]
      lessThan(s, t) | have no order
      not(2) | is not a value of type boolean
      dateDaysSinceYear('yesterday', 1960) | is not a date
      formatDatetime(x, '%Y') | takes a date or time, not a value of type double
      """;

  private static Stream<Arguments> rows(String table) {
    return table.lines().map(line -> Arguments.of((Object[]) line.split(" \\| ", 2)));
  }

  static Stream<Arguments> values() {
    return rows(VALUES);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("values")
  void hasTheValueThatTheSpecificationSays(String expression, String expected) {
    String actual = value(call(expression, ""));
    if (expected.startsWith("~")) {
      double number = Double.parseDouble(expected.substring(1));
      assertThat(Double.parseDouble(actual)).isCloseTo(number, within(Math.abs(number) * 1e-14));
    } else {
      String text =
          expected.startsWith("'") ? expected.substring(1, expected.length() - 1) : expected;
      assertThat(actual).isEqualTo(expected.equals("-") ? null : text);
    }
  }

  static Stream<Arguments> undefined() {
    return rows(UNDEFINED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("undefined")
  void whatIsNotDefinedIsAnErrorOfTheRow(String expression, String message) {
    assertThat(value(call(expression, ""))).startsWith("error: ").contains(message);
  }

  static Stream<Arguments> mistakes() {
    return rows(MISTAKES);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void mistakesAreFoundWhenCompiling(String expression, String message) {
    assertThatThrownBy(() -> model(call(expression, "")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("test.pmml:")
        .hasMessageContaining(message);
  }

  private static Set<String> specified() {
    return new TreeSet<>(Arrays.asList(SPECIFIED.trim().split("\\s+")));
  }

  @Test
  void everyFunctionIsThereAndIsTested() {
    Set<String> tested =
        VALUES
            .lines()
            .map(line -> line.substring(0, line.indexOf('(')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tested).containsAll(specified());
    Set<String> known = new TreeSet<>();
    Functions.names().forEach(known::add);
    specified().forEach(known::remove);
    assertThat(known).as("beyond the specification").containsExactly("atan2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"few", "many"})
  void aWrongNumberOfArgumentsIsAMistake(String which) {
    Set<String> unlimited =
        Set.of(
            "min", "max", "sum", "avg", "median", "product", "and", "or", "isIn", "isNotIn",
            "concat");
    for (String name : specified()) {
      int arguments = which.equals("few") ? 0 : 5;
      if (arguments > 0 && unlimited.contains(name)) {
        continue;
      }
      String apply =
          "<Apply function=\""
              + name
              + "\">"
              + "<Constant>1</Constant>".repeat(arguments)
              + "</Apply>";
      assertThatThrownBy(() -> model(apply))
          .as(name)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("function \"" + name + "\" takes ")
          .hasMessageContaining("not " + arguments);
    }
  }

  @Test
  void aValueThatPassesAlthoughInvalidIsNotValid() {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="c" optype="categorical" dataType="string">
              <Value value="red"/></DataField></DataDictionary>
            <RegressionModel functionName="regression"><MiningSchema>
              <MiningField name="c" invalidValueTreatment="asIs"/></MiningSchema><Output>
            <OutputField name="valid" feature="transformedValue"><Apply function="isValid">
              <FieldRef field="c"/></Apply></OutputField>
            <OutputField name="not" feature="transformedValue"><Apply function="isNotValid">
              <FieldRef field="c"/></Apply></OutputField>
            </Output><RegressionTable intercept="0"/></RegressionModel>
            """);
    assertThat(Scored.row(model, "c", "red"))
        .containsEntry("valid", "true")
        .containsEntry("not", "false");
    assertThat(Scored.row(model, "c", "blue"))
        .containsEntry("valid", "false")
        .containsEntry("not", "true");
  }
}
