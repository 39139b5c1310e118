package io.agrippa.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time a row. Each thread has its own engine; predictions are compared before anything is timed.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@State(Scope.Thread)
public class ScoringBenchmark {
  /** Rows of an invocation: one block of ours. */
  static final int ROWS = 4096;

  /** What is scored: a {@link Workload}, by name because code that JMH generates cannot see one. */
  @Param({"BOOSTED", "FOREST", "LOGISTIC"})
  public String workload;

  /** By whom: a {@link Workload.Engine}. */
  @Param({"AGRIPPA", "AGRIPPA_ARRAYS", "AGRIPPA_RECORDS", "JPMML", "PMML4S", "XGBOOST", "SMILE"})
  public String engine;

  /** Share of missing values. */
  @Param({"0", "0.1"})
  public double missing;

  /** Where the models are kept. */
  @Param({"benchmarks/target/models"})
  public String models;

  private Contender contender;

  /** Makes the engine ready and compares its predictions for all rows. */
  @Setup(Level.Trial)
  public void prepare() {
    Models kept = new Models(Path.of(models));
    Workload what = Workload.valueOf(workload);
    Workload.Engine who = Workload.Engine.valueOf(engine);
    Rows rows = Models.rows(what, ROWS, missing);
    contender = kept.contender(what, who, rows);
    kept.requireAgreement(what, who, contender, missing, rows);
  }

  /** Gives back what the engine holds. */
  @TearDown(Level.Trial)
  public void close() {
    contender.close();
  }

  /** Scores all rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object score() {
    return contender.score();
  }
}
