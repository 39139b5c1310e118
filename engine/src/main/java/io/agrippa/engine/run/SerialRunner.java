package io.agrippa.engine.run;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Everything in turn on the calling thread: the baseline that other runners are held against. */
final class SerialRunner extends LocalRunner {
  SerialRunner() {
    super("serial");
  }

  @Override
  protected List<WorkerTally> move(MoveOrder order, Partitions partitions, Delivery delivery)
      throws IOException, InterruptedException {
    try (partitions) {
      return List.of(new Loop(order, delivery).run(partitions));
    }
  }

  /** One run's loop. */
  private static final class Loop {
    private final Delivery delivery;
    private final WorkerClock clock;
    private final BlockWork work;
    private long rows; // of the partition at hand
    private long appending; // nanoseconds of it that went into appending

    Loop(MoveOrder order, Delivery delivery) {
      this.delivery = delivery;
      this.clock = new WorkerClock(0, order.runStart());
      this.work = new BlockWork(order, clock);
    }

    WorkerTally run(Partitions partitions) throws IOException, InterruptedException {
      clock.start();
      for (long index = 0; !delivery.isFull(); index++) {
        long before = clock.busy();
        long start = clock.marked();
        Partition partition = partitions.next();
        if (partition == null) {
          break;
        }
        delivery.startPartition(partition.origin());
        move(partition);
        long busy = clock.busy() - before - appending;
        PartitionSpan span =
            new PartitionSpan(
                index,
                clock.number(),
                rows,
                Duration.ofNanos(start),
                Duration.ofNanos(clock.marked()),
                Duration.ofNanos(busy));
        delivery.endPartition(span, partition.bytes());
      }
      clock.lap(Phase.READ);
      return work.tally();
    }

    private void move(Partition partition) throws IOException, InterruptedException {
      rows = 0;
      appending = 0;
      work.startPartition(partition);
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
          rows += scored.rows();
          delivery.deliver(scored);
          appending += clock.lap(Phase.WRITE);
        }
      }
      clock.lap(Phase.READ);
    }
  }
}
