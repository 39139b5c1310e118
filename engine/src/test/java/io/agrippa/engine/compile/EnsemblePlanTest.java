package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.ModelException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How predictions of segments become one, by hand-worked cases. */
class EnsemblePlanTest {
  /** Segments that predict a number, or none: {@code null}. Weights alternate with them. */
  private static String numbers(String method, String attributes, Object... scoresAndWeights) {
    StringBuilder text =
        new StringBuilder("<MiningModel functionName=\"regression\" x-mathContext=\"double\">")
            .append("<Segmentation multipleModelMethod=\"%s\" %s>".formatted(method, attributes));
    for (int i = 0; i < scoresAndWeights.length; i += 2) {
      text.append("<Segment weight=\"%s\"><True/>".formatted(scoresAndWeights[i + 1]))
          .append("<TreeModel functionName=\"regression\"><MiningSchema/>")
          .append(
              scoresAndWeights[i] == null
                  ? "<Node score=\"1\"><False/></Node>"
                  : "<Node score=\"%s\"><True/></Node>".formatted(scoresAndWeights[i]))
          .append("</TreeModel></Segment>");
    }
    return text.append("</Segmentation></MiningModel>").toString();
  }

  private static String number(String method, String attributes, Object... scoresAndWeights) {
    StubScope scope = StubScope.regression();
    ModelPlan plan =
        ModelPlans.plan(Pmml.model(numbers(method, attributes, scoresAndWeights)), scope);
    Prediction out = scope.score(plan, 1);
    if (Bits.get(out.errors, 0)) {
      return "error";
    }
    return Bits.get(out.missing, 0) ? "missing" : Double.toString(out.numbers[0]);
  }

  @Test
  void numbers_are_combined_by_each_method() {
    assertThat(number("sum", "", 1, 1, 2, 1, 4, 1)).isEqualTo("7.0");
    assertThat(number("x-weightedSum", "", 1, 2, 2, 3)).isEqualTo("8.0");
    assertThat(number("average", "", 1, 1, 2, 1, 6, 9)).isEqualTo("3.0");
    assertThat(number("weightedAverage", "", 1, 3, 5, 1)).isEqualTo("2.0");
    assertThat(number("weightedAverage", "", 1, 0, 5, 0)).isEqualTo("error");
    assertThat(number("median", "", 9, 1, 1, 1, 2, 1)).isEqualTo("2.0");
    assertThat(number("median", "", 9, 1, 1, 1, 2, 1, 4, 1)).isEqualTo("3.0");
    assertThat(number("x-weightedMedian", "", 9, 1, 1, 1, 2, 1, 4, 5)).isEqualTo("4.0");
  }

  @Test
  void missing_predictions_of_numbers() {
    assertThat(number("sum", "", 1, 1, null, 1)).isEqualTo("missing");
    assertThat(number("sum", "missingPredictionTreatment=\"returnMissing\"", 1, 1, null, 1))
        .isEqualTo("missing");
    String skip = "missingPredictionTreatment=\"skipSegment\"";
    assertThat(number("sum", skip, 1, 1, null, 1, 2, 1)).isEqualTo("3.0");
    assertThat(number("sum", skip + " missingThreshold=\"0.5\"", 1, 1, null, 1)).isEqualTo("1.0");
    assertThat(number("sum", skip + " missingThreshold=\"0.4\"", 1, 1, null, 1))
        .isEqualTo("missing");
    assertThat(number("sum", skip, null, 1)).isEqualTo("missing");
  }

