package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.run.MemoryBench.Seam;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ThreadsRunnerTest {
  /** About what one full block of the bench counts: 1024 + 3 · 64 + rows · (17 + 17 + 8). */
  private static final long BLOCK_BYTES = 170_000;

  @Nested
  final class OneThread extends RunnerContract {
    @Override
    Runner runner() {
      return new ThreadsRunner(1);
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
      return new ThreadsRunner(2, 4 * BLOCK_BYTES);
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
      return new ThreadsRunner(7, 0);
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
      return new ThreadsRunner(8, 16 * BLOCK_BYTES);
    }

    @Override
    int mostLiveBlocks() {
      return 17 + 3 * 8;
    }
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
    new ThreadsRunner(4).run(MemoryBench.job(), bench, new RunControl());
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
    new ThreadsRunner(2, 0).run(MemoryBench.job(), bench, new RunControl());
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
    new ThreadsRunner(2).run(MemoryBench.job(), bench, new RunControl());
    assertThat(bench.delivered).isEqualTo(bench.expected(bench.rows()));
  }

  @Test
  @Timeout(60)
  void eachWorkerHasAtMostOnePartitionOpen() throws Exception {
    MemoryBench bench =
        MemoryBench.of(9000, 9000, 9000, 9000, 9000, 9000, 9000).with(new Turnstile(5));
    new ThreadsRunner(3).run(MemoryBench.job(), bench, new RunControl());
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
    assertThatThrownBy(() -> new ThreadsRunner(2).run(MemoryBench.job(), bench, new RunControl()))
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
