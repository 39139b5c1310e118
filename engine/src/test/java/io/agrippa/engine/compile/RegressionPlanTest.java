package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OpType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The behaviour of regressions, by hand-worked cases. */
class RegressionPlanTest {
  private static String regression(String attributes, String... tables) {
    return "<RegressionModel functionName=\"regression\" "
        + attributes
        + ">"
        + String.join("", tables)
        + "</RegressionModel>";
  }

  private static String classification(String attributes, double... intercepts) {
    StringBuilder text =
        new StringBuilder("<RegressionModel functionName=\"classification\" ")
            .append(attributes)
            .append('>');
    for (int i = 0; i < intercepts.length; i++) {
      text.append(
          "<RegressionTable intercept=\"%s\" targetCategory=\"c%d\"/>".formatted(intercepts[i], i));
    }
    return text.append("</RegressionModel>").toString();
  }

  private static double[] probabilities(StubScope scope, String model) {
    Prediction out = scope.score(ModelPlans.plan(Pmml.model(model), scope), 1);
    double[] p = new double[out.probabilities.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = out.probabilities[i][0];
    }
    return p;
  }

  private static double value(String attributes, double intercept) {
    StubScope scope = StubScope.regression();
    String model = regression(attributes, "<RegressionTable intercept=\"" + intercept + "\"/>");
    return scope.score(ModelPlans.plan(Pmml.model(model), scope), 1).numbers[0];
  }

  private static final String ALL_PREDICTORS =
      """
      <RegressionTable intercept="0.5">
        <NumericPredictor name="x" coefficient="2"/>
        <NumericPredictor name="z" coefficient="3" exponent="2"/>
        <CategoricalPredictor name="c" value="a" coefficient="10"/>
        <CategoricalPredictor name="c" value="b" coefficient="20"/>
        <CategoricalPredictor name="c" value="b" coefficient="500"/>
        <CategoricalPredictor name="k" value="3" coefficient="100"/>
        <PredictorTerm coefficient="-1"><FieldRef field="x"/><FieldRef field="z"/><FieldRef field="z"/></PredictorTerm>
      </RegressionTable>
      """;

  @Test
  void all_kinds_of_predictors_add_up() {
    StubScope scope =
        StubScope.regression()
            .number("x")
            .number("z")
            .text("c")
            .with("k", new FieldType(DataType.INTEGER, OpType.CATEGORICAL))
            .rows("x", 1.0, 1.0, 1.0, null, 1.0)
            .rows("z", 2.0, 2.0, 2.0, 2.0, null)
            .rows("c", "a", "b", "q", "a", "a")
            .rows("k", 3.0, null, 4.0, 3.0, 3.0);
    Prediction out =
        scope.score(ModelPlans.plan(Pmml.model(regression("", ALL_PREDICTORS)), scope), 5);
    double base = 0.5 + 2 + 12 - 4;
    assertThat(out.numbers[0]).isEqualTo(base + 110);
    assertThat(out.numbers[1]).isEqualTo(base + 20);
    assertThat(out.numbers[2]).isEqualTo(base);
    assertThat(out.missing[0]).isEqualTo(0b11000);
  }

  @Test
  void a_missing_category_adds_nothing() {
    StubScope scope =
        StubScope.regression()
            .number("x")
            .number("z")
            .text("c")
            .with("k", new FieldType(DataType.INTEGER, OpType.CATEGORICAL))
            .rows("x", 0.0)
            .rows("z", 0.0);
    Prediction out =
        scope.score(ModelPlans.plan(Pmml.model(regression("", ALL_PREDICTORS)), scope), 1);
    assertThat(out.numbers[0]).isEqualTo(0.5);
  }

  @Test
  void links_of_regressions() {
    double y = 0.7;
    assertThat(value("", y)).isEqualTo(y);
    assertThat(value("normalizationMethod=\"softmax\"", y)).isEqualTo(1 / (1 + Math.exp(-y)));
    assertThat(value("normalizationMethod=\"logit\"", y)).isEqualTo(1 / (1 + Math.exp(-y)));
    assertThat(value("normalizationMethod=\"exp\"", y)).isEqualTo(Math.exp(y));
    assertThat(value("normalizationMethod=\"probit\"", y))
        .isCloseTo(0.758036347776927, within(1e-15));
    assertThat(value("normalizationMethod=\"probit\"", -8))
        .isCloseTo(6.220960574271785e-16, within(1e-29));
    assertThat(value("normalizationMethod=\"cloglog\"", y))
        .isCloseTo(1 - Math.exp(-Math.exp(y)), within(1e-15));
    assertThat(value("normalizationMethod=\"loglog\"", y))
        .isCloseTo(Math.exp(-Math.exp(-y)), within(1e-15));
    assertThat(value("normalizationMethod=\"cauchit\"", y))
        .isCloseTo(0.5 + Math.atan(y) / Math.PI, within(1e-15));
  }

  @Test
  void float_arithmetic_rounds_each_step() {
    double value = value("normalizationMethod=\"logit\" x-mathContext=\"float\"", 0.7);
    float e = (float) Math.pow((float) Math.E, -0.7f);
    assertThat(value).isEqualTo(1f / (1f + e));
  }

