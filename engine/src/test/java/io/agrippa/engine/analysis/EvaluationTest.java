package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Measures as worked by hand, or by definition pair by pair. */
class EvaluationTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("delay", Type.Scalar.LONG),
              new Field("p", Type.Scalar.DOUBLE),
              new Field("class", Type.Scalar.STRING)));

  private static final Map<String, String> BINARY =
      Map.of(
          "actual",
          "delay > 15",
          "prediction",
          "class",
          "probability:late",
          "p",
          "positive",
          "late");

  private static Object evaluate(
      String name, Map<String, String> parameters, Schema schema, int rows, Column... columns) {
    Aggregation.State state = new AnalysisProvider().bind(name, parameters, schema).state();
    state.add(new Block(schema, rows, List.of(columns)));
    return state.result();
  }

  @Test
  void measuresClassesAsWorkedByHand() {
    Evaluation.Classification of =
        (Evaluation.Classification)
            evaluate(
                "classification",
                BINARY,
                SCHEMA,
                8,
                Blocks.longs(20L, 16L, 15L, 3L, -1L, 40L, null, 50L),
                Blocks.doubles(0.9, 0.4, 0.8, 0.3, 0.1, 0.6, 0.5, null),
                Blocks.texts(
                    "late", "on time", "late", "on time", "on time", "late", "late", "late"));
    assertThat(of.rows()).isEqualTo(new Evaluation.Rows(8, 6, 1, 0, 1));
    assertThat(of.classes()).containsExactly("late", "not late");
    assertThat(of.confusion()).containsExactly(List.of(2L, 1L), List.of(1L, 2L));
    assertThat(of.accuracy()).isEqualTo(4 / 6.0);
    Evaluation.ClassMeasures late = of.measures().get(0);
    assertThat(late)
        .isEqualTo(new Evaluation.ClassMeasures("late", 3, 3, 2 / 3.0, 2 / 3.0, 2 / 3.0));
    Evaluation.Probabilities probabilities = of.probabilities().orElseThrow();
    // -(ln .9 + ln .4 + ln .2 + ln .7 + ln .9 + ln .6) / 6
    assertThat(probabilities.logLoss()).isCloseTo(0.6006583738881052, within(1e-15));
    // (.1² + .6² + .8² + .3² + .1² + .4²) / 6
    assertThat(probabilities.brier()).isCloseTo(1.27 / 6, within(1e-15));
    Evaluation.Ranking ranking = probabilities.rankings().get(0);
    // of 9 pairs: .9 beats 3, .4 beats 2, .6 beats 2
    assertThat(ranking.auc()).isEqualTo(7 / 9.0);
    assertThat(ranking.aucError()).isZero();
    // precision where positives are found: 1/1, 2/3, 3/4
    assertThat(ranking.averagePrecision()).isCloseTo((1 + 2 / 3.0 + 3 / 4.0) / 3, within(1e-15));
    assertThat(ranking.ks()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(ranking.curve().get(0)).isEqualTo(new Evaluation.CurvePoint(0.9, 1 / 3.0, 0, 1));
    Evaluation.Lift half =
        ranking.lift().stream().filter(each -> each.share() == 0.5).findFirst().orElseThrow();
    assertThat(half).isEqualTo(new Evaluation.Lift(0.5, 2 / 3.0, 2 / 3.0 / 0.5));
    assertThat(ranking.calibration()).contains(new Evaluation.CalibrationBin(0.9, 1, 1, 0.9, 1));
    // |.1| + |.6| + |.8| + |.3| + |.1| + |.4|, each bin has one row
    assertThat(ranking.calibrationError()).isCloseTo(2.3 / 6, within(1e-15));
  }

  @Test
  void theAreaIsTheShareOfPairsInTheRightOrder() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      int rows = 400;
      ScoreCounts counts = new ScoreCounts();
      double[] scores = new double[rows];
      boolean[] positive = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        positive[i] = random.nextInt(3) == 0;
        scores[i] = random.nextInt(100) / 99.0;
        counts.add(scores[i], positive[i]);
      }
      double right = 0;
      double pairs = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < rows; j++) {
          if (positive[i] && !positive[j]) {
            pairs++;
            right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertThat(counts.ranking("x", new Calibration()).auc())
          .as("seed %d", seed)
          .isEqualTo(right / pairs);
    }
  }

  @Test
  void theAreaOfManyDifferentProbabilitiesIsWithinItsStatedError() {
    for (int kind = 0; kind < 3; kind++) {
      Random random = new Random(17 + kind);
      int rows = 300_000;
      ScoreCounts counts = new ScoreCounts();
      long[] order = new long[rows]; // probability's bits, which are ordered; lowest bit: positive
      for (int i = 0; i < rows; i++) {
        boolean positive = random.nextInt(4) == 0;
        double signal = random.nextGaussian() + (positive ? 1 : 0);
        double probability =
            switch (kind) {
              case 0 -> 1 / (1 + Math.exp(-signal));
              case 1 -> 1e-9 / (1 + Math.exp(-signal)); // rare events
              default -> 1 - 1e-7 / (1 + Math.exp(signal)); // nearly certain ones
            };
        counts.add(probability, positive);
        order[i] = Double.doubleToLongBits(probability) << 1 | (positive ? 1 : 0);
      }
      Arrays.sort(order);
      double below = 0;
      double right = 0;
      for (int i = 0; i < rows; ) {
        int end = i;
        long negatives = 0;
        long positives = 0;
        for (; end < rows && order[end] >>> 1 == order[i] >>> 1; end++) {
          positives += order[end] & 1;
          negatives += 1 - (order[end] & 1);
        }
        right += positives * (below + negatives / 2.0);
        below += negatives;
        i = end;
      }
      Evaluation.Ranking ranking = counts.ranking("x", new Calibration());
      double exact = right / (below * (rows - below));
      assertThat(ranking.auc()).isCloseTo(exact, within(ranking.aucError() + 1e-12));
      assertThat(ranking.aucError()).as("kind %d", kind).isBetween(1e-9, 1e-3);
    }
  }

  @Test
  void measuresNumbersAsWorkedByHand() {
    Schema schema =
        new Schema(
            List.of(
                new Field("price", Type.Scalar.STRING), new Field("value", Type.Scalar.DOUBLE)));
    Evaluation.Regression of =
        (Evaluation.Regression)
            evaluate(
                "regression",
                Map.of("actual", "price", "prediction", "value"),
                schema,
                7,
                Blocks.texts("1", "2", "3", "6", "n/a", null, "5"),
                Blocks.doubles(2.0, 2.0, 1.0, 7.0, 1.0, 1.0, Double.NaN));
    assertThat(of.rows()).isEqualTo(new Evaluation.Rows(7, 4, 1, 1, 1));
    // residuals 1, 0, -2, 1; actual mean 3, squares about it 4 + 1 + 0 + 9
    assertThat(of.rmse()).isEqualTo(Math.sqrt(6 / 4.0));
    assertThat(of.mae()).isEqualTo(1);
    assertThat(of.bias()).isZero();
    assertThat(of.r2()).isEqualTo(1 - 6 / 14.0);
    assertThat(of.residuals().least()).isEqualTo(-2);
    assertThat(of.residuals().quantiles()).contains(new Profile.Quantile(0.5, 0));
  }

  @Test
  void measuresManyClassesOneAgainstTheRest() {
    Schema schema =
        new Schema(
            List.of(
                new Field("kind", Type.Scalar.DOUBLE),
                new Field("p1", Type.Scalar.DOUBLE),
                new Field("p2", Type.Scalar.DOUBLE),
                new Field("p10", Type.Scalar.DOUBLE)));
    Evaluation.Classification of =
        (Evaluation.Classification)
            evaluate(
                "classification",
                Map.of(
                    "actual",
                    "kind",
                    "probability:1",
                    "p1",
                    "probability:2",
                    "p2",
                    "probability:10",
                    "p10"),
                schema,
                4,
                Blocks.doubles(1.0, 2.0, 10.0, 2.0),
                Blocks.doubles(0.5, 0.25, 0.25, 0.5),
                Blocks.doubles(0.25, 0.5, 0.25, 0.25),
                Blocks.doubles(0.25, 0.25, 0.5, 0.25));
    assertThat(of.classes()).containsExactly("1", "2", "10");
    assertThat(of.accuracy()).isEqualTo(0.75);
    Evaluation.Probabilities probabilities = of.probabilities().orElseThrow();
    assertThat(probabilities.logLoss())
        .isCloseTo((3 * Math.log(2) + Math.log(4)) / 4, within(1e-15));
    // three rows of .25 + .0625 + .0625, one of .25 + .5625 + .0625
    assertThat(probabilities.brier()).isEqualTo((3 * 0.375 + 0.875) / 4);
    assertThat(probabilities.rankings()).hasSize(3);
    // class 1: .5 against .25, .25, .5
    assertThat(probabilities.rankings().get(0).label()).isEqualTo("1");
    assertThat(probabilities.rankings().get(0).auc()).isEqualTo(2.5 / 3);
  }

  @Test
  void whatIsNotDefinedIsNotANumber() {
    Evaluation.Classification of =
        (Evaluation.Classification)
            evaluate(
                "classification",
                BINARY,
                SCHEMA,
                1,
                Blocks.longs(20L),
                Blocks.doubles(0.25),
                Blocks.texts("on time"));
    assertThat(of.measures().get(0).precision()).isNaN();
    assertThat(of.probabilities().orElseThrow().rankings().get(0).auc()).isNaN();
    Object none =
        evaluate(
            "classification", BINARY, SCHEMA, 0, Blocks.longs(), Blocks.doubles(), Blocks.texts());
    assertThat(((Evaluation.Classification) none).accuracy()).isNaN();
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(
            () ->
                evaluate(
                    "classification",
                    BINARY,
                    SCHEMA,
                    1,
                    Blocks.longs(20L),
                    Blocks.doubles(1.5),
                    Blocks.texts("late")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"p\"")
        .hasMessageContaining("1.5");
  }

  @Test
  void parametersThatDoNotFitAreRefused() {
    AnalysisProvider provider = new AnalysisProvider();
    assertThatThrownBy(() -> provider.bind("classification", Map.of("actual", "x"), SCHEMA))
        .hasMessageContaining("prediction");
    assertThatThrownBy(
            () ->
                provider.bind(
                    "classification", Map.of("actual", "x", "prediction", "class"), SCHEMA))
        .hasMessageContaining("\"x\"");
    assertThatThrownBy(
            () ->
                provider.bind(
                    "classification",
                    Map.of("actual", "delay > 1", "probability:late", "p"),
                    SCHEMA))
        .hasMessageContaining("positive class");
    assertThatThrownBy(
            () ->
                provider.bind(
                    "regression", Map.of("actual", "delay > 1", "prediction", "p"), SCHEMA))
        .hasMessageContaining("condition");
  }
}
