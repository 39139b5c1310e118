package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  @Test
  void aboutTheWantedShareOfRowsIsChosenInEveryStretchOfThem() {
    for (double share : new double[] {0.01, 0.2, 0.8}) {
      RowSample sample = new RowSample(share, 42);
      for (long start = 0; start < 1_000_000; start += 100_000) {
        long chosen = LongStream.range(start, start + 100_000).filter(sample::learns).count();
        double deviation = Math.sqrt(100_000 * share * (1 - share));
        assertThat((double) chosen)
            .isBetween(100_000 * share - 5 * deviation, 100_000 * share + 5 * deviation);
      }
    }
  }

  @Test
  void anotherSeedChoosesOtherRows() {
    RowSample one = new RowSample(0.5, 1);
    RowSample two = new RowSample(0.5, 2);
    long both = LongStream.range(0, 10_000).filter(r -> one.learns(r) && two.learns(r)).count();
    assertThat(both).isBetween(2_300L, 2_700L);
  }

  @Test
  void theWholeShareChoosesAll() {
    assertThat(LongStream.range(0, 10_000).allMatch(new RowSample(1, 3)::learns)).isTrue();
  }
}
