package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.run.MemoryBench.Seam;
import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ThreadsRunnerTest {
  /** About what one full block of the bench counts: 1024 + 3 · 64 + rows · (17 + 17 + 8). */
  private static final long BLOCK_BYTES = 170_000;

  private static Runner shared(int threads) {
    return new ThreadsRunner(ThreadKind.PLATFORM, threads, new Schedule.Shared());
  }

  private static Runner shared(int threads, long budget) {
    return new ThreadsRunner(ThreadKind.PLATFORM, threads, new Schedule.Shared(), budget);
  }

  @Nested
  final class OneThread extends RunnerContract {
    @Override
    Runner runner() {
      return shared(1);
    }

    @Override
    int mostLiveBlocks() {
      return 1;
    }
  }

  @Nested
  final class TwoThreadsWithSmallBudget extends RunnerContract {
    @Override
    Runner runner() {
      return shared(2, 4 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 2;
    }
  }

  @Nested
  final class SevenThreadsWithoutBudget extends RunnerContract {
    @Override
    Runner runner() {
      return shared(7, 0);
    }

    @Override
    int mostLiveBlocks() {
      return 3 * 7;
    }
  }

  @Nested
  final class EightThreads extends RunnerContract {
    @Override
    Runner runner() {
      return shared(8, 16 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 17 + 3 * 8;
    }
  }

  @Nested
  final class ThreeThreadsStatic extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 3, new Schedule.Static(1), 4 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 3;
    }
  }

  @Nested
  final class FourThreadsStaticInChunksWithoutBudget extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 4, new Schedule.Static(2), 0);
    }

    @Override
    int mostLiveBlocks() {
      return 3 * 4;
    }
  }

  @Nested
  final class ThreeThreadsDynamicInChunks extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 3, new Schedule.Dynamic(2), 4 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 3;
    }
  }

  @Nested
  final class ThreeThreadsGuided extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 3, new Schedule.Guided(), 64 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 65 + 3 * 3;
    }
  }

  @Nested
  final class ThreeThreadsStealing extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 3, new Schedule.Stealing(), 4 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 3;
    }
  }

  @Nested
  final class SevenThreadsStealingWithoutBudget extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(ThreadKind.PLATFORM, 7, new Schedule.Stealing(), 0);
    }

    @Override
    int mostLiveBlocks() {
      return 3 * 7;
    }
  }

  /**
   * Who does what where the first of ten partitions is not done before all that other workers may
   * do: the virtual cost of the first is 9, of each other 1. The others wait until the first is
   * begun, so that no worker is ahead because its thread was started sooner.
   */
  private static long[] costs(Schedule schedule, int others) throws Exception {
    CountDownLatch firstBegun = new CountDownLatch(1);
    CountDownLatch othersDone = new CountDownLatch(others);
    MemoryBench bench =
        MemoryBench.of(10, 10, 10, 10, 10, 10, 10, 10, 10, 10)
            .with(
                (seam, row) -> {
                  if (seam == Seam.APPLY && row == 0) {
                    firstBegun.countDown();
                    RunnerContract.await(othersDone);
                  } else if (seam == Seam.APPLY) {
                    RunnerContract.await(firstBegun);
                    othersDone.countDown();
                  }
                });
    Measurement measured =
        new ThreadsRunner(ThreadKind.PLATFORM, 2, schedule)
            .run(MemoryBench.job(), bench, new RunControl())
            .measurement();
    assertThat(bench.delivered).isEqualTo(bench.expected(100));
    long[] costs = new long[2];
    for (PartitionSpan span : measured.partitions().spans()) {
      costs[span.worker()] += span.index() == 0 ? 9 : 1;
    }
    Arrays.sort(costs);
    return costs;
  }

  @Test
  @Timeout(60)
  void measurementsShowTheImbalanceThatAScheduleLeaves() throws Exception {
    assertThat(costs(new Schedule.Static(1), 5)).containsExactly(5, 13);
    assertThat(costs(new Schedule.Dynamic(1), 9)).containsExactly(9, 9);
    assertThat(costs(new Schedule.Stealing(), 9)).containsExactly(9, 9);
    assertThat(costs(new Schedule.Shared(), 9)).containsExactly(9, 9);
  }

  @Test
  @Timeout(60)
  void staticKeepsToItsTurns() throws Exception {
    MemoryBench bench = MemoryBench.of(5000, 0, 9000, 1, 1, 1, 7).with(new Turnstile(3));
    Measurement measured =
        new ThreadsRunner(ThreadKind.PLATFORM, 2, new Schedule.Static(2))
            .run(MemoryBench.job(), bench, new RunControl())
            .measurement();
    assertThat(measured.partitions().spans())
        .extracting(PartitionSpan::worker)
        .containsExactly(0, 0, 1, 1, 0, 0, 1);
  }

  @Test
  @Timeout(60)
  void workersShareOneHugePartition() throws Exception {
    CyclicBarrier together = new CyclicBarrier(4); // passes only when four score at the same time
    MemoryBench bench =
        MemoryBench.of(16 * 4096)
            .with(
                (seam, row) -> {
                  if (seam == Seam.APPLY) {
                    pass(together);
                  }
                });
    shared(4).run(MemoryBench.job(), bench, new RunControl());
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
  }

  @Test
  @Timeout(60)
  void workersShareTheHeadWhenTheirOwnPartitionsMustWait() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    MemoryBench bench =
        MemoryBench.of(16 * 4096, 16 * 4096)
            .with(
                (seam, row) -> {
                  if (seam == Seam.APPLY && row < 16 * 4096) {
                    pass(together);
                  }
                });
    // Without a budget only the head may be read.
    shared(2, 0).run(MemoryBench.job(), bench, new RunControl());
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
  }

  @Test
  @Timeout(60)
  void othersGoOnWhileOneAppends() throws Exception {
    CountDownLatch scoredMore = new CountDownLatch(3);
    MemoryBench bench =
        MemoryBench.of(10 * 4096)
            .with(
                (seam, row) -> {
                  if (seam == Seam.APPEND && row == 0) {
                    RunnerContract.await(scoredMore);
                  } else if (seam == Seam.APPLY && row > 0) {
                    scoredMore.countDown();
                  }
                });
    shared(2).run(MemoryBench.job(), bench, new RunControl());
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
  }

  @Test
  @Timeout(60)
  void eachWorkerHasAtMostOnePartitionOpen() throws Exception {
    MemoryBench bench =
        MemoryBench.of(9000, 9000, 9000, 9000, 9000, 9000, 9000).with(new Turnstile(5));
    shared(3).run(MemoryBench.job(), bench, new RunControl());
    assertThat(bench.mostOpenReaders.get()).isLessThanOrEqualTo(3);
  }

  @Test
  @Timeout(60)
  void aReadThatIsStuckDoesNotHoldUpAFailure() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    MemoryBench bench =
        MemoryBench.of(4096, 4096)
            .withBadRows(7)
            .with(
                (seam, row) -> {
                  if (seam == Seam.READ && row == 4096) {
                    stuck.countDown();
                    RunnerContract.await(over);
                  } else if (seam == Seam.APPLY && row == 0) {
                    RunnerContract.await(stuck);
                  }
                });
    assertThatThrownBy(() -> shared(2).run(MemoryBench.job(), bench, new RunControl()))
        .isInstanceOf(BadRowException.class);
    over.countDown();
    RunnerContract.joinAll(bench);
    // The last one out has closed what was open.
    assertThat(bench.openReaders).hasValue(0);
    assertThat(bench.openPartitions).hasValue(0);
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (BrokenBarrierException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