  @Test
  void two_tables_ignore_the_second() {
    StubScope scope = StubScope.classification();
    assertThat(probabilities(scope, classification("normalizationMethod=\"logit\"", 1, 9)))
        .containsExactly(1 / (1 + Math.exp(-1)), 1 - 1 / (1 + Math.exp(-1)));
    assertThat(probabilities(scope, classification("", 1.4, 9))).containsExactly(1, 0);
    assertThat(probabilities(scope, classification("", 0.25, 9))).containsExactly(0.25, 0.75);
  }

  @Test
  void several_tables() {
    StubScope scope = StubScope.classification();
    assertThat(probabilities(scope, classification("", 0.25, 0.5, 9)))
        .containsExactly(0.25, 0.5, 0.25);
    assertThat(probabilities(scope, classification("normalizationMethod=\"simplemax\"", 1, 1, 2)))
        .containsExactly(0.25, 0.25, 0.5);
    double[] softmax =
        probabilities(scope, classification("normalizationMethod=\"softmax\"", 1, 2, 1000));
    assertThat(softmax).containsExactly(0, 0, 1);
    double[] logit = probabilities(scope, classification("normalizationMethod=\"logit\"", 0, 0, 0));
    assertThat(logit).containsOnly(1 / 3.0);
  }

  @Test
  void ordinal_targets_are_cumulative() {
    StubScope scope = new StubScope(new FieldType(DataType.STRING, OpType.ORDINAL));
    double[] p = probabilities(scope, classification("normalizationMethod=\"logit\"", -1, 1, 1000));
    double low = 1 / (1 + Math.exp(1));
    double high = 1 / (1 + Math.exp(-1));
    assertThat(p).containsExactly(low, high - low, 1 - high);
  }

  @Test
  void simplemax_of_nothing_is_an_error_of_the_row() {
    StubScope scope = StubScope.classification();
    ModelPlan plan =
        ModelPlans.plan(
            Pmml.model(classification("normalizationMethod=\"simplemax\"", 0, 0)), scope);
    Frame frame = scope.frame(1);
    Prediction out = new Prediction(plan.shape(), frame.capacity());
    plan.scorer().score(frame, null, out);
    assertThat(out.errors[0]).isEqualTo(1);
    assertThat(out.labels[0]).isEqualTo(-1);
    assertThat(frame.details()).hasSize(1);
  }

  @Test
  void infinite_values_make_no_probabilities() {
    StubScope scope = StubScope.classification().number("x").rows("x", 1.0, 0.0);
    ModelPlan plan =
        ModelPlans.plan(
            Pmml.model(
                """
                <RegressionModel functionName="classification" normalizationMethod="simplemax">
                  <RegressionTable intercept="1" targetCategory="a"/>
                  <RegressionTable intercept="0" targetCategory="b">
                    <NumericPredictor name="x" exponent="-1" coefficient="3"/>
                  </RegressionTable>
                </RegressionModel>
                """),
            scope);
    Prediction out = scope.score(plan, 2);
    assertThat(out.errors[0]).isEqualTo(0b10);
    assertThat(out.probabilities[0][0]).isEqualTo(0.25);
    assertThat(out.probabilities[1][0]).isEqualTo(0.75);
  }

  @Test
  void the_rest_is_missing_where_its_table_is() {
    String model =
        """
        <RegressionModel functionName="classification" normalizationMethod="%s">
          <RegressionTable intercept="0.25" targetCategory="a"/>
          <RegressionTable intercept="0" targetCategory="b">
            <NumericPredictor name="x" coefficient="3"/>
          </RegressionTable>
        </RegressionModel>
        """;
    for (String method : List.of("none", "logit", "probit", "softmax")) {
      for (OpType type : List.of(OpType.CATEGORICAL, OpType.ORDINAL)) {
        if (type == OpType.CATEGORICAL || !method.equals("softmax")) {
          StubScope scope = new StubScope(new FieldType(DataType.STRING, type));
          scope.number("x").rows("x", 1.0, null).error("x", 2);
          ModelPlan plan = ModelPlans.plan(Pmml.model(model.formatted(method)), scope);
          Prediction out = scope.score(plan, 3);
          assertThat(out.missing[0]).as(method + " " + type).isEqualTo(0b110);
          assertThat(out.errors[0]).isEqualTo(0b100);
        }
      }
    }
  }

  @Test
  void a_tie_goes_to_the_first_table() {
    StubScope scope = StubScope.classification();
    ModelPlan plan =
        ModelPlans.plan(Pmml.model(classification("normalizationMethod=\"logit\"", 0, 0)), scope);
    assertThat(scope.score(plan, 1).labels[0]).isZero();
  }

  @Test
  void mistakes_of_the_document_are_errors() {
    StubScope scope = StubScope.classification().text("c");
    assertThatThrownBy(() -> ModelPlans.plan(Pmml.model(classification("", 1)), scope))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("RegressionTable for each category");
    assertThatThrownBy(
            () ->
                ModelPlans.plan(
                    Pmml.model(
                        regression(
                            "normalizationMethod=\"simplemax\"",
                            "<RegressionTable intercept=\"1\"/>")),
                    scope))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(
            () ->
                ModelPlans.plan(
                    Pmml.model(
                        regression(
                            "",
                            "<RegressionTable intercept=\"1\"><NumericPredictor name=\"c\""
                                + " coefficient=\"1\"/></RegressionTable>")),
                    scope))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a string");
  }
}
