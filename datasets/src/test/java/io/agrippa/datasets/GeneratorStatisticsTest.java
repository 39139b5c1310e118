package io.agrippa.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.StringColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

/**
 * The seeds are fixed, so these cannot fail by chance; the bounds are some standard errors wide.
 */
class GeneratorStatisticsTest {
  private static final int ROWS = 200_000;

  /** A column as numbers (texts as their codes), NaN where missing. */
  private static double[] column(String name, String column) throws IOException {
    BlockSource source = Generators.source(name);
    Field field = source.schema().field(source.schema().indexOf(column));
    double[] values = new double[(int) source.rows().orElseThrow()];
    int at = 0;
    try (Partitions partitions = source.read(List.of(field), new Partitioning.Natural())) {
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        try (BlockReader reader = p.open()) {
          for (Block b = reader.next(); b != null; b = reader.next()) {
            for (int row = 0; row < b.rows(); row++) {
              values[at++] = value(b.column(0), row);
            }
          }
        }
      }
    }
    return values;
  }

  private static double value(Column column, int row) {
    if (column.isMissing(row)) {
      return Double.NaN;
    }
    if (column instanceof DoubleColumn c) {
      return c.values()[row];
    }
    return column instanceof StringColumn c ? c.codes()[row] : ((LongColumn) column).values()[row];
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length / deviation(a) / deviation(b);
  }

  private static double share(double[] values, DoublePredicate holds) {
    return (double) Arrays.stream(values).filter(holds).count() / values.length;
  }

  @Test
  void numericColumnsAreStandardNormalAndIndependent() throws IOException {
    String name = "generate:numeric,columns=3,rows=" + ROWS;
    double[] x1 = column(name, "x1");
    double[] x2 = column(name, "x2");
    assertThat(mean(x1)).isCloseTo(0, within(0.01));
    assertThat(deviation(x1)).isCloseTo(1, within(0.01));
    assertThat(share(x1, v -> v > 1.645)).isCloseTo(0.05, within(0.002));
    assertThat(correlation(x1, x2)).isCloseTo(0, within(0.01));
    double[] earlier = Arrays.copyOf(x1, ROWS - 1);
    assertThat(correlation(earlier, Arrays.copyOfRange(x1, 1, ROWS))).isCloseTo(0, within(0.01));
    assertThat(Arrays.stream(x1)).allMatch(v -> v == Double.parseDouble("%.4f".formatted(v)));
  }

  @Test
  void higgsColumnsHaveTheirShapes() throws IOException {
    String name = "generate:higgs,rows=" + ROWS;
    double[] momentum = column(name, "jet1_pt");
    assertThat(mean(momentum)).isCloseTo(1, within(0.01));
    assertThat(deviation(momentum)).isCloseTo(Math.sqrt(1 / 3.0), within(0.01));
    assertThat(Arrays.stream(momentum)).allMatch(v -> v >= 0);
    assertThat(deviation(column(name, "m_bb"))).isCloseTo(1 / 3.0, within(0.01));
    double[] angle = column(name, "lepton_phi");
    assertThat(Arrays.stream(angle)).allMatch(v -> Math.abs(v) < 1.7434);
    assertThat(mean(angle)).isCloseTo(0, within(0.01));
    double[] tag = column(name, "jet3_btag");
    assertThat(share(tag, v -> v == 0)).isCloseTo(0.5, within(0.005));
    assertThat(Arrays.stream(tag).distinct().count()).isEqualTo(3);
  }

  @Test
  void theHiggsLabelFollowsFromItsColumns() throws IOException {
    String name = "generate:higgs,rows=" + ROWS;
    double[] label = column(name, "label");
    assertThat(mean(label)).isCloseTo(0.53, within(0.01));
    assertThat(correlation(label, column(name, "m_bb"))).isLessThan(-0.3);
    assertThat(correlation(label, column(name, "m_wbb"))).isLessThan(-0.25);
    assertThat(correlation(label, column(name, "jet2_pt"))).isCloseTo(0, within(0.01));
    // m_jj says something only together with the tag of the first jet
    double[] jets = column(name, "m_jj");
    double[] tag = column(name, "jet1_btag");
    double[] signed = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      signed[i] = tag[i] > 1 ? jets[i] : -jets[i];
    }
    assertThat(correlation(label, jets)).isCloseTo(0, within(0.02));
    assertThat(correlation(label, signed)).isGreaterThan(0.05);
  }

  @Test
  void zipfSharesFallByThePowerOfTheExponent() throws IOException {
    for (double exponent : new double[] {0.8, 1.1, 2}) {
      double[] keys =
          column("generate:zipf,keys=1000,exponent=%s,rows=%d".formatted(exponent, ROWS), "key");
      assertThat(Arrays.stream(keys)).allMatch(k -> k >= 1 && k <= 1000 && Math.rint(k) == k);
      // least squares on the logarithms of rank and count of the ten most frequent keys
      double sxy = 0;
      double sxx = 0;
      double[] logRank = new double[10];
      double[] logCount = new double[10];
      for (int rank = 1; rank <= 10; rank++) {
        int k = rank;
        logRank[rank - 1] = Math.log(rank);
        logCount[rank - 1] = Math.log(share(keys, v -> v == k));
      }
      for (int i = 0; i < 10; i++) {
        sxy += (logRank[i] - mean(logRank)) * (logCount[i] - mean(logCount));
        sxx += (logRank[i] - mean(logRank)) * (logRank[i] - mean(logRank));
      }
      assertThat(sxy / sxx).isCloseTo(-exponent, within(0.03));
    }
    assertThat(mean(column("generate:zipf,keys=1000,exponent=0,rows=" + ROWS, "key")))
        .isCloseTo(500.5, within(3.0));
  }

  @Test
  void zipfTimesAscend() throws IOException {
    double[] times = column("generate:zipf,rows=5000,keys=10", "time");
    for (int i = 1; i < times.length; i++) {
      assertThat(times[i]).isGreaterThan(times[i - 1]);
    }
  }

  @Test
  void missingValuesHaveTheWantedShare() throws IOException {
    for (String column : new String[] {"age", "income", "rate", "colour", "joined", "active"}) {
      double[] values = column("generate:mixed,rows=" + ROWS, column);
      assertThat(share(values, Double::isNaN)).as(column).isCloseTo(0.1, within(0.003));
    }
    for (String column : new String[] {"id", "label"}) {
      assertThat(Arrays.stream(column("generate:mixed,rows=1000", column)))
          .noneMatch(v -> v.isNaN());
    }
    assertThat(column("generate:mixed,rows=1000,missing=1", "region")).containsOnly(Double.NaN);
    assertThat(Arrays.stream(column("generate:mixed,rows=1000,missing=0", "region")))
        .noneMatch(v -> v.isNaN());
    assertThat(share(column("generate:higgs,missing=0.25,rows=" + ROWS, "m_jj"), Double::isNaN))
        .isCloseTo(0.25, within(0.004));
  }

  @Test
  void whatIsMissingDoesNotChangeTheOtherValues() throws IOException {
    double[] whole = column("generate:mixed,rows=5000,missing=0", "income");
    double[] holes = column("generate:mixed,rows=5000,missing=0.5", "income");
    for (int i = 0; i < whole.length; i++) {
      if (!Double.isNaN(holes[i])) {
        assertThat(holes[i]).isEqualTo(whole[i]);
      }
    }
  }

  @Test
  void mixedColumnsStayInTheirRanges() throws IOException {
    String name = "generate:mixed,missing=0,rows=" + ROWS;
    assertThat(Arrays.stream(column(name, "age"))).allMatch(v -> v >= 18 && v <= 90);
    assertThat(Arrays.stream(column(name, "income"))).allMatch(v -> v >= 0);
    assertThat(Arrays.stream(column(name, "rate")))
        .allMatch(v -> v > 0 && v <= 1 && v == v.floatValue());
    assertThat(Arrays.stream(column(name, "product")).distinct().count()).isEqualTo(1000);
    assertThat(share(column(name, "colour"), v -> v == 0)).isCloseTo(0.4, within(0.005));
    assertThat(Arrays.stream(column(name, "joined"))).allMatch(v -> v >= 14_610 && v <= 20_088);
    double[] label = column(name, "label");
    assertThat(mean(label)).isBetween(0.3, 0.7);
    assertThat(correlation(label, column(name, "income"))).isLessThan(-0.3);
  }
}