  @Test
  void methods_that_do_not_fit_the_function_are_errors() {
    assertThatThrownBy(() -> number("majorityVote", "", 1, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("MAJORITY_VOTE does not fit REGRESSION");
    assertThatThrownBy(() -> number("sum", "", 1, -1)).hasMessageContaining("negative weight");
  }

  /** Segments that vote for a category (text), have a distribution (a=0.3,b=0.7) or nothing. */
  private static String categories(String method, String attributes, Object... votesAndWeights) {
    StringBuilder text =
        new StringBuilder("<MiningModel functionName=\"classification\">")
            .append("<Segmentation multipleModelMethod=\"%s\" %s>".formatted(method, attributes));
    for (int i = 0; i < votesAndWeights.length; i += 2) {
      text.append("<Segment weight=\"%s\"><True/>".formatted(votesAndWeights[i + 1]))
          .append("<TreeModel functionName=\"classification\"><MiningSchema/>");
      String vote = (String) votesAndWeights[i];
      if (vote == null) {
        text.append("<Node score=\"a\"><False/></Node>");
      } else {
        String[] shares = vote.split(",", -1);
        String score = shares[0].split("=", -1)[0];
        text.append("<Node score=\"%s\"><True/>".formatted(score));
        for (String share : shares) {
          if (share.contains("=")) {
            String[] parts = share.split("=", -1);
            text.append(
                "<ScoreDistribution value=\"%s\" recordCount=\"0\" probability=\"%s\"/>"
                    .formatted(parts[0], parts[1]));
          }
        }
        text.append("</Node>");
      }
      text.append("</TreeModel></Segment>");
    }
    return text.append("</Segmentation></MiningModel>").toString();
  }

  private static String category(String method, String attributes, Object... votesAndWeights) {
    StubScope scope = StubScope.classification();
    ModelPlan plan =
        ModelPlans.plan(Pmml.model(categories(method, attributes, votesAndWeights)), scope);
    Prediction out = scope.score(plan, 1);
    if (Bits.get(out.errors, 0)) {
      return "error";
    }
    if (Bits.get(out.missing, 0)) {
      return "missing";
    }
    String label = plan.shape().labels().text(out.labels[0]);
    return "%s %.3f".formatted(label, out.probabilities[out.labels[0]][0]).toLowerCase(Locale.ROOT);
  }

  @Test
  void votes_are_counted_and_ties_go_to_the_first_voted_for() {
    assertThat(category("majorityVote", "", "a", 1, "b", 1, "b", 1)).isEqualTo("b 0.667");
    assertThat(category("majorityVote", "", "b", 1, "a", 1)).isEqualTo("b 0.500");
    assertThat(category("weightedMajorityVote", "", "a", 3, "b", 1, "b", 1)).isEqualTo("a 0.600");
    assertThat(category("weightedMajorityVote", "", "a", 0, "b", 0)).isEqualTo("error");
  }

  @Test
  void missing_votes_win_only_if_they_are_ahead_of_all() {
    assertThat(category("majorityVote", "", "a", 1, null, 1)).isEqualTo("a 1.000");
    assertThat(category("majorityVote", "", "a", 1, null, 1, null, 1)).isEqualTo("missing");
    assertThat(category("majorityVote", "missingThreshold=\"0.25\"", "a", 1, "a", 1, null, 1))
        .isEqualTo("missing");
    assertThat(
            category(
                "majorityVote",
                "missingPredictionTreatment=\"skipSegment\"",
                "a",
                1,
                null,
                1,
                null,
                1))
        .isEqualTo("a 1.000");
  }

  @Test
  void a_missing_vote_counts_as_any_other() {
    // Its weight is none of a majorityVote's business.
    assertThat(category("majorityVote", "", "a", 1, "b", 1, "b", 1, null, 9)).isEqualTo("b 0.667");
    assertThat(category("weightedMajorityVote", "", "a", 1, "b", 1, null, 9)).isEqualTo("missing");
  }

  @Test
  void probabilities_are_averaged_and_an_absent_label_counts_nothing() {
    assertThat(category("average", "", "a=0.2,b=0.8", 1, "a=0.9,b=0.1", 1)).isEqualTo("a 0.550");
    assertThat(category("average", "", "a=1.0", 1, "b=0.6,c=0.4", 1)).isEqualTo("a 0.500");
    assertThat(category("weightedAverage", "", "a=0.2,b=0.8", 3, "a=0.9,b=0.1", 1))
        .isEqualTo("b 0.625");
    assertThat(category("average", "", "a", 1, "b=0.6,c=0.4", 1)).isEqualTo("a 0.500");
    assertThat(category("average", "", "a", 1, null, 1)).isEqualTo("missing");
  }

  @Test
  void max_takes_the_mean_of_the_segments_with_the_largest_probability() {
    assertThat(category("max", "", "a=0.9,b=0.1", 1, "a=0.2,b=0.8", 1, "a=0.9,b=0.0,c=0.1", 1))
        .isEqualTo("a 0.900");
    // Medians: a 0.4, b 0.5; contributors are those with b = 0.5
    assertThat(category("median", "", "a=0.9,b=0.1", 1, "a=0.2,b=0.5,c=0.3", 1, "a=0.4,b=0.6", 1))
        .isEqualTo("b 0.500");
    // In doubles 0.97 is nearer to the median 0.505 than 0.04 is
    assertThat(category("median", "", "a=0.04,b=0.96", 1, "a=0.97,b=0.03", 1)).isEqualTo("a 0.505");
  }

  private static final String SEGMENTED =
      """
      <MiningModel functionName="regression">
        <Segmentation multipleModelMethod="METHOD" ATTRIBUTES>
          <Segment id="low"><SimplePredicate field="x" operator="lessThan" value="0"/>
            <TreeModel functionName="regression"><MiningSchema/>
              <Node score="1"><True/></Node></TreeModel></Segment>
          <Segment><SimplePredicate field="x" operator="lessThan" value="10"/>
            <TreeModel functionName="regression"><MiningSchema/>
              <Node score="2"><SimplePredicate field="z" operator="lessThan" value="10"/></Node></TreeModel></Segment>
          <Segment id="any"><SimplePredicate field="x" operator="isNotMissing"/>
            <TreeModel functionName="regression"><MiningSchema/>
              <Node score="4"><True/></Node></TreeModel></Segment>
        </Segmentation>
      </MiningModel>
      """;

  private static String segmented(String method, String attributes) {
    StubScope scope =
        StubScope.regression()
            .number("x")
            .number("z")
            .rows("x", -1.0, 5.0, 5.0, 20.0, null)
            .rows("z", 1.0, 1.0, 20.0, 1.0, 1.0);
    ModelPlan plan =
        ModelPlans.plan(
            Pmml.model(SEGMENTED.replace("METHOD", method).replace("ATTRIBUTES", attributes)),
            scope);
    Prediction out = scope.score(plan, 5);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 5; row++) {
      text.append(Bits.get(out.missing, row) ? "-" : (int) out.numbers[row]);
      if (out.entities != null) {
        int entity = out.entities[row];
        text.append(entity < 0 ? "" : plan.shape().entityIds().get(entity));
      }
      text.append(' ');
    }
    return text.toString().trim();
  }

  @Test
  void only_segments_whose_predicate_is_true_take_part() {
    assertThat(segmented("sum", "")).isEqualTo("7 6 - 4 -");
    assertThat(segmented("sum", "missingPredictionTreatment=\"skipSegment\""))
        .isEqualTo("7 6 4 4 -");
  }

  @Test
  void select_first_takes_the_first_that_runs() {
    assertThat(segmented("selectFirst", "")).isEqualTo("1low 22 -2 4any -");
    assertThat(segmented("selectFirst", "missingPredictionTreatment=\"skipSegment\""))
        .isEqualTo("1low 22 4any 4any -");
  }

  @Test
  void a_chain_ends_with_the_segment_that_ran_last() {
    assertThat(segmented("modelChain", "")).isEqualTo("4any 4any 4any 4any -");
    assertThat(segmented("modelChain", "missingPredictionTreatment=\"returnMissing\""))
        .isEqualTo("4any 4any - 4any -");
  }
}
