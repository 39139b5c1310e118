package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hand-worked cases: an expression as the value of an Output field. */
class ExpressionTest {
  private static final String DICTIONARY =
      """
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="double"/>
        <DataField name="f" optype="continuous" dataType="float"/>
        <DataField name="i" optype="continuous" dataType="integer"/>
        <DataField name="j" optype="continuous" dataType="integer"/>
        <DataField name="s" optype="categorical" dataType="string"/>
        <DataField name="t" optype="categorical" dataType="string"/>
        <DataField name="b" optype="categorical" dataType="boolean"/>
        <DataField name="d" optype="continuous" dataType="date"/>
        <DataField name="m" optype="continuous" dataType="dateTime"/>
        <DataField name="h" optype="continuous" dataType="time"/>
        <DataField name="n" optype="continuous" dataType="double"/>
      </DataDictionary>
      """;

  private static final String FUNCTIONS =
      """
      <TransformationDictionary>
        <DefineFunction name="twice" optype="continuous" dataType="double">
          <ParameterField name="a" optype="continuous" dataType="double"/>
          <Apply function="*"><FieldRef field="a"/><Constant>2</Constant></Apply>
        </DefineFunction>
        <DefineFunction name="loop" optype="continuous">
          <ParameterField name="a"/>
          <Apply function="loop"><FieldRef field="a"/></Apply>
        </DefineFunction>
        <DefineFunction name="peek" optype="continuous">
          <ParameterField name="a"/>
          <FieldRef field="x"/>
        </DefineFunction>
      </TransformationDictionary>
      """;

  /** Values of the fields; n is missing. */
  private static final String[] ROW = {
    "x",
    "2.5",
    "y",
    "-4",
    "f",
    "0.1",
    "i",
    "7",
    "j",
    "2",
    "s",
    "Blue sky",
    "t",
    "red",
    "b",
    "true",
    "d",
    "2003-04-01",
    "m",
    "1960-01-03T03:30:03",
    "h",
    "05:23:30",
    "n",
    null
  };

  private static CompiledModel model(String expression) {
    StringBuilder schema = new StringBuilder();
    for (int i = 0; i < ROW.length; i += 2) {
      schema.append("<MiningField name=\"").append(ROW[i]).append("\"/>");
    }
    return Scored.model(
        DICTIONARY
            + FUNCTIONS
            + "<RegressionModel functionName=\"regression\"><MiningSchema>"
            + schema
            + "</MiningSchema><Output><OutputField name=\"out\" feature=\"transformedValue\">"
            + expression
            + "</OutputField></Output><RegressionTable intercept=\"0\"/></RegressionModel>");
  }

  private static String value(String expression) {
    return Scored.row(model(expression), ROW).get("out");
  }

