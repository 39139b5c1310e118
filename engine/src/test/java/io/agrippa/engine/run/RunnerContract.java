package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.run.MemoryBench.Part;
import io.agrippa.engine.run.MemoryBench.Seam;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every runner of this process promises. Threads wait for each other most of the time. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class RunnerContract {
  private static final int SEEDS = 20;

  /** The runner under test. */
  abstract Runner runner();

  /** The most blocks that may be read and not yet appended. */
  abstract int mostLiveBlocks();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5_000, 49_999, 50_000, 60_000})
  void reducesTheRowsThatTheLimitAdmits(long limit) throws Exception {
    long rows = Math.min(limit, 50_000);
    MemoryBench.Sum expected = new MemoryBench.Sum(rows, rows * (rows - 1) / 2);
    Job reducing = MemoryBench.job().with(new Job.Analysis("sum", Map.of()));
    assertThat(reduced(reducing.first(limit), limit)).isEqualTo(expected);
    if (limit > rows) {
      assertThat(reduced(reducing, limit)).isEqualTo(expected);
    }
    assertThat(runner().run(MemoryBench.job(), MemoryBench.of(10), new RunControl()).aggregated())
        .isEmpty();
  }

  private Object reduced(Job job, long limit) throws Exception {
    MemoryBench bench = MemoryBench.of(1, 9_999, 0, 40_000);
    return runner()
        .run(job, bench, new RunControl())
        .aggregated()
        .map(Aggregation.State::result)
        .orElseThrow(() -> new AssertionError("nothing was reduced, limit " + limit));
  }

  private Measurement run(MemoryBench bench) throws IOException, InterruptedException {
    return run(bench, MemoryBench.job());
  }

  private Measurement run(MemoryBench bench, Job job) throws IOException, InterruptedException {
    Measurement measured = runner().run(job, bench, new RunControl()).measurement();
    assertThat(bench.committed).isTrue();
    assertAllClosed(bench);
    return measured;
  }

  private static void assertAllClosed(MemoryBench bench) {
    assertThat(bench.openReaders).hasValue(0);
    assertThat(bench.openPartitions).hasValue(0);
    assertThat(bench.sinkClosed.get()).isPositive();
    for (Thread thread : bench.threads) {
      assertThat(thread == Thread.currentThread() || !thread.isAlive())
          .as("%s has ended", thread)
          .isTrue();
    }
  }

  private static void assertFailedClean(MemoryBench bench) {
    assertThat(bench.committed).isFalse();
    assertAllClosed(bench);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 4095, 4096, 4097, 100_000})
  void deliversWhatAPlainLoopWould(long rows) throws Exception {
    MemoryBench bench = MemoryBench.of(rows);
    Measurement measured = run(bench);
    assertThat(bench.delivered).isEqualTo(bench.expected(rows));
    assertThat(measured.rows()).isEqualTo(rows);
    assertThat(measured.badRows()).isZero();
    assertThat(measured.bytesIn()).isEqualTo(8 * rows);
  }

  @Test
  void deliversNothingFromNoPartitions() throws Exception {
    MemoryBench bench = MemoryBench.of();
    assertThat(run(bench).rows()).isZero();
    assertThat(bench.delivered).isEmpty();
  }

  @Test
  void keepsTheOrderOverManyTinyPartitions() throws Exception {
    long[] sizes = new Random(1).longs(3000, 0, 4).toArray();
    MemoryBench bench = MemoryBench.of(sizes);
    Measurement measured = run(bench);
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
    assertThat(measured.partitions().count()).isEqualTo(3000);
  }

  @Test
  void keepsTheOrderOverUnevenPartitions() throws Exception {
    MemoryBench bench = MemoryBench.of(0, 1, 40_000, 0, 4096, 4097, 0, 0, 3, 20_000, 0);
    run(bench);
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
  }

  @Test
  void keepsTheOrderUnderEveryInterleaving() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      MemoryBench bench = MemoryBench.of(20_000, 3, 9000, 0, 50_000).with(new Turnstile(seed));
      run(bench);
      assertThat(bench.delivered).as("seed %d", seed).isEqualTo(bench.expected(bench.rows()));
    }
  }

  @Test
  void rowsThatDependOnEachOtherMeetOneWorkerInOrder() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      MemoryBench bench =
          MemoryBench.of(20_000, 3, 9000, 0, 1, 50_000, 7000)
              .withDependentRows()
              .with(new Turnstile(seed));
      run(bench);
      assertThat(bench.delivered).as("seed %d", seed).isEqualTo(bench.expected(bench.rows()));
    }
  }

  @Test
  void digestsDependOnTheRowsAndNotOnTheCut() throws Exception {
    Measurement whole = run(MemoryBench.of(50_000));
    Measurement cut = run(MemoryBench.of(1, 9_999, 0, 40_000));
    Measurement other = run(MemoryBench.of(49_999));
    assertThat(cut.outputDigest()).isEqualTo(whole.outputDigest());
    assertThat(cut.sequenceDigest()).isPresent().isEqualTo(whole.sequenceDigest());
    assertThat(other.outputDigest()).isNotEqualTo(whole.outputDigest());
    assertThat(other.sequenceDigest()).isNotEqualTo(whole.sequenceDigest());
  }

  @Test
  void agreesWithTheSerialRunner() throws Exception {
    MemoryBench here = MemoryBench.of(50_000, 1234);
    Measurement measured = run(here);
    MemoryBench serial = MemoryBench.of(51_234);
    Measurement baseline =
        new SerialRunner().run(MemoryBench.job(), serial, new RunControl()).measurement();
    assertThat(here.delivered).isEqualTo(serial.delivered);
    assertThat(measured.outputDigest()).isEqualTo(baseline.outputDigest());
    assertThat(measured.sequenceDigest()).isEqualTo(baseline.sequenceDigest());
  }

  @Test
  void measuresWhatItDid() throws Exception {
    MemoryBench bench = MemoryBench.of(10_000, 20_000).withBadRows(5, 25_000);
    Measurement measured = run(bench, MemoryBench.job().with(RowPolicy.NULL));
    assertThat(measured.runner()).isEqualTo(runner().name());
    assertThat(measured.rows()).isEqualTo(30_000);
    assertThat(measured.badRows()).isEqualTo(2);
    assertThat(measured.bytesIn()).isEqualTo(240_000);
    assertThat(measured.bytesOut()).isEqualTo(600_000);
    assertThat(measured.phases())
        .containsOnlyKeys(
            Phase.LOAD, Phase.COMPILE, Phase.START, Phase.READ, Phase.SCORE, Phase.WRITE);
    assertThat(measured.phases().values()).allMatch(time -> !time.isZero() && !time.isNegative());
    assertThat(measured.workers().stream().mapToLong(w -> w.rows()).sum()).isEqualTo(30_000);
    assertThat(measured.partitions().imbalance()).isBetween(1.0, 2.0);
    assertThat(measured.workers())
        .allSatisfy(
            worker ->
                assertThat(worker.start().plus(worker.busy()).plus(worker.idle()))
                    .isLessThanOrEqualTo(measured.wall()));
  }

  @Test
  void tellsWhoWorkedOnWhichPartitionWhen() throws Exception {
    Measurement measured = run(MemoryBench.of(10_000, 0, 20_000, 1));
    List<PartitionSpan> spans = measured.partitions().spans();
    assertThat(spans).extracting(PartitionSpan::index).containsExactly(0L, 1L, 2L, 3L);
    assertThat(spans).extracting(PartitionSpan::rows).containsExactly(10_000L, 0L, 20_000L, 1L);
    List<Integer> workers = measured.workers().stream().map(WorkerTime::number).toList();
    assertThat(workers).doesNotHaveDuplicates().isSorted();
    assertThat(spans).extracting(PartitionSpan::worker).isSubsetOf(workers);
    assertThat(spans)
        .allSatisfy(
            span -> {
              Duration opened = measured.workers().get(span.worker()).start();
              assertThat(span.start()).isGreaterThanOrEqualTo(opened);
              assertThat(span.end()).isBetween(span.start(), measured.wall());
            });
    assertThat(spans.stream().map(PartitionSpan::busy).reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(measured.partitions().total())
        .isPositive();
  }

  @Test
  void tellsItsListenerOfEveryRowAndByte() throws Exception {
    AtomicLong rows = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    AtomicReference<OptionalLong> announced = new AtomicReference<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void started(OptionalLong allRows, OptionalLong allBytes) {
            announced.set(allRows);
          }

          @Override
          public void advanced(long moreRows, long moreBytes) {
            rows.addAndGet(moreRows);
            bytes.addAndGet(moreBytes);
          }
        };
    runner().run(MemoryBench.job(), MemoryBench.of(9000, 1, 0, 3000), new RunControl(listener));
    assertThat(announced.get()).hasValue(12_001);
    assertThat(rows).hasValue(12_001);
    assertThat(bytes).hasValue(8 * 12_001);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4096, 4097, 30_000, 99_999, 100_000, 200_000})
  void aLimitGivesTheFirstRows(long limit) throws Exception {
    MemoryBench bench = MemoryBench.of(10_000, 5, 0, 60_000, 29_995);
    Measurement measured = run(bench, MemoryBench.job().first(limit));
    long rows = Math.min(limit, 100_000);
    assertThat(bench.delivered).isEqualTo(bench.expected(rows));
    assertThat(measured.rows()).isEqualTo(rows);
    assertThat(measured.outputDigest()).isEqualTo(run(MemoryBench.of(rows)).outputDigest());
  }

  @Test
  void aBadRowBehindTheLimitDoesNoHarm() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      MemoryBench bench =
          MemoryBench.of(6000, 6000).withBadRows(5001, 7000).with(new Turnstile(seed));
      run(bench, MemoryBench.job().first(5001));
      assertThat(bench.delivered).as("seed %d", seed).isEqualTo(bench.expected(5001));
    }
  }

  @Test
  void failsWithTheFirstBadRowInInputOrderUnderEveryInterleaving() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Part> parts =
          List.of(
              new Part("a", 9000),
              new Part("b", 5000),
              new Part("b", 4000),
              new Part("b", 9000),
              new Part("c", 9000));
      MemoryBench bench =
          new MemoryBench(parts)
              .withBadRows(30_000, 18_500, 35_999, 18_700)
              .with(new Turnstile(seed));
      assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, new RunControl()))
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              BadRowException.class,
              bad -> {
                assertThat(bad.origin()).isEqualTo("b");
                assertThat(bad.row()).isEqualTo(18_500 - 9000 + 1);
                assertThat(bad.field()).isEqualTo("x");
                assertThat(bad.value()).isEqualTo("18500");
              })
          .hasMessageStartingWith("b: row 9501: field \"x\" is \"18500\": it is bad; ");
      assertFailedClean(bench);
    }
  }

  @Test
  void badRowsAreMissingResultsWhereThePolicyAllowsThem() throws Exception {
    MemoryBench bench = MemoryBench.of(9000).withBadRows(0, 4095, 4096, 8999);
    assertThat(run(bench, MemoryBench.job().with(RowPolicy.NULL)).badRows()).isEqualTo(4);
    assertThat(bench.delivered).isEqualTo(bench.expected(9000));
  }

  @ParameterizedTest
  @EnumSource(value = Seam.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN_SINK")
  void aFailureAtAnySeamLeavesNothing(Seam where) {
    for (long seed = 0; seed < SEEDS / 4; seed++) {
      Turnstile turnstile = new Turnstile(seed);
      MemoryBench bench =
          MemoryBench.of(20_000, 20_000, 20_000)
              .with(
                  (seam, row) -> {
                    turnstile.at(seam, row);
                    if (seam == where && row >= 20_000) {
                      throw new IOException("broken at " + seam);
                    }
                  });
      assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, new RunControl()))
          .as("seed %d", seed)
          .satisfies(
              thrown ->
                  assertThat(where == Seam.APPLY ? thrown.getCause() : thrown)
                      .isInstanceOf(IOException.class)
                      .hasMessage("broken at " + where));
      assertThat(bench.committed.get()).isEqualTo(where == Seam.CLOSE_SINK);
      assertAllClosed(bench);
    }
  }

  @Test
  void theEarliestOfManyFailuresIsThrown() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Turnstile turnstile = new Turnstile(seed);
      MemoryBench bench =
          MemoryBench.of(20_000, 20_000, 20_000, 20_000)
              .with(
                  (seam, row) -> {
                    turnstile.at(seam, row);
                    if ((seam == Seam.READ && row == 20_000 + 2 * 4096)
                        || (seam == Seam.ENCODE && row == 20_000 + 3 * 4096)
                        || (seam == Seam.OPEN && row >= 40_000)) {
                      throw new IOException("broken at " + row);
                    }
                  });
      assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, new RunControl()))
          .as("seed %d", seed)
          .isInstanceOf(IOException.class)
          .hasMessage("broken at 28192");
      assertFailedClean(bench);
    }
  }

  @Test
  void anErrorInTheOperatorEndsTheRun() {
    MemoryBench bench =
        MemoryBench.of(20_000, 20_000)
            .with(
                (seam, row) -> {
                  if (seam == Seam.APPLY && row > 20_000) {
                    throw new StackOverflowError("too deep");
                  }
                });
    assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, new RunControl()))
        .isInstanceOf(StackOverflowError.class);
    assertFailedClean(bench);
  }

  @Test
  void holdsFewBlocksWhateverIsSlow() throws Exception {
    for (long seed = 0; seed < SEEDS / 4; seed++) {
      for (Seam slow : List.of(Seam.READ, Seam.APPLY, Seam.APPEND)) {
        Turnstile turnstile = new Turnstile(seed);
        MemoryBench bench =
            MemoryBench.of(120_000, 1000, 0, 60_000, 9000)
                .with(
                    (seam, row) -> {
                      if (seam == slow) {
                        turnstile.at(seam, row);
                      }
                    });
        run(bench);
        assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
        assertThat(bench.mostLive.get())
            .as("seed %d, slow %s", seed, slow)
            .isLessThanOrEqualTo(mostLiveBlocks());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Seam.class,
      names = {"NEXT_PARTITION", "READ", "APPLY", "APPEND"})
  void cancellingLeavesNothing(Seam where) throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    MemoryBench bench =
        MemoryBench.of(100_000, 100_000)
            .with(
                (seam, row) -> {
                  if (seam == where && row >= 100_000) {
                    there.countDown();
                    if (where != Seam.APPEND) {
                      await(cancelled); // a read that heeds no interrupt; an append is waited for
                    }
                  }
                });
    RunControl control = new RunControl();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                runner().run(MemoryBench.job(), bench, control);
              } catch (IOException | InterruptedException | RuntimeException e) {
                thrown.set(e);
              }
            });
    bench.threads.add(caller);
    caller.start();
    await(there);
    control.cancel();
    boolean sinkClosed = bench.sinkClosed.get() > 0;
    boolean committed = bench.committed.get();
    cancelled.countDown();
    caller.join();
    assertThat(sinkClosed).isTrue();
    assertThat(committed && where != Seam.APPEND).isFalse();
    if (!bench.committed.get()) {
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      joinAll(bench);
      assertFailedClean(bench);
    }
  }

  @Test
  void anOutputThatCannotBeOpenedLeavesNothingOpen() {
    MemoryBench bench =
        MemoryBench.of(10)
            .with(
                (seam, row) -> {
                  if (seam == Seam.OPEN_SINK) {
                    throw new IOException("no such folder");
                  }
                });
    assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, new RunControl()))
        .isInstanceOf(IOException.class)
        .hasMessage("no such folder");
    assertThat(bench.openPartitions).hasValue(0);
    assertThat(bench.sinkClosed).hasValue(0);
  }

  /** A signal ends the process when cancel returns, so nothing may be made after that. */
  @Test
  void cancellingWhileTheOutputIsOpenedLeavesNothing() throws Exception {
    AtomicReference<Thread> canceller = new AtomicReference<>();
    AtomicBoolean closedWhenCancelReturned = new AtomicBoolean();
    CountDownLatch cancelled = new CountDownLatch(1);
    RunControl control = new RunControl();
    MemoryBench bench = MemoryBench.of(10);
    bench.with(
        (seam, row) -> {
          if (seam == Seam.OPEN_SINK) {
            Thread thread =
                new Thread(
                    () -> {
                      control.cancel();
                      closedWhenCancelReturned.set(bench.sinkClosed.get() > 0);
                      cancelled.countDown();
                    });
            canceller.set(thread);
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING
                && thread.getState() != Thread.State.TERMINATED) {
              Thread.onSpinWait();
            }
          } else if (seam == Seam.NEXT_PARTITION) {
            await(cancelled); // or the run could be over first
          }
        });
    assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, control))
        .isInstanceOf(InterruptedException.class);
    canceller.get().join();
    assertThat(closedWhenCancelReturned).isTrue();
    assertFailedClean(bench);
  }

  @Test
  void interruptingTheCallerCancels() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    MemoryBench bench =
        MemoryBench.of(100_000, 100_000)
            .with(
                (seam, row) -> {
                  if (seam == Seam.READ && row >= 100_000) {
                    there.countDown();
                    await(interrupted);
                  }
                });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                runner().run(MemoryBench.job(), bench, new RunControl());
              } catch (IOException | InterruptedException | RuntimeException e) {
                thrown.set(e);
              }
            });
    bench.threads.add(caller);
    caller.start();
    await(there);
    caller.interrupt();
    interrupted.countDown();
    joinAll(bench);
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertFailedClean(bench);
  }

  @Test
  void aRunThatWasCancelledBeforeItBeganOpensNothing() {
    RunControl control = new RunControl();
    control.cancel();
    MemoryBench bench = MemoryBench.of(10);
    assertThatThrownBy(() -> runner().run(MemoryBench.job(), bench, control))
        .isInstanceOf(InterruptedException.class);
    assertThat(bench.sinkClosed).hasValue(0);
    assertThat(bench.openPartitions).hasValue(0);
  }

  @Test
  void oneRunnerDoesManyJobsAtTheSameTime() throws Exception {
    Runner runner = runner();
    List<MemoryBench> benches = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      MemoryBench bench = MemoryBench.of(20_000 + i, 100).with(new Turnstile(i));
      benches.add(bench);
      Thread caller =
          new Thread(
              () -> {
                try {
                  runner.run(MemoryBench.job(), bench, new RunControl());
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    for (MemoryBench bench : benches) {
      assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
    }
  }

  static void joinAll(MemoryBench bench) throws InterruptedException {
    for (Thread thread : List.copyOf(bench.threads)) {
      if (thread != Thread.currentThread()) {
        thread.join();
      }
    }
  }

  static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
