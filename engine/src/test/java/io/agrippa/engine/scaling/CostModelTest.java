package io.agrippa.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.scaling.CostModel.Load;
import io.agrippa.engine.scaling.CostModel.Point;
import io.agrippa.engine.scaling.CostModel.Term;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final double ROW = 2e-6;
  private static final double START = 0.3;
  private static final double PARTITION = 0.004;
  private static final double WORKER = 0.05;

  /** By the law, worked out here once more: four processors, whole partitions. */
  private static double law(Load load) {
    double atOnce = Math.min(4, load.workers());
    double turns = Math.ceil(load.partitions() / atOnce);
    return START
        + PARTITION * load.partitions()
        + ROW * load.rows() * turns / load.partitions()
        + WORKER * load.added();
  }

  private static List<Point> grid(long[] sizes, long[] partitions, int... workers) {
    List<Point> points = new ArrayList<>();
    for (long rows : sizes) {
      for (long cut : partitions) {
        Load serial = Load.serial(rows, cut);
        points.add(new Point(serial, law(serial)));
        for (int n : workers) {
          Load load = new Load(rows, cut, n, n);
          points.add(new Point(load, law(load)));
        }
      }
    }
    return points;
  }

  @Test
  void theCoefficientsOfAKnownLawAreRecovered() {
    List<Point> points = grid(new long[] {100_000, 1_000_000}, new long[] {4, 10, 64}, 1, 2, 4, 8);
    CostModel model = CostModel.fit(points, 4).orElseThrow();
    assertThat(model.notIdentified()).isEmpty();
    assertThat(model.coefficient(Term.ROW)).isCloseTo(ROW, within(1e-12));
    assertThat(model.coefficient(Term.START_UP)).isCloseTo(START, within(1e-7));
    assertThat(model.coefficient(Term.PARTITION)).isCloseTo(PARTITION, within(1e-8));
    assertThat(model.coefficient(Term.WORKER)).isCloseTo(WORKER, within(1e-7));
    Load unseen = new Load(5_000_000, 100, 3, 3);
    assertThat(model.seconds(unseen)).isCloseTo(law(unseen), within(1e-6));
  }

  @Test
  void pointsOfAKnownLawThatAreHeldOutAreForetold() {
    List<Point> points = grid(new long[] {100_000, 1_000_000}, new long[] {4, 10, 64}, 1, 2, 4);
    List<CostModel.HeldOut> held = CostModel.leaveOneOut(points, 4);
    assertThat(held).hasSameSizeAs(points);
    assertThat(held).allSatisfy(point -> assertThat(point.error()).isCloseTo(0, within(1e-6)));
  }

  @Test
  void oneSizeAndOneCutDoNotTellStartUpFromOverhead() {
    CostModel model =
        CostModel.fit(grid(new long[] {1_000_000}, new long[] {64}, 1, 2), 4).orElseThrow();
    assertThat(model.notIdentified()).containsKey(Term.PARTITION);
    assertThat(model.notIdentified().get(Term.PARTITION))
        .startsWith("not identifiable from 1 input size, 1 number of partitions, workers 1,2");
  }

  @Test
  void oneRunTellsNoMoreThanACostPerRow() {
    CostModel model = CostModel.fit(List.of(new Point(Load.serial(1000, 1), 2)), 2).orElseThrow();
    assertThat(model.coefficients()).containsOnlyKeys(Term.ROW);
    assertThat(model.coefficient(Term.ROW)).isCloseTo(0.002, within(1e-12));
    assertThat(CostModel.leaveOneOut(List.of(new Point(Load.serial(1000, 1), 2)), 2)).isEmpty();
  }

  @Test
  void threePartitionsOnTwoWorkersTakeTwoTurns() {
    CostModel model =
        CostModel.fit(List.of(new Point(Load.serial(300, 3), 3)), 2).orElseThrow(); // 10 ms a row
    assertThat(model.seconds(new Load(300, 3, 2, 2))).isCloseTo(2, within(1e-12));
  }

  @Test
  void noRowsTakeNoTimeForRows() {
    CostModel model = CostModel.fit(List.of(new Point(Load.serial(10, 1), 1)), 2).orElseThrow();
    assertThat(model.seconds(Load.serial(0, 0))).isZero();
  }
}
