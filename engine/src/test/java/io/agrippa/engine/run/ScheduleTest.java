package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schedules without threads: workers are numbers, and a partition costs what it says, so that who
 * does what is the same in every run.
 */
final class ScheduleTest {
  /** A partition of so many bytes. */
  private record Sized(long bytes) implements Partition {
    @Override
    public String origin() {
      return "nowhere";
    }

    @Override
    public BlockReader open() {
      throw new UnsupportedOperationException("only dealt");
    }
  }

  /** What came of dealing: who did each partition, and when each worker was done with its last. */
  private record Played(int[] owners, long[] ends) {
    long end() {
      return Arrays.stream(ends).max().orElse(0);
    }

    double imbalance(long[] costs) {
      long[] busy = new long[ends.length];
      for (int i = 0; i < owners.length; i++) {
        busy[owners[i]] += costs[i];
      }
      return Arrays.stream(busy).max().orElseThrow()
          * (double) busy.length
          / Arrays.stream(costs).sum();
    }
  }

  private record Free(int worker, long at) {}

  /** Lets workers take partitions of these costs; who is free first goes first. */
  private static Played play(Schedule schedule, int workers, long[] costs, boolean sizesAreKnown) {
    Dealer dealer = new Dealer(schedule, workers, Long.MAX_VALUE);
    int[] owners = new int[costs.length];
    long[] ends = new long[workers];
    PriorityQueue<Free> free =
        new PriorityQueue<>(Comparator.comparingLong(Free::at).thenComparingInt(Free::worker));
    for (int i = 0; i < workers; i++) {
      free.add(new Free(i, 0));
    }
    int dealt = 0;
    while (!free.isEmpty()) {
      Free next = free.poll();
      Lane lane = dealer.takeOwn(next.worker());
      while (lane == null && dealt < costs.length && dealer.isWanting()) {
        int left = costs.length - dealt - 1;
        dealer.deal(
            new Lane(new Sized(1), dealt++),
            next.worker(),
            sizesAreKnown ? OptionalLong.of(left) : OptionalLong.empty());
        lane = dealer.takeOwn(next.worker());
      }
      if (lane == null) {
        lane = dealer.steal();
      }
      if (lane != null) {
        owners[(int) lane.index] = next.worker();
        ends[next.worker()] = next.at() + costs[(int) lane.index];
        free.add(new Free(next.worker(), ends[next.worker()]));
      } else {
        assertThat(dealer.hasFor(next.worker())).isFalse();
      }
    }
    return new Played(owners, ends);
  }

  private static long[] same(int partitions) {
    long[] costs = new long[partitions];
    Arrays.fill(costs, 1);
    return costs;
  }

  @Test
  void staticGoesRoundWhateverItCosts() {
    long[] costs = {9, 1, 1, 1, 9, 1, 1};
    assertThat(play(new Schedule.Static(1), 3, costs, true).owners())
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(play(new Schedule.Static(2), 3, costs, false).owners())
        .containsExactly(0, 0, 1, 1, 2, 2, 0);
  }

  @Test
  void dynamicGivesTheNextChunkToWhoIsFree() {
    long[] costs = {5, 1, 1, 1, 1, 1, 1};
    assertThat(play(new Schedule.Dynamic(1), 2, costs, false).owners())
        .containsExactly(0, 1, 1, 1, 1, 1, 0);
    assertThat(play(new Schedule.Dynamic(2), 2, costs, false).owners())
        .containsExactly(0, 0, 1, 1, 1, 1, 1);
    assertThat(play(new Schedule.Shared(), 2, costs, false).owners())
        .containsExactly(0, 1, 1, 1, 1, 1, 0);
  }

  @Test
  void guidedHalvesEachShareOfWhatIsLeft() {
    // Chunks of 16 / 4, 12 / 4, 9 / 4 and 7 / 4, then of one; 1 is done first, at time 3.
    assertThat(play(new Schedule.Guided(), 2, same(16), true).owners())
        .startsWith(0, 0, 0, 0, 1, 1, 1, 1, 1, 0);
  }

  @Test
  void guidedIsDynamicWhereTheEndIsNotKnown() {
    long[] costs = {5, 1, 1, 1, 1, 1, 1};
    assertThat(play(new Schedule.Guided(), 2, costs, false).owners())
        .isEqualTo(play(new Schedule.Dynamic(1), 2, costs, false).owners());
  }

  @Test
  void noGuidedChunkIsLargerThanMemoryAllows() {
    Schedule.State state = new Schedule.State(1, 4, 0, OptionalLong.of(1_000_000), 12);
    assertThat(new Schedule.Guided().next(state)).isEqualTo(new Schedule.Chunk(1, 12));
  }

  @Test
  void whoeverHasNothingLeftStealsTheForemost() {
    long[] costs = {9, 1, 1, 1, 1, 1, 1, 1};
    // By turns 0 would have 0, 2, 4 and 6; it is still at 0 when 1 has done the rest.
    assertThat(play(new Schedule.Stealing(), 2, costs, false).owners())
        .containsExactly(0, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void unequalCostsShowAsImbalance() {
    long[] costs = new long[16];
    Arrays.setAll(costs, i -> i % 4 == 0 ? 10 : 1); // a costly key every fourth partition
    Played fixed = play(new Schedule.Static(1), 4, costs, true);
    assertThat(fixed.end()).isEqualTo(40); // one worker got all that are costly
    assertThat(fixed.imbalance(costs)).isEqualTo(40 / 13.0);
    // Worked by hand: worker 0 begins partition 0, 1 to 3 the next; 4 goes to 1 at time 1, 8 to 3
    // at 2, 12 to 2 at 6.
    Played dynamic = play(new Schedule.Dynamic(1), 4, costs, true);
    assertThat(dynamic.end()).isEqualTo(16);
    Played stolen = play(new Schedule.Stealing(), 4, costs, true);
    assertThat(stolen.end()).isLessThan(20);
    assertThat(stolen.imbalance(costs)).isLessThan(fixed.imbalance(costs));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shared", "static", "static:3", "dynamic", "dynamic:4", "guided", "stealing"})
  void everyPartitionIsBegunOnceInRowOrderByEachWorker(String name) {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      int workers = 1 + random.nextInt(9);
      long[] costs = random.longs(random.nextInt(60), 1, 30).toArray();
      Played played = play(Schedule.parse(name), workers, costs, random.nextBoolean());
      long[] busy = new long[workers];
      for (int i = 0; i < costs.length; i++) {
        busy[played.owners()[i]] += costs[i];
      }
      // Whoever did a partition did nothing else meanwhile, and none was left out or done twice.
      assertThat(busy).as("%s, round %d", name, round).isEqualTo(played.ends());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "static:3", "dynamic", "dynamic:4", "guided", "stealing"})
  void aScheduleIsWrittenAsItIsRead(String name) {
    assertThat(Schedule.parse(name).suffix()).isEqualTo(":" + name);
  }

  @Test
  void whatIsNoScheduleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse("fair"))
        .withMessageContaining("use one of shared, static[:CHUNK]");
    assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Static(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Dynamic(-1));
  }
}
