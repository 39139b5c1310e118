package io.agrippa.engine.compile;

import static io.agrippa.engine.compile.OneExpression.call;
import static io.agrippa.engine.compile.OneExpression.model;
import static io.agrippa.engine.compile.OneExpression.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hand-worked cases: an expression as the value of an Output field. */
class ExpressionTest {
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
    "asIs, INF, -Infinity",
    "asIs, -INF, -Infinity",
    "asMissingValues, 20, -20",
    "asMissingValues, INF, <missing>",
    "asMissingValues, 30, <missing>",
    "asMissingValues, -1, <missing>",
    "asExtremeValues, 30, -20",
    "asExtremeValues, -9, 10",
    "asExtremeValues, INF, -20",
    "asExtremeValues, -INF, 10",
    "asExtremeValues, , <missing>",
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

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({"-1, -1", "0.5, 0.5", "1, 5", "1.5, 5", "2, 5", "INF, 5", ", 7"})
  void normContinuousMayHaveStepsAndLevelStretches(String x, String expected) {
    CompiledModel model =
        model(
            """
            <NormContinuous field="x" mapMissingTo="7">
              <LinearNorm orig="0" norm="0"/><LinearNorm orig="1" norm="1"/>
              <LinearNorm orig="1" norm="5"/><LinearNorm orig="2" norm="5"/>
            </NormContinuous>
            """);
    assertThat(Double.parseDouble(Scored.row(model, "x", x).get("out")))
        .isEqualTo(Double.parseDouble(expected));
  }

  @ParameterizedTest(name = "of {0} and {1}: {2}, with an else {3}")
  @CsvSource(
      nullValues = "<missing>",
      value = {
        "true, 2, 2.0, 2.0",
        "false, 2, <missing>, 3.0",
        "true, , 9.0, 9.0",
        "false, , <missing>, 3.0",
        ", 2, 9.0, 9.0"
      })
  void mapMissingToOfIfStandsForAMissingConditionOrTheBranchTakenNotForOneThatIsAbsent(
      String b, String x, String expected, String withElse) {
    String branch =
        "<Apply function=\"if\" mapMissingTo=\"9\"><FieldRef field=\"b\"/><FieldRef field=\"x\"/>%s</Apply>";
    assertThat(Scored.row(model(branch.formatted("")), "b", b, "x", x).get("out"))
        .isEqualTo(expected);
    String constant = "<Constant dataType=\"double\">3</Constant>";
    assertThat(Scored.row(model(branch.formatted(constant)), "b", b, "x", x).get("out"))
        .isEqualTo(withElse);
  }

  @Test
  void normContinuousWantsSortedPoints() {
    assertThatThrownBy(
            () ->
                model(
                    "<NormContinuous field=\"x\"><LinearNorm orig=\"1\" norm=\"0\"/>"
                        + "<LinearNorm orig=\"0\" norm=\"1\"/></NormContinuous>"))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "has a LinearNorm with orig=\"0.0\" behind one with orig=\"1.0\"; sort them");
  }

  @Test
  void normDiscreteIsOneForItsValue() {
    assertThat(value("<NormDiscrete field=\"t\" value=\"red\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"t\" value=\"blue\"/>")).isEqualTo("0.0");
    assertThat(value("<NormDiscrete field=\"i\" value=\"7\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"i\" value=\"7.0\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"x\" value=\"2.5\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"b\" value=\"true\"/>")).isEqualTo("1.0");
    assertThat(value("<NormDiscrete field=\"d\" value=\"2003-04-01\"/>")).isEqualTo("1.0");
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

  /** For each closure: which of these lie within, from 1 to 3, up to 3, from 1, everywhere. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "openOpen, 2, -INF 0 1 2, 2 3 4 INF",
    "openClosed, 2 3, -INF 0 1 2 3, 2 3 4 INF",
    "closedOpen, 1 2, -INF 0 1 2, 1 2 3 4 INF",
    "closedClosed, 1 2 3, -INF 0 1 2 3, 1 2 3 4 INF",
  })
  void intervalsHaveTheMarginsThatTheirClosureSays(
      String closure, String between, String below, String above) {
    List<String> all = List.of("-INF", "0", "1", "2", "3", "4", "INF");
    Map<String, String> margins =
        Map.of(
            "leftMargin='1' rightMargin='3'", between,
            "rightMargin='3'", below,
            "leftMargin='1'", above,
            "", String.join(" ", all));
    margins.forEach(
        (margin, within) -> {
          CompiledModel model =
              model(
                  ("<Discretize field='x' dataType='integer'><DiscretizeBin binValue='1'>"
                          + "<Interval closure='%s' %s/></DiscretizeBin></Discretize>")
                      .formatted(closure, margin));
          assertThat(all.stream().filter(x -> Scored.row(model, "x", x).get("out") != null))
              .as("%s %s", closure, margin)
              .containsExactly(within.split(" "));
        });
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

  /** Cells are values of the fields' types, and a row without one of them matches nothing. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "true, 2020-01-01, 5, 1",
    "1, 2020-01-01, 5.0, 1",
    "false, 2020-01-02, 6, 2",
    "false, 2020-01-02, 7, -1",
    "true, 2020-01-03, 5, -1",
    ", 2020-01-01, 5, 0",
    "false, , 6, 0",
  })
  void mapValuesComparesValuesOfManyTypes(String b, String d, String x, String expected) {
    CompiledModel model =
        model(
            """
            <MapValues outputColumn="o" defaultValue="-1" mapMissingTo="0" dataType="integer">
              <FieldColumnPair field="b" column="b"/><FieldColumnPair field="d" column="d"/>
              <FieldColumnPair field="x" column="x"/>
              <InlineTable>
                <row><b>1</b><d>2020-01-01</d><x>5</x><o>1</o></row>
                <row><b>false</b><d>2020-01-02</d><x>6.0</x><o>2</o></row>
                <row><b>true</b><d>2020-01-03</d><o>3</o></row>
                <row><b>false</b><d>2020-01-02</d><x>6</x><o>2</o></row>
              </InlineTable>
            </MapValues>
            """);
    assertThat(Scored.row(model, "b", b, "d", d, "x", x)).containsEntry("out", expected);
  }

  @Test
  void mapValuesWithoutDefaultsIsMissing() {
    CompiledModel model =
        model(
            """
            <MapValues outputColumn="o"><FieldColumnPair field="t" column="c"/>
              <InlineTable><row><c>red</c><o>R</o></row><row><c>blue</c></row></InlineTable>
            </MapValues>
            """);
    assertThat(Scored.row(model, "t", "red")).containsEntry("out", "R");
    assertThat(Scored.row(model, "t", "blue")).containsEntry("out", null);
    assertThat(Scored.row(model, "t", "green")).containsEntry("out", null);
    assertThat(Scored.row(model, "t", null)).containsEntry("out", null);
  }

  @Test
  void mapValuesNamesWhatIsWrong() {
    String table = "<InlineTable><row><c>red</c><o>R</o></row></InlineTable></MapValues>";
    assertThatThrownBy(
            () ->
                model(
                    "<MapValues outputColumn='o'><FieldColumnPair field='t' column='k'/>" + table))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the InlineTable has no column \"k\"; it has [c, o]");
    assertThatThrownBy(
            () ->
                model(
                    "<MapValues outputColumn='o'><FieldColumnPair field='x' column='c'/>" + table))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("\"red\" is not a number");
  }
}
