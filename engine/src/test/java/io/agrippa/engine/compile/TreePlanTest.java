package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OpType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The behaviour of trees, by hand-worked cases. */
class TreePlanTest {
  private static final String GOLFING =
      """
      <TreeModel functionName="classification" missingValueStrategy="STRATEGY" missingValuePenalty="0.8">
        <Node id="1" score="will play" recordCount="100" defaultChild="2"><True/>
          <ScoreDistribution value="will play" recordCount="60" confidence="0.6"/>
          <ScoreDistribution value="may play" recordCount="30" confidence="0.3"/>
          <ScoreDistribution value="no play" recordCount="10" confidence="0.1"/>
          <Node id="2" score="will play" recordCount="50" defaultChild="3">
            <SimplePredicate field="outlook" operator="equal" value="sunny"/>
            <ScoreDistribution value="will play" recordCount="40" confidence="0.8"/>
            <ScoreDistribution value="may play" recordCount="2" confidence="0.04"/>
            <ScoreDistribution value="no play" recordCount="8" confidence="0.16"/>
            <Node id="3" score="will play" recordCount="40">
              <CompoundPredicate booleanOperator="surrogate">
                <SimplePredicate field="temperature" operator="greaterOrEqual" value="50"/>
                <SimplePredicate field="humidity" operator="lessThan" value="80"/>
              </CompoundPredicate>
              <ScoreDistribution value="will play" recordCount="36" confidence="0.9"/>
              <ScoreDistribution value="may play" recordCount="2" confidence="0.05"/>
              <ScoreDistribution value="no play" recordCount="2" confidence="0.05"/>
            </Node>
            <Node id="4" score="no play" recordCount="10">
              <CompoundPredicate booleanOperator="surrogate">
                <SimplePredicate field="temperature" operator="lessThan" value="50"/>
                <SimplePredicate field="humidity" operator="greaterOrEqual" value="80"/>
              </CompoundPredicate>
              <ScoreDistribution value="will play" recordCount="4" confidence="0.4"/>
              <ScoreDistribution value="may play" recordCount="0" confidence="0.0"/>
              <ScoreDistribution value="no play" recordCount="6" confidence="0.6"/>
            </Node>
          </Node>
          <Node id="5" score="may play" recordCount="50">
            <CompoundPredicate booleanOperator="or">
              <SimplePredicate field="outlook" operator="equal" value="overcast"/>
              <SimplePredicate field="outlook" operator="equal" value="rain"/>
            </CompoundPredicate>
            <ScoreDistribution value="will play" recordCount="20" confidence="0.4"/>
            <ScoreDistribution value="may play" recordCount="28" confidence="0.56"/>
            <ScoreDistribution value="no play" recordCount="2" confidence="0.04"/>
          </Node>
        </Node>
      </TreeModel>
      """;

  private static StubScope weather() {
    return StubScope.classification().text("outlook").number("temperature").number("humidity");
  }

  /** Outlook, temperature, humidity of one row; its result as {@code label confidence}. */
  private static String golf(String strategy, String outlook, Double temperature, Double humidity) {
    StubScope scope =
        weather()
            .rows("outlook", outlook)
            .rows("temperature", temperature)
            .rows("humidity", humidity);
    ModelPlan plan = ModelPlans.plan(Pmml.model(GOLFING.replace("STRATEGY", strategy)), scope);
    Prediction out = scope.score(plan, 1);
    if (Bits.get(out.missing, 0)) {
      return Bits.get(out.errors, 0) ? "error" : "missing";
    }
    int label = out.labels[0];
    return "%s %.4f".formatted(plan.shape().labels().text(label), out.confidences[label][0]);
  }

  @Test
  void booleans_are_ordered_as_0_and_1_also_against_fractions() {
    StubScope scope =
        StubScope.regression()
            .with("flag", new FieldType(DataType.BOOLEAN, OpType.CATEGORICAL))
            .rows("flag", 0.0, 1.0);
    ModelPlan plan =
        ModelPlans.plan(
            Pmml.model(
                """
                <TreeModel functionName="regression">
                  <Node><True/>
                    <Node score="1"><SimplePredicate field="flag" operator="lessThan" value="0.5"/></Node>
                    <Node score="2"><SimplePredicate field="flag" operator="equal" value="true"/></Node>
                  </Node>
                </TreeModel>
                """),
            scope);
    assertThat(scope.score(plan, 2).numbers).startsWith(1, 2);
  }

