package io.agrippa.spark;

import io.agrippa.engine.measure.GarbageCollection;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.PartitionTimes;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.measure.WorkerTime;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Measurements as bytes, field by field. Both ends are of one jar. */
final class ResultCodec {
  private ResultCodec() {}

  static void write(Measurement measured, DataOutputStream out) throws IOException {
    Provenance from = measured.provenance();
    out.writeUTF(from.version());
    out.writeUTF(from.java());
    out.writeUTF(from.os());
    out.writeInt(from.cores());
    out.writeLong(from.maxHeapBytes());
    out.writeUTF(from.modelDigest());
    out.writeUTF(from.command());
    out.writeUTF(measured.runner());
    out.writeLong(measured.rows());
    out.writeLong(measured.badRows());
    out.writeLong(measured.bytesIn());
    out.writeLong(measured.bytesOut());
    write(measured.wall(), out);
    out.writeInt(measured.phases().size());
    for (Map.Entry<Phase, Duration> phase : measured.phases().entrySet()) {
      out.writeUTF(phase.getKey().name());
      write(phase.getValue(), out);
    }
    out.writeInt(measured.workers().size());
    for (WorkerTime worker : measured.workers()) {
      write(worker, out);
    }
    write(measured.partitions(), out);
    write(measured.gc(), out);
    out.writeLong(measured.processCpu().map(Duration::toNanos).orElse(-1L));
    out.writeInt(measured.incidents().size());
    for (String incident : measured.incidents()) {
      out.writeUTF(incident);
    }
    out.writeUTF(measured.outputDigest());
    out.writeUTF(measured.sequenceDigest().orElse(""));
  }

  static Measurement read(DataInputStream in) throws IOException {
    Provenance from =
        new Provenance(
            in.readUTF(),
            in.readUTF(),
            in.readUTF(),
            in.readInt(),
            in.readLong(),
            in.readUTF(),
            in.readUTF());
    String runner = in.readUTF();
    long rows = in.readLong();
    long badRows = in.readLong();
    long bytesIn = in.readLong();
    long bytesOut = in.readLong();
    Duration wall = duration(in);
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (int i = in.readInt(); i > 0; i--) {
      phases.put(Phase.valueOf(in.readUTF()), duration(in));
    }
    List<WorkerTime> workers = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      workers.add(worker(in));
    }
    PartitionTimes partitions = partitions(in);
    Optional<GarbageCollection> gc = gc(in);
    Optional<Duration> processCpu = known(in.readLong());
    List<String> incidents = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      incidents.add(in.readUTF());
    }
    String digest = in.readUTF();
    String sequence = in.readUTF();
    return new Measurement(
        from,
        runner,
        rows,
        badRows,
        bytesIn,
        bytesOut,
        wall,
        phases,
        workers,
        partitions,
        gc,
        processCpu,
        incidents,
        digest,
        sequence.isEmpty() ? Optional.empty() : Optional.of(sequence));
  }

  private static void write(WorkerTime worker, DataOutputStream out) throws IOException {
    out.writeInt(worker.number());
    write(worker.start(), out);
    write(worker.busy(), out);
    write(worker.inputWait(), out);
    write(worker.roomWait(), out);
    write(worker.otherWait(), out);
    out.writeLong(worker.cpu().map(Duration::toNanos).orElse(-1L));
    out.writeLong(worker.allocatedBytes().orElse(-1));
    write(worker.gc(), out);
    out.writeLong(worker.processCpu().map(Duration::toNanos).orElse(-1L));
    out.writeLong(worker.rows());
  }

  private static WorkerTime worker(DataInputStream in) throws IOException {
    int number = in.readInt();
    Duration start = duration(in);
    Duration busy = duration(in);
    Duration inputWait = duration(in);
    Duration roomWait = duration(in);
    Duration otherWait = duration(in);
    long cpu = in.readLong();
    long allocated = in.readLong();
    Optional<GarbageCollection> gc = gc(in);
    return new WorkerTime(
        number,
        start,
        busy,
        inputWait,
        roomWait,
        otherWait,
        known(cpu),
        allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated),
        gc,
        known(in.readLong()),
        in.readLong());
  }

  private static void write(PartitionTimes times, DataOutputStream out) throws IOException {
    out.writeLong(times.count());
    write(times.total(), out);
    write(times.longest(), out);
    out.writeInt(times.spans().size());
    for (PartitionSpan span : times.spans()) {
      out.writeLong(span.index());
      out.writeInt(span.worker());
      out.writeLong(span.rows());
      write(span.start(), out);
      write(span.end(), out);
      write(span.busy(), out);
    }
  }

  private static PartitionTimes partitions(DataInputStream in) throws IOException {
    long count = in.readLong();
    Duration total = duration(in);
    Duration longest = duration(in);
    List<PartitionSpan> spans = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      spans.add(
          new PartitionSpan(
              in.readLong(),
              in.readInt(),
              in.readLong(),
              duration(in),
              duration(in),
              duration(in)));
    }
    return new PartitionTimes(count, total, longest, spans);
  }

  private static void write(Optional<GarbageCollection> gc, DataOutputStream out)
      throws IOException {
    out.writeBoolean(gc.isPresent());
    if (gc.isPresent()) {
      out.writeLong(gc.get().count());
      write(gc.get().time(), out);
    }
  }

  private static Optional<GarbageCollection> gc(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new GarbageCollection(in.readLong(), duration(in)))
        : Optional.empty();
  }

  private static void write(Duration time, DataOutputStream out) throws IOException {
    out.writeLong(time.toNanos());
  }

  static Optional<Duration> known(long nanos) {
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  private static Duration duration(DataInputStream in) throws IOException {
    return Duration.ofNanos(in.readLong());
  }
}
