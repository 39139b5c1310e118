package io.agrippa.engine.run;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.Phase;
import java.io.IOException;
import java.util.List;

/** Everything in turn on the calling thread: the baseline that other runners are held against. */
final class SerialRunner extends LocalRunner {
  SerialRunner() {
    super("serial");
  }

  @Override
  List<WorkerTally> move(MoveOrder order, Partitions partitions, Delivery delivery)
      throws IOException, InterruptedException {
    WorkerClock clock = new WorkerClock();
    clock.start();
    BlockWork work = new BlockWork(order, clock);
    try (partitions) {
      while (!delivery.isFull()) {
        long before = clock.busy();
        Partition partition = partitions.next();
        if (partition == null) {
          break;
        }
        delivery.startPartition(partition.origin());
        long appending = move(partition, work, clock, delivery);
        delivery.endPartition(clock.busy() - before - appending, partition.bytes());
      }
    }
    clock.lap(Phase.READ);
    clock.stop();
    return List.of(work.tally());
  }

  /** Moves one partition; returns the nanoseconds of it that went into appending. */
  private static long move(
      Partition partition, BlockWork work, WorkerClock clock, Delivery delivery)
      throws IOException, InterruptedException {
    long appending = 0;
    try (BlockReader reader = partition.open()) {
      while (!delivery.isFull()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the run was cancelled");
        }
        Block block = reader.next();
        clock.lap(Phase.READ);
        if (block == null) {
          break;
        }
        Outcome.Scored scored = work.process(block);
        delivery.deliver(scored);
        appending += clock.lap(Phase.WRITE);
      }
    }
    clock.lap(Phase.READ);
    return appending;
  }
}