  /** A call in short form: {@code name(arg, …)} of fields, numbers and quoted texts. */
  private static String call(String text, String attributes) {
    return new ShortExpression(text, attributes).xml();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "+(x, y) | -1.5",
        "+(i, j) | 9",
        "-(x, 1) | 1.5",
        "-(1, x) | -1.5",
        "*(i, x) | 17.5",
        "*(f, f) | 0.010000001",
        "+(f, 1.5) | 1.6000000014901161",
        "/(i, j) | 3",
        "/(-7, j) | -3",
        "/(1, 3) | 0",
        "/(x, 0.0) | Infinity",
        "/(x, *(0, -7)) | Infinity",
        "/(x, /(0, -7)) | Infinity",
        "modulo(10, -3) | -2",
        "modulo(-10, 3) | 2",
        "modulo(x, 2) | 0.5",
        "min(x, y, n) | -4.0",
        "max(i, j) | 7",
        "sum(i, n, j) | 9.0",
        "avg(i, j) | 4.5",
        "median(i, j, 3) | 3.0",
        "median(i, j) | 4.5",
        "product(i, j, 2) | 28",
        "sum(n, n) | <missing>",
        "+(x, n) | <missing>",
        "abs(y) | 4.0",
        "abs(-3) | 3",
        "sqrt(6.25) | 2.5",
        "ln(0) | -Infinity",
        "exp(0) | 1.0",
        "log10(1000) | 3.0",
        "pow(i, j) | 49",
        "pow(x, 2) | 6.25",
        "threshold(x, y) | 1.0",
        "threshold(j, i) | 0",
        "floor(y) | -4",
        "floor(x) | 2",
        "ceil(x) | 3",
        "round(x) | 3",
        "round(-2.5) | -2",
        "rint(x) | 2.0",
        "hypot(3, 4) | 5.0",
        "stdNormalCDF(0) | 0.5",
        "stdNormalIDF(0.5) | 0.0",
        "normalCDF(1, 1, 2) | 0.5",
        "isMissing(n) | true",
        "isMissing(x) | false",
        "isNotMissing(n) | false",
        "isValid(x) | true",
        "isNotValid(n) | false",
        "equal(i, 7.0) | true",
        "equal(i, 7.5) | false",
        "equal(f, 0.1) | true",
        "equal(s, 'Blue sky') | true",
        "notEqual(s, t) | true",
        "lessThan(y, x) | true",
        "lessOrEqual(i, 7) | true",
        "greaterThan(x, 2.5) | false",
        "greaterOrEqual(x, 2.5) | true",
        "equal(n, 1) | <missing>",
        "and(b, true) | true",
        "or(b, n) | <missing>",
        "not(b) | false",
        "isIn(t, 'red', 'green') | true",
        "isIn(i, 1, 2) | false",
        "isNotIn(i, 1, 2) | true",
        "isIn(n, 1) | false",
        "isIn(n, n) | true",
        "if(b, x, y) | 2.5",
        "if(not(b), x) | <missing>",
        "if(isMissing(n), 'none', 'some') | none",
        "if(n, 1, 2) | <missing>",
        "if(b, 1, ln(-1)) | 1.0",
        "uppercase(s) | BLUE SKY",
        "lowercase(s) | blue sky",
        "trimBlanks('  a b ') | a b",
        "stringLength(s) | 8",
        "substring(s, 1, 4) | Blue",
        "substring(s, 6, 99) | sky",
        "substring(s, i, j) | ky",
        "concat(s, '-', t) | Blue sky-red",
        "concat(i, x, n) | 72.5",
        "replace(s, '[bB]', 'g') | glue sky",
        "replace('abc', '(b)', '[$1$$]') | a[b$]c",
        "matches(s, 'sk') | true",
        "matches(s, '^sky') | false",
        "formatNumber(x, '%07.3f') | 002.500",
        "formatNumber(i, '%d') | 7",
        "formatDatetime(d, '%m/%d/%y') | 04/01/03",
        "formatDatetime(m, '%Y %b %H:%M') | 1960 Jan 03:30",
        "dateDaysSinceYear(d, 1960) | 15796",
        "dateDaysSinceYear('2003-04-01', 1960) | 15796",
        "dateDaysSinceYear(d, 2004) | -275",
        "dateSecondsSinceYear(m, 1960) | 185403",
        "dateSecondsSinceMidnight(h) | 19410",
        "twice(i) | 14.0",
        "x-atan2(0, 1) | 0.0",
      })
  void functionsGiveWhatTheSpecificationSays(String expression, String expected) {
    assertThat(value(call(expression, "")))
        .isEqualTo(expected.equals("<missing>") ? null : expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sqrt(-1) | \"sqrt\" is not defined",
        "/(i, 0) | \"/\" is not defined",
        "modulo(i, 0) | \"modulo\" is not defined",
        "pow(i, -1) | \"pow\" is not defined",
        "*(2147483647, j) | beyond the integers of 32 bits",
        "substring(s, 0, 1) | positions begin with 1",
        "formatNumber(x, '%d') | not a whole number",
        "normalCDF(0, 0, -1) | \"normalCDF\" is not defined",
      })
  void whatIsNotDefinedIsAnErrorOfTheRow(String expression, String message) {
    assertThat(value(call(expression, ""))).startsWith("error: ").contains(message);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sqrt(-1) | invalidValueTreatment='asMissing' | <missing>",
        "sqrt(-1) | invalidValueTreatment='asMissing' defaultValue='9' | 9.0",
        "sqrt(-1) | invalidValueTreatment='asIs' | NaN",
        "+(x, n) | mapMissingTo='3' | 3.0",
        "+(x, n) | defaultValue='3' | 3.0",
        "+(x, y) | mapMissingTo='3' defaultValue='4' | -1.5",
        "/(i, n) | mapMissingTo='0.5' | 0.5",
        "if(b, n, x) | mapMissingTo='8' | 8.0",
        "uppercase(lowercase(n)) | mapMissingTo='none' | none",
        "concat(s, t) | defaultValue='none' | Blue skyred",
      })
  void missingAndUndefinedResultsAreReplacedWhereAsked(
      String expression, String attributes, String expected) {
    assertThat(value(call(expression, attributes)))
        .isEqualTo(expected.equals("<missing>") ? null : expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sqrt(x, y) | takes 1 argument, not 2",
        "sqrt(s) | takes numbers, but its argument 1 is of type string",
        "nothing(x) | \"nothing\" is not known",
        "twice(x, y) | has 1 parameters, but is given 2 arguments",
        "loop(x) | calls itself",
        "peek(y) | is not a parameter",
        "matches(s, '(') | is not a regular expression",
        "lessThan(s, t) | have no order",
        "if(x) | takes 2 to 3 arguments, not 1",
      })
  void mistakesAreFoundWhenCompiling(String expression, String message) {
    assertThatThrownBy(() -> model(call(expression, "")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("test.pmml:")
        .hasMessageContaining(message);
  }

  @Test
  void constantsHaveTheTypeOfTheirTextOrTheirOwn() {
    assertThat(value("<Constant>3</Constant>")).isEqualTo("3");
    assertThat(value("<Constant>3.0</Constant>")).isEqualTo("3.0");
    assertThat(value("<Constant dataType=\"double\">3</Constant>")).isEqualTo("3.0");
    assertThat(value("<Constant></Constant>")).isEmpty();
    assertThat(value("<Constant dataType=\"double\"></Constant>")).isNull();
    assertThat(value("<Constant missing=\"true\">3</Constant>")).isNull();
  }

  @Test
  void fieldReferencesMapMissingValues() {
    assertThat(value("<FieldRef field=\"n\" mapMissingTo=\"-1\"/>")).isEqualTo("-1.0");
    assertThat(value("<FieldRef field=\"n\" mapMissingTo=\"none\"/>")).isEqualTo("none");
    assertThat(value("<FieldRef field=\"x\" mapMissingTo=\"-1\"/>")).isEqualTo("2.5");
  }

  @ParameterizedTest(name = "{0} at {1} = {2}")
  @CsvSource({
    "asIs, 0, 10",
    "asIs, 5, 15",
    "asIs, 10, 20",
    "asIs, 15, 0",
    "asIs, 20, -20",
    "asIs, 30, -60",
    "asIs, -10, 0",
    "asMissingValues, 30, <missing>",
    "asMissingValues, -1, <missing>",
    "asExtremeValues, 30, -20",
    "asExtremeValues, -9, 10",
  })
  void normContinuousIsPiecewiseLinear(String outliers, String x, String expected) {
    CompiledModel model =
        model(
            "<NormContinuous field=\"x\" outliers=\"%s\"><LinearNorm orig=\"0\" norm=\"10\"/><LinearNorm orig=\"10\" norm=\"20\"/><LinearNorm orig=\"20\" norm=\"-20\"/></NormContinuous>"
                .formatted(outliers));
    String result = Scored.row(model, "x", x).get("out");
    assertThat(result == null ? "<missing>" : Literals.canonical(result, Types.DOUBLE.dataType()))
        .isEqualTo(expected);
  }

  @Test
  void normDiscreteIsOneForItsValue() {
    assertThat(value("<NormDiscrete field=\"t\" value=\"red\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"t\" value=\"blue\"/>")).isEqualTo("0.0");
    assertThat(value("<NormDiscrete field=\"i\" value=\"7\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"n\" value=\"7\"/>")).isNull();
    assertThat(value("<NormDiscrete field=\"n\" value=\"7\" mapMissingTo=\"0.25\"/>"))
        .isEqualTo("0.25");
  }

  @ParameterizedTest(name = "{0} falls into {1}")
  @CsvSource({
    "-1, other",
    "0, low",
    "0.99, low",
    "1, mid",
    "2, mid",
    "2.5, late",
    "3, late",
    "3.5, other",
    "INF, other",
    ", unknown"
  })
  void discretizeHonoursClosuresAndLaterBinsWin(String x, String expected) {
    CompiledModel model =
        model(
            """
            <Discretize field="x" mapMissingTo="unknown" defaultValue="other">
              <DiscretizeBin binValue="low"><Interval closure="closedOpen" leftMargin="0" rightMargin="1"/></DiscretizeBin>
              <DiscretizeBin binValue="mid"><Interval closure="closedClosed" leftMargin="1" rightMargin="3"/></DiscretizeBin>
              <DiscretizeBin binValue="late"><Interval closure="openClosed" leftMargin="2" rightMargin="3"/></DiscretizeBin>
            </Discretize>
            """);
    assertThat(Scored.row(model, "x", x)).containsEntry("out", expected);
  }

  @ParameterizedTest(name = "{0}, {1} maps to {2}")
  @CsvSource({
    "red, 1, A",
    "red, 2, B",
    "blue, 1, C",
    "blue, 2, none",
    "green, 1, none",
    "red, , gone",
    "blue, 9, clash"
  })
  void mapValuesLooksUpAllColumns(String t, String i, String expected) {
    CompiledModel model =
        model(
            """
            <MapValues outputColumn="o" defaultValue="none" mapMissingTo="gone">
              <FieldColumnPair field="t" column="c"/><FieldColumnPair field="i" column="k"/>
              <InlineTable>
                <row><c>red</c><k>1</k><o>A</o></row>
                <row><c>red</c><k>2.0</k><o>B</o></row>
                <row><c>blue</c><k>1</k><o>C</o></row>
                <row><c>blue</c><k>9</k><o>D</o></row>
                <row><c>blue</c><k>9</k><o>E</o></row>
              </InlineTable>
            </MapValues>
            """);
    String result = Scored.row(model, "t", t, "i", i).get("out");
    if (expected.equals("clash")) {
      assertThat(result).startsWith("error: ").contains("several rows");
    } else {
      assertThat(result).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0} {1} = {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sky | | 2",
        "SKY | | 2",
        "SKY | isCaseSensitive='true' | 0",
        "blue sky | | 1",
        "sky | localTermWeights='binary' | 1",
        "ski | maxLevenshteinDistance='1' | 2",
        "sea | | 0",
      })
  void textIndexCountsTerms(String term, String attributes, String expected) {
    CompiledModel model =
        model(
            "<TextIndex textField=\"s\" %s><Constant>%s</Constant></TextIndex>"
                .formatted(attributes == null ? "" : attributes, term));
    assertThat(Scored.row(model, "s", "The blue sky, a wide Sky!")).containsEntry("out", expected);
  }

  @Test
  void aggregateIsRefused() {
    assertThatThrownBy(() -> model("<Aggregate field=\"x\" function=\"sum\"/>"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Aggregate looks at other rows");
  }
}