  @Test
  void complete_rows_go_to_the_leaf_whose_predicates_hold() {
    assertThat(golf("none", "sunny", 45.0, 60.0)).isEqualTo("no play 0.6000");
    assertThat(golf("none", "sunny", 50.0, 90.0)).isEqualTo("will play 0.9000");
    assertThat(golf("none", "rain", null, null)).isEqualTo("may play 0.5600");
  }

  @Test
  void a_surrogate_stands_in_and_costs_one_level_of_penalty() {
    // The first surrogate (humidity < 80) already decides: one level, 0.9 · 0.8
    assertThat(golf("none", "sunny", null, 60.0)).isEqualTo("will play 0.7200");
    // It decides FALSE for node 3, then again for node 4: two levels, 0.6 · 0.8²
    assertThat(golf("none", "sunny", null, 80.0)).isEqualTo("no play 0.3840");
  }

  @Test
  void unknown_is_false_where_no_strategy_is_given_and_then_no_child_is_true() {
    assertThat(golf("none", null, 45.0, 60.0)).isEqualTo("missing");
    assertThat(golf("none", "sunny", null, null)).isEqualTo("missing");
  }

  @Test
  void last_prediction_is_that_of_the_parent() {
    assertThat(golf("lastPrediction", null, 45.0, 60.0)).isEqualTo("will play 0.6000");
    assertThat(golf("lastPrediction", "sunny", null, null)).isEqualTo("will play 0.8000");
  }

  @Test
  void null_prediction_is_none() {
    assertThat(golf("nullPrediction", null, 45.0, 60.0)).isEqualTo("missing");
  }

  @Test
  void default_child_is_taken_unseen_with_a_penalty_for_each_level() {
    assertThat(golf("defaultChild", null, 45.0, 60.0)).isEqualTo("no play 0.4800");
    assertThat(golf("defaultChild", "sunny", null, null)).isEqualTo("will play 0.7200");
    assertThat(golf("defaultChild", null, null, null)).isEqualTo("will play 0.5760");
  }

  @Test
  void weighted_confidence_mixes_children_by_their_records() {
    // 0.9 · 40/50 + 0.4 · 10/50
    assertThat(golf("weightedConfidence", "sunny", null, null)).isEqualTo("will play 0.8000");
    // and all of that · 50/100 + 0.4 · 50/100
    assertThat(golf("weightedConfidence", null, null, null)).isEqualTo("will play 0.6000");
  }

  @Test
  void aggregate_nodes_adds_up_the_records_of_reachable_leaves() {
    // Outlook unknown, temperature 45: leaves 4 and 5; may play 28 of 60
    assertThat(golf("aggregateNodes", null, 45.0, 60.0)).isEqualTo("may play 0.4667");
  }

  @Test
  void a_value_that_could_not_be_computed_fails_only_rows_that_need_it() {
    StubScope scope =
        weather()
            .rows("outlook", "rain", "sunny")
            .rows("temperature", 1.0, 1.0)
            .rows("humidity", 1.0, 1.0)
            .error("temperature", 0)
            .error("temperature", 1);
    ModelPlan plan = ModelPlans.plan(Pmml.model(GOLFING.replace("STRATEGY", "none")), scope);
    Prediction out = scope.score(plan, 2);
    assertThat(out.errors[0]).isEqualTo(0b10);
    assertThat(out.missing[0]).isEqualTo(0b10);
  }

  private static final String SPLIT =
      """
      <TreeModel functionName="regression" NO_TRUE>
        <Node score="5"><True/>
          <Node score="1"><SimplePredicate field="x" operator="lessThan" value="0.1"/></Node>
          <Node score="2"><SimplePredicate field="x" operator="greaterThan" value="0.5"/></Node>
        </Node>
      </TreeModel>
      """;

