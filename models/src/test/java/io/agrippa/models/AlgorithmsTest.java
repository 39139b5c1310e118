package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {
  @Test
  void everyAlgorithmIsMadeFromItsDefaultsAndFromItsOwnOptions() {
    for (AlgorithmGuide guide : Algorithms.all()) {
      Algorithm defaults = Algorithms.named(guide.name(), Map.of());
      assertThat(defaults.label()).isEqualTo(guide.name());
      assertThat(Algorithms.named(guide.name(), defaults.options())).isEqualTo(defaults);
      assertThat(guide.options()).allSatisfy(option -> assertThat(option.meaning()).isNotBlank());
    }
  }

  @Test
  void optionsReachTheAlgorithm() {
    assertThat(
            Algorithms.named(
                "gradient-boosted-trees",
                Map.of(
                    "trees", "7",
                    "max-depth", "3",
                    "max-leaves", "8",
                    "min-leaf-rows", "2",
                    "shrinkage", "0.3",
                    "subsample", "0.5")))
        .isEqualTo(new GradientBoostedTrees(7, 3, 8, 2, 0.3, 0.5));
    assertThat(
            Algorithms.named(
                "random-forest",
                Map.of(
                    "trees", "7",
                    "tries", "2",
                    "max-depth", "3",
                    "max-leaves", "8",
                    "min-leaf-rows", "4",
                    "subsample", "0.5")))
        .isEqualTo(new RandomForest(7, 2, 3, 8, 4, 0.5));
    assertThat(
            Algorithms.named(
                "logistic-regression",
                Map.of("penalty", "3", "tolerance", "1e-4", "iterations", "9")))
        .isEqualTo(new LogisticRegression(3, 1e-4, 9));
    assertThat(Algorithms.named("linear-regression", Map.of("response", "log")))
        .isEqualTo(new LinearRegression(LinearRegression.Response.LOG));
  }

  @Test
  void whatIsNotKnownIsRefusedWithWhatIs() {
    assertThatThrownBy(() -> Algorithms.named("boosting", Map.of()))
        .hasMessage(
            "algorithm \"boosting\" is not known; choose one of gradient-boosted-trees,"
                + " random-forest, logistic-regression, linear-regression");
    assertThatThrownBy(() -> Algorithms.named("linear-regression", Map.of("trees", "3")))
        .hasMessage("linear-regression has no option \"trees\"; its options are response");
    assertThatThrownBy(() -> Algorithms.named("random-forest", Map.of("trees", "many")))
        .hasMessage("random-forest: option trees is \"many\"; give a whole number");
    assertThatThrownBy(() -> Algorithms.named("random-forest", Map.of("trees", "0")))
        .hasMessage("random-forest: option trees is 0; it must be at least 1");
    assertThatThrownBy(() -> Algorithms.named("linear-regression", Map.of("response", "sqrt")))
        .hasMessage(
            "linear-regression: option response is \"sqrt\"; it must be one of identity, log");
    assertThatThrownBy(() -> new GradientBoostedTrees(1, 1, 2, 1, 0, 1))
        .hasMessage(
            "gradient-boosted-trees: option shrinkage is 0.0; it must be above 0 and up to 1");
    assertThatThrownBy(() -> new LogisticRegression(Double.NaN, 1, 1))
        .hasMessage("logistic-regression: option penalty is NaN; it must be 0 or more");
  }

  @Test
  void targetsAreWrittenAsAColumnOrAComparison() {
    assertThat(TrainingTarget.parse("price")).isEqualTo(new TrainingTarget.Column("price"));
    assertThat(TrainingTarget.parse("late = delay > 15"))
        .isEqualTo(new TrainingTarget.Above("late", "delay", 15, "late", "not late"));
    for (String wrong :
        new String[] {"", " ", "=", "late=", "delay>15", "late=delay", "late=delay>x", "=d>1"}) {
      assertThatThrownBy(() -> TrainingTarget.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("write COLUMN, or NAME=COLUMN>NUMBER");
    }
  }
}
