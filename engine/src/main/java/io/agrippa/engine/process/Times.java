package io.agrippa.engine.process;

import io.agrippa.engine.measure.GarbageCollection;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.ProcessCpu;
import io.agrippa.engine.measure.WorkerTime;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one worker process spent its time, on its way to the parent; the processes that took each
 * other's place count as one.
 */
record Times(WorkerTime time, Map<Phase, Duration> phases) {

  /** Of a worker that never came to work. */
  static Times none(int number, Duration start) {
    WorkerTime time =
        new WorkerTime(
            number,
            start,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            0);
    return new Times(time, Map.of());
  }

  /** What this virtual machine has collected so far. */
  static Optional<GarbageCollection> collections() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getCollectionTime() < 0 || collector.getCollectionCount() < 0) {
        return Optional.empty();
      }
      count += collector.getCollectionCount();
      millis += collector.getCollectionTime();
    }
    return Optional.of(new GarbageCollection(count, Duration.ofMillis(millis)));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(time.number());
    for (Duration each :
        new Duration[] {
          time.start(), time.busy(), time.inputWait(), time.roomWait(), time.otherWait()
        }) {
      out.writeLong(each.toNanos());
    }
    out.writeLong(time.cpu().map(Duration::toNanos).orElse(-1L));
    out.writeLong(time.allocatedBytes().orElse(-1));
    Optional<GarbageCollection> gc = collections();
    out.writeLong(gc.map(GarbageCollection::count).orElse(-1L));
    out.writeLong(gc.map(all -> all.time().toNanos()).orElse(-1L));
    out.writeLong(ProcessCpu.now().map(Duration::toNanos).orElse(-1L));
    out.writeLong(time.rows());
    for (Phase phase : Phase.values()) {
      out.writeLong(phases.getOrDefault(phase, Duration.ZERO).toNanos());
    }
  }

  static Times read(DataInputStream in) throws IOException {
    int number = in.readInt();
    Duration start = Duration.ofNanos(in.readLong());
    Duration busy = Duration.ofNanos(in.readLong());
    Duration inputWait = Duration.ofNanos(in.readLong());
    Duration roomWait = Duration.ofNanos(in.readLong());
    Duration otherWait = Duration.ofNanos(in.readLong());
    long cpu = in.readLong();
    long allocated = in.readLong();
    long collections = in.readLong();
    Duration collecting = Duration.ofNanos(in.readLong());
    long processCpu = in.readLong();
    WorkerTime time =
        new WorkerTime(
            number,
            start,
            busy,
            inputWait,
            roomWait,
            otherWait,
            cpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(cpu)),
            allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated),
            collections < 0
                ? Optional.empty()
                : Optional.of(new GarbageCollection(collections, collecting)),
            processCpu < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(processCpu)),
            in.readLong());
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, Duration.ofNanos(in.readLong()));
    }
    return new Times(time, phases);
  }

  /** This with what a process took before that it replaced; ready since {@code start}. */
  Times after(Times before, Duration start) {
    WorkerTime a = before.time;
    WorkerTime b = time;
    Map<Phase, Duration> sums = new EnumMap<>(Phase.class);
    sums.putAll(phases);
    before.phases.forEach((phase, took) -> sums.merge(phase, took, Duration::plus));
    boolean alone = a.rows() == 0 && a.busy().isZero(); // nothing came before
    return new Times(
        new WorkerTime(
            b.number(),
            start,
            a.busy().plus(b.busy()),
            a.inputWait().plus(b.inputWait()),
            a.roomWait().plus(b.roomWait()),
            a.otherWait().plus(b.otherWait()),
            alone ? b.cpu() : a.cpu().flatMap(one -> b.cpu().map(one::plus)),
            alone
                ? b.allocatedBytes()
                : a.allocatedBytes().isPresent() && b.allocatedBytes().isPresent()
                    ? OptionalLong.of(
                        a.allocatedBytes().getAsLong() + b.allocatedBytes().getAsLong())
                    : OptionalLong.empty(),
            b.gc(),
            alone ? b.processCpu() : a.processCpu().flatMap(one -> b.processCpu().map(one::plus)),
            a.rows() + b.rows()),
        sums);
  }
}