  @Test
  void no_true_child_gives_nothing_or_the_last_prediction() {
    StubScope scope = StubScope.regression().number("x").rows("x", 0.05, 0.3, 0.7, null);
    ModelPlan none = ModelPlans.plan(Pmml.model(SPLIT.replace("NO_TRUE", "")), scope);
    Prediction out = scope.score(none, 4);
    assertThat(out.missing[0]).isEqualTo(0b1010);
    assertThat(out.numbers[0]).isEqualTo(1);
    assertThat(out.numbers[2]).isEqualTo(2);
    ModelPlan last =
        ModelPlans.plan(
            Pmml.model(SPLIT.replace("NO_TRUE", "noTrueChildStrategy=\"returnLastPrediction\"")),
            scope);
    out = scope.score(last, 4);
    assertThat(out.missing[0]).isZero();
    assertThat(out.numbers[1]).isEqualTo(5);
    assertThat(out.numbers[3]).isEqualTo(5);
  }

  @Test
  void thresholds_of_float_fields_are_floats() {
    StubScope scope = StubScope.regression().single("x").rows("x", (double) 0.1f, (double) 0.5f);
    ModelPlan plan = ModelPlans.plan(Pmml.model(SPLIT.replace("NO_TRUE", "")), scope);
    // 0.1f is above 0.1 as a double, but not below itself; 0.5f is not above 0.5
    assertThat(scope.score(plan, 2).missing[0]).isEqualTo(0b11);
    StubScope wide = StubScope.regression().number("x").rows("x", Math.nextDown(0.1), 0.1);
    ModelPlan same = ModelPlans.plan(Pmml.model(SPLIT.replace("NO_TRUE", "")), wide);
    assertThat(wide.score(same, 2).missing[0]).isEqualTo(0b10);
  }

  @Test
  void a_regression_in_a_node_comes_before_its_score() {
    String tree =
        """
        <TreeModel functionName="regression">
          <Node score="7"><True/>
            <Regression functionName="regression"><RegressionTable intercept="1">
              <NumericPredictor name="x" coefficient="2"/>
            </RegressionTable></Regression>
          </Node>
        </TreeModel>
        """;
    StubScope scope = StubScope.regression().number("x").rows("x", 3.0, null);
    Prediction out = scope.score(ModelPlans.plan(Pmml.model(tree), scope), 2);
    assertThat(out.numbers[0]).isEqualTo(7.0, within(0.0));
    assertThat(out.numbers[1]).isEqualTo(7.0);
    scope.rows("x", 4.0, null);
    assertThat(scope.score(ModelPlans.plan(Pmml.model(tree), scope), 2).numbers[0]).isEqualTo(9);
  }

  @Test
  void ordering_categories_is_an_error_with_its_line() {
    String tree =
        """
        <TreeModel functionName="regression">
          <Node score="7"><SimplePredicate field="c" operator="lessThan" value="b"/></Node>
        </TreeModel>
        """;
    StubScope scope = StubScope.regression().text("c");
    assertThatThrownBy(() -> ModelPlans.plan(Pmml.model(tree), scope))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(":4: ")
        .hasMessageContaining("have no order");
  }

  @Test
  void probabilities_are_shares_of_the_distributions_own_sum() {
    StubScope scope =
        weather().rows("outlook", "rain").rows("temperature", 1.0).rows("humidity", 1.0);
    ModelPlan plan = ModelPlans.plan(Pmml.model(GOLFING.replace("STRATEGY", "none")), scope);
    Prediction out = scope.score(plan, 1);
    assertThat(out.probabilities[0][0]).isEqualTo(20.0 / 50.0);
    assertThat(out.probabilities[1][0]).isEqualTo(28.0 / 50.0);
    assertThat(out.probabilities[2][0]).isEqualTo(2.0 / 50.0);
    assertThat(plan.shape().entityIds().get(out.entities[0])).isEqualTo("5");
  }

  @Test
  void numbers_of_an_ordinal_field_are_ordered_as_the_document_lists_them() {
    StubScope scope =
        StubScope.regression()
            .with("n", new FieldType(DataType.INTEGER, OpType.ORDINAL, List.of("3", "1", "2")))
            .rows("n", 3.0, 1.0, 2.0, null, 4.0);
    ModelPlan plan =
        ModelPlans.plan(
            Pmml.model(
                """
                <TreeModel functionName="regression">
                  <Node><True/>
                    <Node score="1"><SimplePredicate field="n" operator="lessThan" value="1"/></Node>
                    <Node score="2"><SimplePredicate field="n" operator="greaterOrEqual" value="1"/></Node>
                  </Node>
                </TreeModel>
                """),
            scope);
    Prediction out = scope.score(plan, 5);
    assertThat(out.numbers).startsWith(1, 2, 2);
    assertThat(out.missing[0]).isEqualTo(0b11000);
    assertThat(out.errors[0]).isEqualTo(0b10000); // 4 has no place in the order
  }

