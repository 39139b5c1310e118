package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scoring in SQL costs, from Parquet into nothing, in processor time of the process; answers
 * are compared first, ways are measured in turns, and ratios are medians over the turns. Not among
 * the tests that a build runs; docs/spark.md says how it is run.
 */
class SqlBenchmark {
  private static final int TURNS = 9;
  private static final int WARM_UPS = 4;
  private static final double[] COEFFICIENTS = {0.25, -1.5, 3.75, 0.001, -20, 7.5};

  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("SqlBenchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", AgrippaExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @Test
  void aLinearModelAgainstAnExpressionOfSparks() throws Exception {
    int rows = 10_000_000;
    StringBuilder make = new StringBuilder("SELECT id");
    StringBuilder fields = new StringBuilder();
    StringBuilder mining = new StringBuilder();
    StringBuilder predictors = new StringBuilder();
    StringBuilder expression = new StringBuilder("12.5D");
    for (int i = 0; i < COEFFICIENTS.length; i++) {
      make.append(", rand(%d) * 100 AS x%d".formatted(i, i));
      fields.append("<DataField name='x%d' optype='continuous' dataType='double'/>".formatted(i));
      mining.append("<MiningField name='x%d'/>".formatted(i));
      predictors.append(
          "<NumericPredictor name='x%d' coefficient='%s'/>".formatted(i, COEFFICIENTS[i]));
      expression.append(" + x%d * %sD".formatted(i, COEFFICIENTS[i]));
    }
    Path model =
        Files.writeString(
            folder.resolve("linear.pmml"),
            """
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
              <DataDictionary>%s<DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
              <RegressionModel functionName="regression">
                <MiningSchema>%s<MiningField name="y" usageType="target"/></MiningSchema>
                <RegressionTable intercept="12.5">%s</RegressionTable>
              </RegressionModel>
            </PMML>
            """
                .formatted(fields, mining, predictors));
    String data = folder.resolve("linear").toString();
    session.sql(make + " FROM range(0, " + rows + ", 1, 8)").write().parquet(data);
    session.read().parquet(data).createOrReplaceTempView("points");
    String scored = "agrippa_score('" + model + "', struct(*)).y";
    Row differences =
        session
            .sql(
                "SELECT count(y), max(abs(y - z)) FROM (SELECT %s AS y, %s AS z FROM points)"
                    .formatted(scored, expression))
            .first();
    assertThat(differences.getLong(0)).isEqualTo(rows);
    assertThat(differences.getDouble(1)).isLessThan(1e-9);
    for (String from : List.of("points", "points WHERE x0 > 1")) {
      Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
      ways.put("Spark's expression", session.sql("SELECT " + expression + " AS y FROM " + from));
      ways.put("agrippa_score", session.sql("SELECT " + scored + " AS y FROM " + from));
      measure("linear model of 6 fields, " + from, rows, ways);
    }
  }

  @Test
  void boostedTreesInSqlAgainstTransform() throws Exception {
    String data = folder.resolve("flights.parquet").toString();
    long rows =
        Agrippa.run(
                Job.copy(new Job.Dataset("dataset:flights"), new Job.Dataset(data)),
                Runners.named("threads:2"),
                new RunControl())
            .measurement()
            .rows();
    Dataset<Row> flights = session.read().parquet(data);
    flights.createOrReplaceTempView("flights");
    try (DataFrameScorer scorer =
        DataFrameScorer.load(
            session, "model:flights-delay", ScoringOptions.DEFAULT.keeping("origin"))) {
      AgrippaFunctions.register(session, "delay", scorer);
      String query = "SELECT origin, s.* FROM (SELECT origin, %s AS s FROM flights)";
      Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
      ways.put("transform", scorer.transform(flights));
      ways.put("agrippa_score", session.sql(query.formatted("delay(struct(*))")));
      List<Dataset<Row>> both = List.copyOf(ways.values());
      assertThat(both.get(1).exceptAll(both.get(0)).count()).isZero();
      measure("boosted trees of model:flights-delay", rows, ways);
    }
  }

  private static void measure(String model, long rows, Map<String, Dataset<Row>> ways) {
    List<String> names = List.copyOf(ways.keySet());
    Map<String, double[]> nanos = new LinkedHashMap<>();
    names.forEach(name -> nanos.put(name, new double[TURNS]));
    for (int turn = -WARM_UPS; turn < TURNS; turn++) {
      List<String> order = new ArrayList<>(names);
      if (turn % 2 != 0) {
        Collections.reverse(order);
      }
      for (String name : order) {
        long begun = ProcessCpu.now().orElseThrow().toNanos();
        ways.get(name).write().format("noop").mode("overwrite").save();
        if (turn >= 0) {
          nanos.get(name)[turn] =
              (ProcessCpu.now().orElseThrow().toNanos() - begun) / (double) rows;
        }
      }
    }
    for (String name : names) {
      double[] ratios = new double[TURNS];
      for (int turn = 0; turn < TURNS; turn++) {
        ratios[turn] = nanos.get(name)[turn] / nanos.get(names.get(0))[turn];
      }
      Arrays.sort(ratios);
      double[] own = nanos.get(name).clone();
      Arrays.sort(own);
      System.out.printf(
          "%s, %,d rows, %s: %.1f ns of processor time a row, %.2f (%.2f to %.2f) times %s%n",
          model,
          rows,
          name,
          own[TURNS / 2],
          ratios[TURNS / 2],
          ratios[0],
          ratios[TURNS - 1],
          names.get(0));
    }
  }
}
