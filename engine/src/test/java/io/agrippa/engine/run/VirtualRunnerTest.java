package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.measure.Measurement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
final class VirtualRunnerTest {
  private static final long BUDGET = 680_000; // four blocks of the bench, about

  private static Runner virtual(int threads, Schedule schedule) {
    return new ThreadsRunner(ThreadKind.VIRTUAL, threads, schedule, BUDGET);
  }

  @Nested
  final class Shared extends RunnerContract {
    @Override
    Runner runner() {
      return virtual(3, new Schedule.Shared());
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 3;
    }
  }

  @Nested
  final class ManyStealing extends RunnerContract {
    @Override
    Runner runner() {
      return virtual(40, new Schedule.Stealing());
    }

    @Override
    int mostLiveBlocks() {
      return 5 + 3 * 40;
    }
  }

  @Test
  void hasNoProcessorClockAndSaysSo() throws Exception {
    Measurement measured =
        virtual(2, new Schedule.Shared())
            .run(MemoryBench.job(), MemoryBench.of(50_000), new RunControl())
            .measurement();
    assertThat(measured.workers()).hasSize(2);
    assertThat(measured.workers())
        .allSatisfy(
            worker -> {
              assertThat(worker.cpu()).isEmpty();
              assertThat(worker.allocatedBytes()).isEmpty();
            });
    assertThat(measured.allocatedBytes()).isEmpty();
  }
}