  @Test
  void children_without_a_score_take_no_part_in_weighted_confidence() {
    String tree =
        """
        <TreeModel functionName="regression" missingValueStrategy="weightedConfidence">
          <Node score="5"><True/>
            <Node recordCount="8"><SimplePredicate field="x" operator="lessThan" value="0"/></Node>
            <Node score="2" recordCount="3"><SimplePredicate field="x" operator="lessThan" value="1"/></Node>
            <Node score="6" recordCount="1"><SimplePredicate field="x" operator="lessThan" value="2"/></Node>
          </Node>
        </TreeModel>
        """;
    StubScope scope = StubScope.regression().number("x").rows("x", (Object) null);
    Prediction out = scope.score(ModelPlans.plan(Pmml.model(tree), scope), 1);
    assertThat(out.missing[0]).isZero();
    assertThat(out.numbers[0]).isEqualTo((2 * 3 + 6 * 1) / 4.0);
  }

  @Test
  void what_is_missing_below_a_child_makes_only_its_confidence_smaller() {
    String tree =
        """
        <TreeModel functionName="classification" missingValueStrategy="weightedConfidence" missingValuePenalty="0.5">
          <Node><True/>
            <Node recordCount="1"><SimplePredicate field="x" operator="lessThan" value="0"/>
              <Node score="a"><CompoundPredicate booleanOperator="surrogate">
                <SimplePredicate field="x" operator="lessThan" value="-1"/><True/></CompoundPredicate>
                <ScoreDistribution value="a" recordCount="1"/></Node>
            </Node>
            <Node score="b" recordCount="1"><SimplePredicate field="x" operator="lessThan" value="1"/>
              <ScoreDistribution value="b" recordCount="1"/></Node>
          </Node>
        </TreeModel>
        """;
    StubScope scope = StubScope.classification().number("x").rows("x", (Object) null);
    ModelPlan plan = ModelPlans.plan(Pmml.model(tree), scope);
    Prediction out = scope.score(plan, 1);
    assertThat(plan.shape().labels().texts()).containsExactly("a", "b");
    assertThat(out.labels[0]).isEqualTo(1);
    assertThat(out.confidences[0][0]).isEqualTo(0.25); // 1 · 0.5 · 1/2
    assertThat(out.confidences[1][0]).isEqualTo(0.5);
    assertThat(out.probabilities[0][0]).isEqualTo(0.5);
  }

  @Test
  void the_last_prediction_may_be_that_of_a_regression() {
    String tree =
        """
        <TreeModel functionName="regression" missingValueStrategy="lastPrediction" noTrueChildStrategy="returnLastPrediction">
          <Node><True/>
            <Regression functionName="regression"><RegressionTable intercept="1">
              <NumericPredictor name="z" coefficient="2"/>
            </RegressionTable></Regression>
            <Node score="7"><SimplePredicate field="x" operator="lessThan" value="0"/></Node>
          </Node>
        </TreeModel>
        """;
    StubScope scope =
        StubScope.regression()
            .number("x")
            .number("z")
            .rows("x", null, 1.0, null, -1.0)
            .rows("z", 3.0, 4.0, null, 3.0);
    Prediction out = scope.score(ModelPlans.plan(Pmml.model(tree), scope), 4);
    assertThat(out.missing[0]).isEqualTo(0b100);
    assertThat(out.numbers[0]).isEqualTo(7);
    assertThat(out.numbers[1]).isEqualTo(9);
    assertThat(out.numbers[3]).isEqualTo(7);
    assertThatThrownBy(
            () ->
                ModelPlans.plan(
                    Pmml.model(tree.replace("lastPrediction", "aggregateNodes")), scope))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mixes scores");
  }
}
