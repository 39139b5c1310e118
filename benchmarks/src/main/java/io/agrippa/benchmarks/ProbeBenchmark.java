package io.agrippa.benchmarks;

import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.WorkerClock;
import io.agrippa.engine.run.WorkerClock.Wait;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What measuring costs: the laps of a worker's clock for one block, beside the computing of one
 * block by the cheapest model there is here. The one over the other is what a run pays for its
 * measurement, and more than that, because reading, hashing and writing are left out of the block.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@State(Scope.Thread)
public class ProbeBenchmark {
  /** Rows of the block: a full one, and what many small partitions leave. */
  @Param({"4096", "64"})
  public int rows;

  private WorkerClock clock;
  private Contender model;

  /** Starts the clock and compiles the model. */
  @Setup(Level.Trial)
  public void prepare() {
    clock = new WorkerClock(0, System.nanoTime());
    clock.start();
    Rows block =
        Rows.numeric(5, rows, Logistic.COLUMNS).withTexts(6, Logistic.TEXTS, Logistic.CATEGORIES);
    model = new AgrippaContender(Logistic.pmml(), block, "yes");
  }

  /** All that the clock does for a block that one of several threads reads, scores and appends. */
  @Benchmark
  public long probe() {
    clock.lap(Wait.OTHER);
    clock.beginRead(Wait.INPUT);
    long before = clock.busy();
    clock.lap(Phase.READ);
    clock.scored(rows);
    clock.lap(Phase.SCORE);
    clock.lap(Phase.AGGREGATE);
    clock.lap(Phase.WRITE);
    long busy = clock.busy() - before;
    clock.lap(Wait.OTHER);
    clock.lap(Phase.WRITE);
    return busy + clock.marked();
  }

  /** Scores one block. */
  @Benchmark
  public Object block() {
    return model.score();
  }
}
